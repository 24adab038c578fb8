import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { firstAdministrator, type Identity } from '@ledger/identity';
import {
  ASKED,
  BY_ADMIN,
  givenIdentity,
  type GivenIdentity,
  PASSWORD,
  refusedWith,
} from '../support/given-identity.js';
import { onPostgres } from '../support/private-stores.js';

onPostgres();
let given: GivenIdentity;
/** The same accounts in another process. */
let other: Identity;

beforeEach(async () => {
  given = givenIdentity();
  other = given.another();
  await given.account('clerk-1');
});
afterEach(() => given.remove());

const BY_CLERK = { ...BY_ADMIN, account: 'clerk-1' };
const holds = (identity: Identity, token: string): boolean => identity.credentialOf(token) !== undefined;

describe('what one process has opened', () => {
  it('is open in the other one', async () => {
    const { token } = await given.identity.logIn('clerk-1', PASSWORD, ASKED);
    const { token: program } = other.makeToken({ name: 'reports', to: '2026-04-01' }, BY_CLERK);
    expect([holds(other, token), holds(given.identity, program)]).toEqual([true, true]);
  });

  it.each<[string, (of: { session: string; token: string }) => unknown]>([
    ['its session is ended', ({ session }) => other.endSession(session, BY_ADMIN)],
    ['its token is revoked', ({ token }) => other.revokeToken(token, BY_ADMIN)],
    ['its account is disabled', () => other.disable('clerk-1', BY_ADMIN)],
    ['its password is reset', () => other.resetPassword('clerk-1', BY_ADMIN)],
    ['its owner changes the password', () => other.changePassword(PASSWORD, 'six yellow tea baskets', BY_CLERK)],
  ])('is closed at once when in the other one %s', async (what, ends) => {
    const { token, session } = await given.identity.logIn('clerk-1', PASSWORD, ASKED);
    const program = given.identity.makeToken({ name: 'reports', to: '2026-04-01' }, BY_CLERK);
    expect([token, program.token].map((each) => holds(given.identity, each))).toEqual([true, true]);
    await ends({ session: session.id, token: program.apiToken.id });
    await setImmediate();
    const held = [token, program.token].map((each) => holds(given.identity, each));
    expect(held).toEqual([what === 'its token is revoked', what === 'its session is ended']);
  });
});

it('a log-in that is under way when another process disables the account opens nothing', async () => {
  const under = refusedWith(() => given.identity.logIn('clerk-1', PASSWORD, ASKED));
  other.disable('clerk-1', BY_ADMIN);
  expect(await under).toBe('LOGIN_FAILED');
  expect(other.sessions('clerk-1').filter(({ createdAtMs }) => createdAtMs === given.nowMs)).toEqual([]);
});

const guess = (identity: Identity, password = 'wrong') => refusedWith(() => identity.logIn('clerk-1', password, ASKED));

it('failed log-ins count together, and a wait holds in every process', async () => {
  const said = [];
  for (const identity of [given.identity, other, given.identity, other, given.identity])
    said.push(await guess(identity));
  expect(said).toEqual(Array(5).fill('LOGIN_FAILED'));
  expect(await guess(other, PASSWORD)).toBe('LOGIN_LOCKED');
  given.nowMs += 15_000;
  expect(await guess(other, PASSWORD)).toBe('nothing');
  expect(await guess(given.identity)).toBe('LOGIN_FAILED');
});

it('the first account is made by one of two that start at once', async () => {
  const made = await Promise.all([firstAdministrator(given.identity), firstAdministrator(other)]);
  expect(made.filter((password) => password !== undefined)).toHaveLength(1);
});

it('a log-in at an identity provider that one process has begun another one completes, once', () => {
  const flow = { state: 's', nonce: 'n', codeVerifier: 'v' };
  const secret = given.identity.flows?.begin(flow, ASKED.address) ?? '';
  expect(given.stores.bytes('identity').includes('codeVerifier')).toBe(false);
  expect(other.flows?.take(secret)).toEqual(flow);
  expect([given.identity, other].map(({ flows }) => flows?.take(secret))).toEqual([undefined, undefined]);
  const late = other.flows?.begin(flow, ASKED.address) ?? '';
  given.nowMs += 10 * 60_000;
  expect(given.identity.flows?.take(late)).toBeUndefined();
});

const opens = (secret: string): boolean => other.flows?.take(secret) !== undefined;

it('of log-ins that have begun ten thousand are kept, of a network a hundred; the oldest end', () => {
  const flow = { state: 's', nonce: 'n', codeVerifier: 'v' };
  const begin = (address: string): string => given.identity.flows?.begin(flow, address) ?? '';
  const [first, second, elsewhere] = [begin('2001:db8::1'), begin('2001:db8::2'), begin(ASKED.address)];
  for (let n = 0; n < 99; n++) begin(`2001:db8::${n + 3}`);
  expect([first, second].map(opens)).toEqual([false, true]);
  const [oldest, newest] = [begin(ASKED.address), begin(ASKED.address)];
  given.stores.ask(
    'identity',
    `INSERT INTO flows (key, network, sealed, until)
     SELECT int4send(n), 'network ' || n, '', ${given.nowMs + 1} FROM generate_series(1, 9998) n`,
  );
  begin('198.51.100.1');
  expect([elsewhere, oldest, newest].map(opens)).toEqual([false, false, true]);
});

it('the record of access of both is one, each entry under a number of its own', () => {
  const denied = { account: 'clerk-1', address: '10.0.0.7', operation: 'addAccount', what: 'denied' } as const;
  const before = given.identity.record.before(1_000, 1)[0]?.number ?? 0;
  for (const identity of [given.identity, other, given.identity]) identity.record.add(denied);
  other.record.before(1, 1);
  given.identity.record.before(1, 1);
  for (const identity of [given.identity, other]) {
    const rows = identity.record.before(1_000, 10).filter(({ number }) => number > before);
    expect(rows.map(({ number, count }) => [number - before, count])).toEqual([
      [2, 2],
      [1, 1],
    ]);
  }
});

it('what is done alone is not done by another process meanwhile, and its end lets the next one in', async () => {
  const did: string[] = [];
  const { promise, resolve: release } = Promise.withResolvers<void>();
  const first = given.identity.alone('administrators', async () => {
    did.push('first begins');
    await promise;
    did.push('first ends');
  });
  const second = other.alone('administrators', async () => did.push('second'));
  await other.alone('something else', async () => did.push('something else'));
  release();
  await Promise.all([first, second]);
  expect(did).toEqual(['first begins', 'something else', 'first ends', 'second']);
});

it('who was alone and has lost the connection is told so before he goes on', async () => {
  const alone = given.identity.alone('administrators', async (stillAlone) => {
    stillAlone();
    given.stores.ask(
      'identity',
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'ledger stores'`,
    );
    stillAlone();
  });
  await expect(alone).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
  expect(await eventually(() => other.alone('administrators', async () => 'done'))).toBe('done');
});

/** A connection is made anew within a quarter of a second. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
