import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { openSyncConnection, type SyncConnection } from '@ledger/postgres';
import { type GivenPostgres, givenPostgres } from '../support/postgres.js';

let postgres: GivenPostgres;
let beside: SyncConnection;

beforeAll(async () => {
  postgres = await givenPostgres();
  beside = openSyncConnection({ url: postgres.url, name: 'beside' });
}, 120_000);
beforeEach(() => {
  beside.query('DROP SCHEMA IF EXISTS identity CASCADE; DROP SCHEMA IF EXISTS drafts CASCADE');
});
afterAll(async () => {
  beside?.close();
  await postgres?.stop();
});

/** What came of it in each of three processes that begin at once. */
async function inThree(does: string, times = 1): Promise<unknown[]> {
  const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: postgres.url, DOES: does, TIMES: String(times) };
  const script = 'dist/test/support/sharing-process.js';
  const each = ['a', 'b', 'c'].map((name) =>
    promisify(execFile)(process.execPath, [script], { env: { ...env, NAME: name } }),
  );
  return (await Promise.all(each)).map(({ stdout }) => JSON.parse(stdout) as unknown);
}

const one = (sql: string): unknown => Object.values(beside.query(sql).rows[0] ?? {})[0];

it('begin at once with nothing there: the tables are made once, and so is the first account', async () => {
  const passwords = await inThree('begins');
  expect(passwords.filter((password) => password !== null)).toHaveLength(1);
  expect(one('SELECT count(*) FROM identity.accounts')).toBe(1);
});

it('count every failed log-in, whichever of them is asked', async () => {
  const counted = (await inThree('guesses', 30)) as number[];
  expect(counted.reduce((sum, n) => sum + n)).toBe(90);
  expect(one("SELECT count FROM identity.failures WHERE account = 'clerk-1' AND network = ''")).toBe(90);
});

it('write every access once, under a number of its own', async () => {
  await inThree('records', 60);
  expect(one('SELECT sum(count) FROM identity.access_record')).toBe(180);
  expect(one('SELECT count(DISTINCT number) FROM identity.access_record')).toBe(180);
  expect(one('SELECT count(DISTINCT (account, address)) FROM identity.access_record')).toBe(180);
});

it('add a draft once, and take the step after it once', async () => {
  const added = (await inThree('adds', 40)) as boolean[][];
  expect(byDraft(added)).toEqual(Array(40).fill(1));
  const withdrawn = (await inThree('withdraws', 40)) as boolean[][];
  expect(byDraft(withdrawn)).toEqual(Array(40).fill(1));
  expect(one("SELECT count(*) FROM drafts.drafts WHERE status = 'WITHDRAWN'")).toBe(40);
});

/** How many of them have done it, draft by draft. */
function byDraft(done: boolean[][]): number[] {
  return (done[0] ?? []).map((_, n) => done.filter((of) => of[n]).length);
}
