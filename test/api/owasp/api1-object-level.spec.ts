import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pdf } from '../../support/sample-files.js';
import type { RunningLedger } from '../../support/running-ledger.js';
import { as, type Staff, type StaffedScene, staffedScene, startStaffed } from '../../support/staffed-township.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { incomeBody } from '../../support/village-books.js';

const directory = temporaryDirectory();
/** A book, a household and a draft that there are not. */
const NOBODY = '11111111-2222-8333-8444-555555555555';
const scan = pdf('the neighbour’s invoice');
let ledger: RunningLedger;
let scene: StaffedScene & { more: { household: string } };
let clerk: Staff;

beforeAll(async () => {
  scene = await staffedScene(directory.path, async (books, { neighbour, own }) => {
    const household = await books.household(neighbour.village, '2024-01-01');
    await books.income(neighbour.id, '2024-01-20', 77_777_77);
    await books.income(own.id, '2024-01-20', 100_00);
    return { household };
  });
  ledger = await startStaffed(directory.path);
  clerk = as(ledger, 'clerk-1', scene);
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

/** What an answer tells, with the id that was asked for left out. */
const told = ({ status, text }: { status: number; text: string }, id: string) => [status, text.replaceAll(id, '<id>')];

// Without the scope that the guard finds, whoever knows or guesses an id has what it stands for.
describe('a clerk who has the ids of the village next door', () => {
  it.each(['', '/accounts', '/vouchers?period=2024-01', '/vouchers/2024-01/1', '/closes', '/assets'])(
    'reads its book%s as one that there is not',
    async (part) => {
      const hidden = await clerk.get(`/books/${scene.neighbour.id}${part}`);
      const absent = await clerk.get(`/books/${NOBODY}${part}`);
      expect(hidden.status).toBe(404);
      expect(told(hidden, scene.neighbour.id)).toEqual(told(absent, NOBODY));
      expect((await clerk.get(`/books/${scene.own.id}${part}`)).status).toBe(200);
    },
  );

  it('reads its household as one that there is not', async () => {
    const { household } = scene.more;
    const hidden = await clerk.get(`/households/${household}`);
    expect(hidden.status).toBe(404);
    expect(told(hidden, household)).toEqual(told(await clerk.get(`/households/${NOBODY}`), NOBODY));
  });

  it('hears nothing more of what he recorded there himself, once his grant is taken back', async () => {
    const administrator = as(ledger, 'admin-9', scene);
    const accountant = as(ledger, 'accountant-9', scene);
    const { village } = scene.neighbour;
    const clerkThere = { account: 'accountant-9', role: 'VILLAGE_CLERK', from: '2020-01-01' };
    const { id } = (await administrator.post<{ id: string }>('/grants', { ...clerkThere, division: village })).body;
    const registers = async (key: string) =>
      accountant.post('/households', { village, effectiveOn: '2024-01-01' }, { 'idempotency-key': key });
    const first = await registers('his-own');
    expect([first.status, (await registers('his-own')).text]).toEqual([201, first.text]);
    await administrator.post('/grants', { ...clerkThere, division: scene.elsewhere.village });
    expect((await administrator.post(`/grants/${id}/revocation`, { reason: '调离' })).status).toBe(201);
    const [replayed, fresh] = [await registers('his-own'), await registers('another')];
    expect([replayed.status, replayed.text]).toEqual([fresh.status, fresh.text]);
    expect(fresh.status).toBe(404);
    expect(replayed.headers.get('idempotency-replayed')).toBeNull();
  });

  it('records nothing in its book, and hears what he would of none', async () => {
    const body = incomeBody('2024-01-21', 100, { preparedBy: 'clerk-1', reviewedBy: 'reviewer-1' });
    const hidden = await clerk.post(`/books/${scene.neighbour.id}/income`, body);
    expect(told(hidden, scene.neighbour.id)).toEqual(told(await clerk.post(`/books/${NOBODY}/income`, body), NOBODY));
    expect(hidden.status).toBe(404);
    expect((await clerk.post(`/books/${scene.own.id}/income`, body)).status).toBe(202);
  });

  it('signs, returns and withdraws no draft of it, and does not see it', async () => {
    const other = as(ledger, 'clerk-2', scene);
    const body = incomeBody('2024-01-22', 5_00, { preparedBy: 'clerk-2', reviewedBy: 'reviewer-1' });
    const submitted = await other.post<{ draft: { id: string } }>(`/books/${scene.neighbour.id}/income`, body);
    const { id } = submitted.body.draft;
    for (const [step, said] of [
      ['withdraw', undefined],
      ['resubmit', { body }],
    ] as const) {
      const hidden = await clerk.post(`/drafts/${id}/${step}`, said ?? {});
      const absent = await clerk.post(`/drafts/${NOBODY}/${step}`, said ?? {});
      expect(told(hidden, id)).toEqual(told(absent, NOBODY));
      expect(hidden.status).toBe(404);
    }
    expect(told(await clerk.get(`/drafts/${id}`), id)).toEqual(told(await clerk.get(`/drafts/${NOBODY}`), NOBODY));
    expect((await clerk.get('/drafts')).text).not.toContain(id);
  });

  it('has no attachment by its hash alone', async () => {
    const other = as(ledger, 'clerk-2', scene);
    const { authorization } = { authorization: `Bearer ${scene.tokens.get('clerk-2')}` };
    expect((await ledger.put(`/attachments/${scan.sha256}`, scan.bytes, { authorization })).status).toBe(201);
    const evidence = [scan.sha256];
    const body = incomeBody('2024-01-23', 6_00, { preparedBy: 'clerk-2', reviewedBy: 'reviewer-1', evidence });
    expect((await other.post(`/books/${scene.neighbour.id}/income`, body)).status).toBe(202);
    const absent = 'a'.repeat(64);
    const hidden = await clerk.get(`/attachments/${scan.sha256}`);
    expect(told(hidden, scan.sha256)).toEqual(told(await clerk.get(`/attachments/${absent}`), absent));
    expect(hidden.status).toBe(404);
  });
});
