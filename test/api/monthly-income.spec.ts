import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MonthlyIncomeReport } from '@ledger/views';
import { linkedEntries } from '../support/linked-entries.js';
import { allCells } from '../support/report-cells.js';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { VillageBooks, voucherBody } from '../support/village-books.js';

interface Entries {
  readonly totalFen: number;
  readonly rows: readonly { readonly amountFen: number; readonly position: number; readonly href: string }[];
  readonly next: string | null;
}

const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;
let village: string;
let book: string;
const at = { opened: 0, signed: 0, corrected: 0 };

const paths = (scope: string, knownAt: number): string[] =>
  ['booked', 'restated'].map(
    (basis) => `/reports/monthly-income?scope=${scope}&period=2024-02&basis=${basis}&knownAt=${knownAt}`,
  );

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  await books.district();
  ({ village, id: book } = await books.book());
  const other = await books.book({ township: '330603002' });
  await books.book({ name: '无账村', township: '330603002', startPeriod: '2024-06' });
  const project = await books.project({ leadVillage: village, effectiveOn: '2024-01-10' });
  await books.income(book, '2024-01-20', 1_000_00, { settlement: { account: '112' }, taxFen: 60_00, project });
  at.opened = (await books.income(other.id, '2024-01-21', 70_00, { account: '50301', nonRecurring: true })).position;
  await books.close(book, '2024-01');
  const settles = { period: '2024-01', voucherNo: 1 };
  const receipt = [
    { account: '102', side: 'debit', amountFen: 570_00 },
    { account: '112', side: 'credit', amountFen: 530_00, settles },
    { account: '113', side: 'credit', amountFen: 40_00 },
  ];
  at.signed = (await books.accepted(`/books/${book}/vouchers`, voucherBody('2024-02-05', receipt))).position;
  await books.income(book, '2024-01-25', 30_00, { correction: { reason: '一月漏记' } });
  const reversal = { reason: '重复记账', preparedBy: 'accountant-1', reviewedBy: 'reviewer-2' };
  at.corrected = (await books.accepted(`/books/${book}/vouchers/2024-01/1/reversal`, reversal)).position;
  await ledger.get('/divisions', { 'ledger-min-position': String(at.corrected) });
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const ask = (query: string) => ledger.get<Entries>(`/divisions/330603/income-entries?from=2024-01&to=2024-02${query}`);

describe('the monthly income report', () => {
  it('is as signed and as corrected, at two moments', async () => {
    const [signed, restated] = await Promise.all(
      paths('330603', at.corrected).map(async (path) => (await ledger.get<MonthlyIncomeReport>(path)).body),
    );
    expect(signed?.total.month).toMatchObject({ recognised: { fen: 30_00 - 1_000_00 }, collected: { fen: 30_00 } });
    expect(signed?.unallocatedReceipts.month.fen).toBe(570_00);
    expect(restated?.total.yearToDate).toMatchObject({
      recognised: { fen: 100_00 },
      nonRecurring: { fen: 70_00 },
      corrected: { fen: 30_00 - 1_000_00 },
    });
    const before = (await ledger.get<MonthlyIncomeReport>(paths('330603', at.signed)[0] ?? '')).body;
    expect(before.total.month).toMatchObject({ recognised: { fen: 0 }, collected: { fen: 500_00 } });
    expect(before).toMatchObject({ asOf: '2024-02-29', knownAt: at.signed, scope: { code: '330603000000' } });
    expect(before.villages).toMatchObject({ counted: 3, withData: 1 });
    expect(before.villages.withoutData.map(({ reason }) => reason)).toEqual(['NO_ENTRIES', 'NO_BOOK']);
    expect(before.villages.notClosed).toHaveLength(2);
    const january = `/reports/monthly-income?scope=330603&period=2024-01&knownAt=`;
    const open = async (knownAt: number) => (await ledger.get<MonthlyIncomeReport>(january + knownAt)).body.villages;
    expect((await open(at.signed)).notClosed).not.toContainEqual(expect.objectContaining({ code: village }));
    expect((await open(at.opened)).notClosed).toContainEqual(expect.objectContaining({ code: village }));
  });

  it('lists the vouchers behind every amount, for a district, a township and a village', async () => {
    const vouchers = new Set<string>();
    let cells = 0;
    for (const scope of ['330603', '330603008', village]) {
      for (const knownAt of [at.signed, at.corrected]) {
        for (const path of paths(scope, knownAt)) {
          const { body } = await ledger.get<MonthlyIncomeReport>(path);
          for (const { fen, href } of allCells(body)) {
            if (href === null) {
              expect(fen).toBe(0);
              continue;
            }
            const { sumFen, totalFen, hrefs } = await linkedEntries(ledger, href, 2);
            expect({ href, sumFen, totalFen }).toEqual({ href, sumFen: fen, totalFen: fen });
            for (const voucher of hrefs) vouchers.add(voucher);
            cells++;
          }
        }
      }
    }
    expect(cells).toBeGreaterThan(300);
    expect(vouchers.size).toBeGreaterThan(4);
    for (const href of vouchers) expect((await ledger.get(href.replace('/api/v1', ''))).status).toBe(200);
  });

  it('says what changed since it was signed, with the facts', async () => {
    const path = `/reports/monthly-income?scope=${village}&period=2024-02&since=${at.signed}`;
    const { body } = await ledger.get<MonthlyIncomeReport>(path);
    expect(body.changes?.facts.map(({ why, recognisedFen }) => [why, recognisedFen])).toEqual([
      ['correction', 30_00],
      ['reversal', -1_000_00],
    ]);
    for (const { href } of body.changes?.facts ?? []) {
      expect((await ledger.get(href.replace('/api/v1', ''))).status).toBe(200);
    }
  });

  it('has the same bytes for the same times, whatever was recorded since', async () => {
    const before = await Promise.all(paths('330603', at.corrected).map((path) => ledger.get(path)));
    const { position } = await books.income(book, '2024-02-20', 5_00);
    await ledger.get('/divisions', { 'ledger-min-position': String(position) });
    const after = await Promise.all(paths('330603', at.corrected).map((path) => ledger.get(path)));
    expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    const newest = await ledger.get(`/reports/monthly-income?scope=330603&period=2024-02`);
    expect(newest.text).not.toBe(before[0]?.text);
  });

  it.each([
    ['period=2024-02', 'scope'],
    ['scope=330603&period=2024-13', 'period'],
    ['scope=330603&period=2999-01', 'period'],
    ['scope=330603&period=2024-02&asOf=2024-01-31', 'asOf'],
    ['scope=330603&period=2024-02&knownAt=20&since=21', 'since'],
    ['scope=330603&period=2024-02&colour=red', 'colour'],
  ])('refuses %s', async (query, field) => {
    const { status, body } = await ledger.get<{ facts: { problems: { field: string }[] } }>(
      `/reports/monthly-income?${query}`,
    );
    expect([status, body.facts.problems[0]?.field]).toEqual([400, field]);
  });

  it('refuses places that are not there, and a comparison with what has not come', async () => {
    expect(await ledger.get('/reports/monthly-income?scope=330699&period=2024-02')).toMatchObject({ status: 404 });
    expect(await ledger.get('/reports/monthly-income?scope=330603&period=2024-02&since=999999')).toMatchObject({
      status: 422,
      body: { code: 'KNOWN_AT_IN_FUTURE', field: 'since' },
    });
  });
});

describe('the entries behind an income', () => {
  it('are filtered by account, project and role', async () => {
    const known = `&knownAt=${at.signed}&asOf=2024-02-29`;
    const totals = async (query: string) => (await ask(`${query}${known}`)).body.totalFen;
    expect(await totals('')).toBe(1_070_00);
    expect(await totals('&role=other')).toBe(70_00);
    expect(await totals('&accounts=rural-collective-2024:50102')).toBe(1_000_00);
    expect(await totals('&accounts=rural-collective-2024:501*')).toBe(1_000_00);
    expect(await totals('&accounts=rural-collective-2024:501')).toBe(0);
    expect(await totals('&withoutProject=true')).toBe(70_00);
    expect(await totals('&measure=nonRecurring')).toBe(70_00);
    expect(await totals('&measure=collected')).toBe(570_00);
    expect(await totals('&measure=unallocated')).toBe(40_00);
    expect(await totals('&measure=corrected')).toBe(0);
  });

  it.each([
    ['&accounts=50102', 'accounts'],
    ['&measure=guessed', 'measure'],
    ['&project=project-1&withoutProject=true', 'withoutProject'],
    ['&after=a2V5OmE', 'after'],
    ['&limit=0', 'limit'],
  ])('refuse %s', async (query, field) => {
    const { status, body } = await ask(query);
    const { facts } = body as unknown as { facts: { problems: { field: string }[] } };
    expect([status, facts.problems[0]?.field]).toEqual([400, field]);
  });
});
