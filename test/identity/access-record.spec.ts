import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Access } from '@ledger/identity';
import {
  ASKED,
  BY_ADMIN,
  givenIdentity,
  type GivenIdentity,
  PASSWORD,
  refusedWith,
} from '../support/given-identity.js';

let given: GivenIdentity;

beforeEach(() => {
  given = givenIdentity();
});
afterEach(() => given.remove());

const denial: Access = {
  account: 'clerk-1',
  address: '10.0.0.7',
  operation: 'addAccount',
  what: 'denied',
  code: 'ROLE_NOT_ALLOWED',
};
const page = (limit = 1_000, before = Number.MAX_SAFE_INTEGER, account?: string) =>
  given.identity.record.before(before, limit, { account });
const operations = (rows: { operation: string }[]) => rows.map(({ operation }) => operation);
const counts = () => page().map(({ code, count }) => [code, count]);

/** What is in the store, whoever else has it open. */
const inStore = () =>
  given.stores
    .ask('identity', 'SELECT what, code, count FROM access_record ORDER BY number')
    .map((row) => ({ ...row }));

it('counts equal events of one minute in one row, whenever they are written', () => {
  given.identity.record.add(denial);
  given.identity.record.add(denial);
  expect(counts()).toEqual([['ROLE_NOT_ALLOWED', 2]]);
  given.nowMs += 59_999;
  given.identity.record.add(denial);
  expect(counts()).toEqual([['ROLE_NOT_ALLOWED', 3]]);
  given.nowMs += 1;
  given.identity.record.add(denial);
  given.identity.record.add({ ...denial, address: '10.0.0.8' });
  expect(counts()).toEqual([
    ['ROLE_NOT_ALLOWED', 1],
    ['ROLE_NOT_ALLOWED', 1],
    ['ROLE_NOT_ALLOWED', 3],
  ]);
});

it('loses nothing of a minute that ends before it is written', () => {
  given.identity.record.add(denial);
  given.nowMs += 60_000;
  given.identity.record.add(denial);
  given.nowMs += 60_000;
  given.identity.record.add(denial);
  expect(page().map(({ atMs, count }) => [given.nowMs - atMs, count])).toEqual([
    [0, 1],
    [60_000, 1],
    [120_000, 1],
  ]);
});

it('is in the store within a second or so, and before a stop', async () => {
  given.identity.record.add(denial);
  expect(inStore()).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  expect(inStore()).toEqual([{ what: 'denied', code: 'ROLE_NOT_ALLOWED', count: 1 }]);
  given.identity.record.add({ ...denial, code: 'TOKEN_REQUIRED', account: null });
  given.reopen();
  expect(inStore()).toHaveLength(2);
});

it('keeps what cannot be written, says so, and writes it when it can', async () => {
  const mend = given.stores.breaks('identity', 'BEFORE INSERT ON access_record', 'no room');
  given.identity.record.add(denial);
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  expect(given.errors.map(String)).toEqual([expect.stringContaining('no room')]);
  mend();
  given.identity.record.add(denial);
  expect(counts()).toEqual([['ROLE_NOT_ALLOWED', 2]]);
});

it('is added to and never cut or edited, not even by who has the store open', () => {
  given.identity.record.add(denial);
  page();
  const edit = (sql: string) => () => given.stores.ask('identity', sql);
  expect(edit('DELETE FROM access_record')).toThrow(/only added to/);
  expect(edit("UPDATE access_record SET account = 'clerk-2', count = count + 1")).toThrow(/only added to/);
  expect(edit('UPDATE access_record SET at = 0')).toThrow(/only added to/);
  expect(edit('UPDATE access_record SET count = 0')).toThrow(/only added to/);
  expect(edit('UPDATE access_record SET count = count + 1')).not.toThrow();
});

it('counts a flood together by its code, and goes on naming what was done', () => {
  for (let i = 0; i < 5_000; i++) given.identity.record.add({ ...denial, address: `10.1.${i >> 8}.${i & 255}` });
  given.identity.record.add({
    account: 'admin',
    address: '10.0.0.1',
    operation: 'disableAccount',
    what: 'account-disabled',
  });
  const rows = page(10_000);
  expect(rows).toHaveLength(1_002);
  expect(rows.find(({ address }) => address === '*')).toMatchObject({ account: null, operation: '*', count: 4_000 });
  expect(rows[0]).toMatchObject({ account: 'admin', what: 'account-disabled', code: null });
});

it('is read page by page, the newest first, of an account or all', () => {
  for (let i = 0; i < 7; i++)
    given.identity.record.add({ ...denial, account: i % 2 ? 'clerk-1' : 'clerk-2', operation: `${i}` });
  const first = page(3);
  expect(operations(first)).toEqual(['6', '5', '4']);
  expect(operations(page(3, first.at(-1)?.number))).toEqual(['3', '2', '1']);
  expect(operations(page(10, undefined, 'clerk-1'))).toEqual(['5', '3', '1']);
});

it('is read of whom it is about, with who asked or whoever did, and by a seek', () => {
  for (let i = 0; i < 6; i++)
    given.identity.record.add({
      ...denial,
      account: i % 2 ? 'clerk-1' : 'clerk-2',
      operation: `${i}`,
      ...(i % 3 ? {} : { about: 'household-1' }),
    });
  const { record } = given.identity;
  expect(operations(record.before(100, 10, { about: 'household-1' }))).toEqual(['3', '0']);
  expect(operations(record.before(100, 10, { about: 'household-1', account: 'clerk-1' }))).toEqual(['3']);
  expect(operations(record.before(100, 10, { about: 'household-2' }))).toEqual([]);
  const select = "SELECT 1 FROM access_record WHERE number < 9 AND about = 'household-1' ORDER BY number DESC";
  const explain = typeof given.stores.place === 'string' ? 'EXPLAIN QUERY PLAN' : 'SET enable_seqscan = off; EXPLAIN';
  expect(JSON.stringify(given.stores.ask('identity', `${explain} ${select}`))).toContain('access_record_of_subject');
});

it('says of accounts, sessions and tokens who did what to whom, and no secret', async () => {
  await given.account('clerk-1');
  const { session } = await given.identity.logIn('clerk-1', PASSWORD, ASKED);
  const by = { ...BY_ADMIN, account: 'clerk-1' };
  const { apiToken } = given.identity.makeToken({ name: 'reports', to: '2026-04-01' }, by);
  given.identity.revokeToken(apiToken.id, BY_ADMIN);
  given.identity.endSession(session.id, BY_ADMIN);
  await given.identity.resetPassword('clerk-1', BY_ADMIN);
  given.identity.disable('clerk-1', BY_ADMIN);
  given.identity.enable('clerk-1', BY_ADMIN);
  expect(
    page()
      .toReversed()
      .map(({ account, what, about }) => [account, what, about]),
  ).toEqual([
    ['admin', 'account-made', 'clerk-1'],
    ['clerk-1', 'password-changed', null],
    ['clerk-1', 'logged-in', null],
    ['clerk-1', 'logged-in', null],
    ['clerk-1', 'token-made', null],
    ['admin', 'token-revoked', 'clerk-1'],
    ['admin', 'session-revoked', 'clerk-1'],
    ['admin', 'password-reset', 'clerk-1'],
    ['admin', 'account-disabled', 'clerk-1'],
    ['admin', 'account-enabled', 'clerk-1'],
  ]);
});

it('says of a failed log-in whose it was, and not a name that is nobody’s: it may be a password', async () => {
  await given.account('clerk-1');
  const guess = (id: string) => refusedWith(() => given.identity.logIn(id, 'not the password', ASKED));
  for (let i = 0; i < 6; i++) await guess('clerk-1');
  await guess('my-secret-password');
  const failures = page()
    .filter(({ code }) => code !== null)
    .toReversed();
  expect(failures.map(({ account, what, code, count }) => [account, what, code, count])).toEqual([
    ['clerk-1', 'login-failed', 'LOGIN_FAILED', 5],
    ['clerk-1', 'locked', 'LOGIN_LOCKED', 1],
    ['clerk-1', 'login-failed', 'LOGIN_LOCKED', 1],
    [null, 'login-failed', 'LOGIN_FAILED', 1],
  ]);
  expect(JSON.stringify(page())).not.toContain('my-secret-password');
});
