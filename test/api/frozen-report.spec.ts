import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MonthlyIncomeReport } from '@ledger/views';
import { type RunningLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { expenseBody, incomeBody, VillageBooks } from '../support/village-books.js';

const FORTY_DAYS_MS = 40 * 24 * 60 * 60 * 1000;
const BOOKS = 20;
const CLIENTS = 16;
const FORMATS = ['json', 'csv', 'html', 'xlsx'];

/** What is recorded later, in every book: half of it reverses or corrects within the reported scope and period. */
const EACH = { incomes: 130, reversals: 130, corrections: 125, expenses: 115 };

const directory = temporaryDirectory();
let port = '';
let ledger: RunningLedger;
const villages: { id: string; village: string }[] = [];
let known = 0;
let before: ReadonlyMap<string, string>;

beforeAll(async () => {
  port = await freePort();
  await start();
  const books = new VillageBooks(ledger);
  await books.district();
  for (let i = 0; i < BOOKS; i++) {
    villages.push(await books.book({ township: i % 2 === 0 ? '330603008' : '330603002', startPeriod: '2024-01' }));
  }
  for (const [i, { id }] of villages.entries()) {
    await books.income(id, '2024-01-20', 900_00 + i, { settlement: { account: '112' } });
    await books.close(id, '2024-01', '2024-02', '2024-03', '2024-04', '2024-05');
    ({ position: known } = await books.income(id, '2024-06-03', 100_00 + i));
  }
  before = await answers();
}, 300_000);
afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

async function start(aheadMs = 0): Promise<void> {
  const env = { PORT: port, TEST_AHEAD_MS: String(aheadMs) };
  ledger = await startLedger(directory.path, { env, entry: 'dist/test/support/at-another-time.js' });
}

/** One port for all starts, because a workbook's links begin with the address under which it is asked for. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return String(free);
}

function questions(knownAt: string): string[] {
  const scopes = ['330603', '330603008', '330603002', villages[0]?.village ?? '', villages[1]?.village ?? ''];
  return scopes.flatMap((scope) =>
    ['booked', 'restated'].flatMap((basis) =>
      FORMATS.map(
        (format) => `/reports/monthly-income?scope=${scope}&period=2024-06&basis=${basis}&format=${format}${knownAt}`,
      ),
    ),
  );
}

async function answers(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const question of questions(`&knownAt=${known}`)) found.set(question, await bytesOf(question));
  return found;
}

async function bytesOf(question: string): Promise<string> {
  const response = await fetch(`${ledger.url}/api/v1${question}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect({ question, status: response.status }).toEqual({ question, status: 200 });
  return Buffer.from(await response.arrayBuffer()).toString('base64');
}

/** The questions whose answers are not the bytes that they were. */
async function changed(): Promise<string[]> {
  const after = await answers();
  expect(after.size).toBe(before.size);
  return [...before].flatMap(([question, bytes]) => (after.get(question) === bytes ? [] : [question]));
}

/** Several books at a time, each in its own order. */
async function inEveryBook(work: (id: string) => Promise<void>): Promise<void> {
  const waiting = villages.map(({ id }) => id);
  const client = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) await work(id);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

async function recordLater(): Promise<number> {
  const books = new VillageBooks(ledger);
  let recorded = 0;
  const record = async (path: string, body: object) => {
    const receipt = await books.accepted(path, body);
    recorded += receipt.facts.length;
    return receipt;
  };
  const correction = { reason: '五月漏记' };
  const reversal = { reason: '重复入账', preparedBy: 'accountant-1', reviewedBy: 'reviewer-2' };
  await inEveryBook(async (id) => {
    for (let n = 0; n < EACH.incomes; n++) await record(`/books/${id}/income`, incomeBody('2024-06-11', 300_00 + n));
    // The first voucher of June is the one that the frozen report shows.
    for (let n = 1; n <= EACH.reversals; n++) await record(`/books/${id}/vouchers/2024-06/${n}/reversal`, reversal);
    for (let n = 0; n < EACH.corrections; n++)
      await record(`/books/${id}/income`, incomeBody('2024-05-12', 10_00 + n, { correction }));
    for (let n = 0; n < EACH.expenses; n++) await record(`/books/${id}/expenses`, expenseBody('2024-06-12', 1_00 + n));
  });
  const moved = villages.filter((_, i) => i % 2 === 1).map(({ village }) => village);
  const { position } = await record('/divisions/330603002/recode', {
    newCode: '330603022',
    effectiveOn: '2024-06-05',
    villages: moved.map((code) => ({ code, newCode: code.replace('330603002', '330603022') })),
    reason: '镇街更名',
  });
  await ledger.get('/divisions', { 'ledger-min-position': String(position) });
  return recorded;
}

describe('a report at a knownAt', () => {
  it('keeps its bytes in every format through a restart with the clock forty days on', async () => {
    await ledger.stop();
    await start(FORTY_DAYS_MS);
    expect(await changed()).toEqual([]);
  }, 120_000);

  it('keeps them after 10,000 later facts, half of which correct, reverse or recode in its scope and period', async () => {
    expect(BOOKS * (EACH.reversals + EACH.corrections)).toBeGreaterThanOrEqual(5_000);
    expect(await recordLater()).toBeGreaterThanOrEqual(10_000);
    expect(await changed()).toEqual([]);
  }, 300_000);

  it('keeps them through a rebuild of the views and another restart', async () => {
    const rebuild = ['dist/apps/ledger/src/main.js', 'rebuild', '--data', directory.path];
    const { status, stderr } = spawnSync(process.execPath, rebuild, { encoding: 'utf8' });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(await changed()).toEqual([]);
    await ledger.stop();
    await start(FORTY_DAYS_MS);
    expect(await changed()).toEqual([]);
  }, 300_000);

  it('is not what the newest says, in any format', async () => {
    for (const format of FORMATS) {
      for (const basis of ['booked', 'restated']) {
        const question = `/reports/monthly-income?scope=330603&period=2024-06&basis=${basis}&format=${format}`;
        expect(await bytesOf(question)).not.toBe(before.get(`${question}&knownAt=${known}`));
      }
    }
    const path = `/reports/monthly-income?scope=330603&period=2024-06`;
    const newest = (await ledger.get<MonthlyIncomeReport>(path)).body;
    const then = (await ledger.get<MonthlyIncomeReport>(`${path}&knownAt=${known}`)).body;
    // What a book had in June is reversed but for its last income, and what it forgot in May stands in June.
    const correctedFen = BOOKS * sum(EACH.corrections, 10_00);
    const lastFen = BOOKS * (300_00 + EACH.incomes - 1);
    expect(newest.total.month.recognised.fen).toBe(correctedFen + lastFen);
    expect(then.total.month.recognised.fen).toBe(sum(BOOKS, 100_00));
  });
});

/** first + (first + 1) + …, so many of them. */
function sum(count: number, first: number): number {
  return count * first + (count * (count - 1)) / 2;
}
