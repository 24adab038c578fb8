import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, RunningLedger } from '../../support/running-ledger.js';
import { as, type StaffedScene, staffedScene, startStaffed } from '../../support/staffed-township.js';
import { requestText } from '../../support/raw-http.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;
let scene: StaffedScene;

beforeAll(async () => {
  scene = await staffedScene(directory.path, async (books, { own }) => {
    const ended = { account: 'reviewer-2', role: 'VILLAGE_CLERK', division: own.village, from: '2020-01-01' };
    await books.accepted('/grants', { ...ended, to: '2024-12-31' });
  });
  ledger = await startStaffed(directory.path);
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const refusal = ({ status, body }: Answer) => [status, body['code']];
const DENIED = [403, 'ROLE_NOT_ALLOWED'];
const GRANT = { account: 'clerk-1', role: 'SYS_ADMIN', division: '330603', from: '2024-01-01' };

// Without the table of rules that the guard asks, every account may do what any may.
describe('what is for administrators', () => {
  it.each(['clerk-1', 'accountant-1', 'reviewer-1'])('is not for %s', async (account) => {
    const staff = as(ledger, account, scene);
    for (const path of ['/accounts', '/access-record']) expect(refusal(await staff.get(path))).toEqual(DENIED);
    expect(refusal(await staff.post('/accounts', { id: 'somebody' }))).toEqual(DENIED);
    expect(refusal(await staff.post('/grants', GRANT))).toEqual(DENIED);
    expect(refusal(await staff.post('/accounts/admin/disable', {}))).toEqual(DENIED);
    expect(refusal(await staff.post('/accounts/admin/reset-password', {}))).toEqual(DENIED);
  });

  it('is not for himself, even for an administrator', async () => {
    const administrator = as(ledger, 'admin-9', scene);
    const own = { ...GRANT, account: 'admin-9', role: 'DISTRICT_AGRI' };
    expect(refusal(await administrator.post('/grants', own))).toEqual([422, 'SELF_GRANT']);
  });
});

describe('what one person must not do together', () => {
  it('is not granted to a cashier: to submit vouchers for the cash that he has in hand', async () => {
    const clerk = { account: 'cashier-1', role: 'VILLAGE_CLERK', division: scene.own.village, from: '2024-01-01' };
    const { status, body } = await as(ledger, 'admin-9', scene).post('/grants', clerk);
    expect([status, body['code'], body['facts']]).toEqual([
      422,
      'ROLE_CONFLICT',
      expect.objectContaining({ account: 'cashier-1', role: 'VILLAGE_CLERK', held: 'TOWN_CASHIER' }),
    ]);
  });
});

describe('what is for another role', () => {
  it('is refused before it waits for a turn: who may ask for no report takes nobody’s place', async () => {
    const authorization = `Bearer ${scene.tokens.get('admin-9')}`;
    const report = `GET /api/v1/reports/monthly-income?scope=${scene.own.village}&period=2024-01`;
    const socket = connect(Number(new URL(ledger.url).port), '127.0.0.1');
    socket.write(requestText(report, { authorization, connection: '' }).repeat(59));
    socket.write(requestText(report, { authorization }));
    const answers = (await text(socket)).match(/HTTP\/1.1 \d+/g);
    expect(answers).toEqual(Array(60).fill('HTTP/1.1 403'));
  });

  it('is refused before anything of what is asked for is looked at', async () => {
    const clerk = as(ledger, 'clerk-1', scene);
    const close = async (book: string) => clerk.post(`/books/${book}/periods/2024-01/close`, { closedBy: 'clerk-1' });
    const [own, absent] = [await close(scene.own.id), await close('no-such-book')];
    expect(refusal(own)).toEqual(DENIED);
    expect(absent.text).toBe(own.text);
    const abolished = await clerk.post(`/divisions/${scene.own.village}/abolish`, {
      effectiveOn: '2024-01-01',
      reason: '试',
    });
    expect(refusal(abolished)).toEqual(DENIED);
  });

  it('is refused the day after a grant has ended', async () => {
    const reviewer = as(ledger, 'reviewer-2', scene);
    const body = { village: scene.own.village, effectiveOn: '2024-01-01' };
    expect(refusal(await reviewer.post('/households', body))).toEqual(DENIED);
    expect((await as(ledger, 'clerk-1', scene).post('/households', body)).status).toBe(201);
  });

  it('is not to be had by saying another method, path or name in a header', async () => {
    const clerk = as(ledger, 'clerk-1', scene);
    const headers = {
      'x-http-method-override': 'DELETE',
      'x-method-override': 'PUT',
      'x-original-url': '/api/v1/me',
      'x-rewrite-url': '/api/v1/me',
      'x-user': 'admin',
      'x-forwarded-user': 'admin',
      'x-account': 'admin-9',
      'x-role': 'SYS_ADMIN',
    };
    expect(refusal(await clerk.get('/accounts', headers))).toEqual(DENIED);
    expect((await clerk.get('/me', headers)).body).toMatchObject({ id: 'clerk-1' });
    expect((await clerk.get('/%61ccounts')).status).toBe(403);
  });
});
