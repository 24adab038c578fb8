import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN_PASSWORD, openOffice } from '../../support/office.js';
import { requestText } from '../../support/raw-http.js';
import { type Answer, type RunningLedger, startLedger } from '../../support/running-ledger.js';
import { as, type StaffedScene, staffedScene, startStaffed } from '../../support/staffed-township.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;
let scene: StaffedScene;
let token: string;

beforeAll(async () => {
  scene = await staffedScene(directory.path);
  ledger = await startStaffed(directory.path);
  token = scene.tokens.get('clerk-1') ?? '';
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

/** What comes of six guesses at one account. */
async function tried(id: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let n = 0; n < 6; n++) {
    const guess = { id, password: `guess number ${n}` };
    answers.push(refusal(await ledger.post('/session', guess, { authorization: '' })));
  }
  return answers;
}

const refusal = ({ status, body }: Answer) => [status, body['code']];
/** Sends a guess, and is gone before its password is hashed. */
async function guessAndHangUp(url: string, id: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const body = JSON.stringify({ id, password: 'a guess' });
  const headers = { 'content-type': 'application/json', connection: 'keep-alive' };
  await new Promise((resolve) => socket.write(requestText('POST /api/v1/session', headers, body), resolve));
  await sleep(20);
  socket.destroy();
}

const WANTED = [401, 'TOKEN_REQUIRED'];

// Without the guard's authenticator, or with one that takes less than a whole token in the one header.
describe('a token', () => {
  it.each([
    ['cut short', (own: string) => `Bearer ${own.slice(0, -1)}`],
    ['with one more', (own: string) => `Bearer ${own}a`],
    ['in other letters', (own: string) => `Bearer ${own.toUpperCase()}`],
    ['of the time without accounts', () => 'Bearer token-for-the-tests-only'],
    ['that is the name of an account', () => 'Bearer clerk-1'],
    ['of the scheme of nobody', (own: string) => `Token ${own}`],
    ['with another name beside it', (own: string) => `Basic ${Buffer.from(`reviewer-1:${own}`).toString('base64')}`],
    ['with no name beside it', (own: string) => `Basic ${Buffer.from(`:${own}`).toString('base64')}`],
  ])('%s opens nothing', async (_, said) => {
    expect(refusal(await ledger.get('/books', { authorization: said(token) }))).toEqual(WANTED);
  });

  it('anywhere but in its header opens nothing', async () => {
    for (const path of [
      `/books?token=${token}`,
      `/books?access_token=${token}`,
      `/books?authorization=Bearer%20${token}`,
    ]) {
      const answer = await ledger.get(path, {
        authorization: '',
        cookie: `token=${token}; session=${token}`,
        'x-api-key': token,
      });
      expect(refusal(answer)).toEqual(WANTED);
    }
    const body = { name: '示例村', token };
    expect(refusal(await ledger.post('/divisions', body, { authorization: '' }))).toEqual(WANTED);
  });

  it('that is revoked opens nothing from then on', async () => {
    const reviewer = as(ledger, 'reviewer-2', scene);
    const held = await reviewer.get<{ rows: { id: string }[] }>('/tokens');
    const [{ id } = { id: '' }] = held.body.rows;
    expect((await reviewer.post(`/tokens/${id}/revoke`, {})).status).toBe(200);
    expect(refusal(await reviewer.get('/books'))).toEqual(WANTED);
  });

  it('for programs makes no other, and sets no password', async () => {
    const clerk = as(ledger, 'clerk-1', scene);
    expect(refusal(await clerk.post('/tokens', { name: 'another', to: '2027-01-31' }))).toEqual([
      403,
      'SESSION_REQUIRED',
    ]);
    const password = { password: 'whatever it may be', newPassword: 'eleven green bamboo carts' };
    expect(refusal(await clerk.post('/session/password', password))).toEqual([403, 'SESSION_REQUIRED']);
  });
});

// Without the waiting of libs/identity, a list of common passwords is through in a night.
describe('one who guesses passwords', () => {
  it('has to wait, and hears the same of an account that there is and of one that there is not', async () => {
    const known = await tried('admin');
    expect(known.at(-1)).toEqual([429, 'LOGIN_LOCKED']);
    expect(known[0]).toEqual([401, 'LOGIN_FAILED']);
    expect(await tried('nobody-here')).toEqual(known);
  });

  // Without the address in the count, whoever knows a name keeps its owner out; without /64, he has a billion addresses.
  it('behind a proxy waits with his whole network, and the owner comes in from another', async () => {
    const own = temporaryDirectory();
    const office = await openOffice(own.path, { LEDGER_TLS_PROXY: 'on' });
    const logIn = async (from: string, password: string) => {
      const headers = { authorization: '', 'x-forwarded-for': from };
      return refusal(await office.ledger.post('/session', { id: 'admin', password }, headers));
    };
    const guesses: unknown[] = [];
    for (let n = 0; n < 5; n++) guesses.push(await logIn(`2001:db8:1:2::${n}`, 'a guess'));
    const sameNetwork = await logIn('2001:db8:1:2:ffff::', ADMIN_PASSWORD);
    const another = await logIn('2001:db8:1:2::1, 2001:db8:1:3::1', ADMIN_PASSWORD);
    await office.ledger.stop();
    own.remove();
    expect(guesses).toEqual(Array.from({ length: 5 }, () => [401, 'LOGIN_FAILED']));
    expect([sameNetwork, another]).toEqual([
      [429, 'LOGIN_LOCKED'],
      [201, undefined],
    ]);
  });

  it('at whatever name, is kept out by his address in the end', async () => {
    const own = temporaryDirectory();
    await staffedScene(own.path);
    const env = { LEDGER_ACCESS: 'accounts', LEDGER_RATE_LIMIT: '30' };
    const guarded = await startLedger(own.path, { env });
    const codes = new Set<unknown>();
    for (let n = 0; n < 8; n++) {
      const said = { id: `somebody-${n}`, password: 'correct horse battery' };
      codes.add((await guarded.post('/session', said, { authorization: '' })).body['code']);
    }
    await guarded.stop();
    own.remove();
    expect([...codes]).toEqual(['LOGIN_FAILED', 'RATE_LIMITED']);
  });

  // Without counting before the answer is sent, he who never waits for one guesses as fast as he can.
  it('and hangs up before the answer is counted, and kept out by his address too', async () => {
    const own = temporaryDirectory();
    await staffedScene(own.path);
    const guarded = await startLedger(own.path, { env: { LEDGER_ACCESS: 'accounts', LEDGER_RATE_LIMIT: '18' } });
    for (let n = 0; n < 3; n++) await guessAndHangUp(guarded.url, `somebody-${n}`);
    const last = await guarded.post('/session', { id: 'somebody-4', password: 'a guess' }, { authorization: '' });
    await guarded.stop();
    own.remove();
    expect(refusal(last)).toEqual([429, 'RATE_LIMITED']);
  });

  // Without counting on arrival, four hundred guesses sent at once are all hashed, and every other log-in waits behind them.
  it('with a burst from one address has few of them hashed', async () => {
    const own = temporaryDirectory();
    await staffedScene(own.path);
    const guarded = await startLedger(own.path, { env: { LEDGER_ACCESS: 'accounts', LEDGER_RATE_LIMIT: '60' } });
    const guess = (id: string) => guarded.post('/session', { id, password: 'correct horse' }, { authorization: '' });
    const burst = await Promise.all(Array.from({ length: 400 }, (_, n) => guess(`somebody-${n}`)));
    await guarded.stop();
    own.remove();
    const codes = burst.map(({ body }) => body['code']);
    const count = (code: string) => codes.filter((each) => each === code).length;
    // Ten failures a minute; of those under way at the same time four are hashed.
    expect(count('LOGIN_FAILED')).toBeGreaterThanOrEqual(4);
    expect(count('LOGIN_FAILED')).toBeLessThanOrEqual(10);
    expect(count('LOGIN_FAILED') + count('RATE_LIMITED') + count('TOO_MANY_AT_ONCE')).toBe(400);
  });
});
