import { afterEach, describe, expect, it } from '@jest/globals';
import type { Line } from '@ledger/accounting';
import { everything, type ReadModel } from '@ledger/readmodel';
import type { Figures, MonthlyIncomeReport } from '@ledger/views';
import { allCells, entriesOf } from '../support/report-cells.js';
import { projected } from '../support/projected.js';
import { account, BOOK, DISTRICT, fact, lines, NEIGHBOUR, TOWNSHIP, VILLAGE, VillageLedger } from './village-ledger.js';

const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((cleanup) => cleanup()));

async function reading(ledger: VillageLedger): Promise<ReadModel> {
  const { read, remove } = await projected(ledger.log);
  cleanups.push(remove);
  return read;
}

async function opened(startPeriod = '2024-01'): Promise<VillageLedger> {
  const ledger = new VillageLedger();
  await ledger.open();
  await ledger.divisions();
  await ledger.book(startPeriod);
  return ledger;
}

interface Asked {
  readonly division?: string;
  readonly period?: string;
  readonly asOf?: string;
  readonly basis?: 'booked' | 'restated';
  readonly since?: number;
  readonly recordedOn?: string;
}

function report(read: ReadModel, knownAt: number, asked: Asked = {}): MonthlyIncomeReport {
  const { division = VILLAGE, period = '2024-12', asOf = '2024-12-31', basis = 'booked', since } = asked;
  const recordedOn = asked.recordedOn ?? '2026-01-01';
  const question = { division, period, basis, recordedOn, ...(since === undefined ? {} : { since }) };
  return read.incomes.report(question, { asOf, knownAt }, everything);
}

/** Recognised, collected, non-recurring, corrected. */
const amounts = ({ recognised, collected, nonRecurring, corrected }: Figures['month']): number[] =>
  [recognised, collected, nonRecurring, corrected].map(({ fen }) => fen);

const line = (code: string, side: Line['side'], amountFen: number, more: Partial<Line> = {}): Line => {
  return { account: account(code), side, amountFen, summary: '记账', ...more };
};

const old = (code: string, amountFen: number): Line[] => [
  { account: 'village-2004:102', side: 'debit', amountFen, summary: '记账' },
  { account: `village-2004:${code}`, side: 'credit', amountFen, summary: '记账' },
];

const RENT = [
  line('112', 'debit', 1060, { party: 'tenant-1' }),
  line('50102', 'credit', 1000, { project: 'project-1' }),
  line('214', 'credit', 60),
];

/**
 * Rent of 1,000 and its tax are owed in November, which is closed; half is received in December, and 40 that says not for
 * what. A subsidy comes once, and what November missed is booked late. At last the rent is reversed.
 */
async function story(): Promise<{ read: ReadModel; before: number; after: number }> {
  const ledger = await opened();
  await ledger.post('2024-11-10', { lines: RENT });
  await ledger.close('2024-11');
  await ledger.post('2024-12-05', { lines: lines('102', '50301', 300), nonRecurring: true });
  const settles = { period: '2024-11', voucherNo: 1 };
  await ledger.post('2024-12-10', { lines: [line('102', 'debit', 530), line('112', 'credit', 530, { settles })] });
  await ledger.post('2024-12-12', { lines: lines('102', '112', 40) });
  const corrects = { period: '2024-11', reason: '漏记' };
  const late = { lines: lines('102', '50102', 70), period: '2024-12', bookedOn: '2024-12-20', corrects };
  const before = await ledger.post('2024-11-28', late);
  const after = await ledger.reverse('2024-11-10', settles, RENT, '2024-12', { bookedOn: '2024-12-28' });
  return { read: await reading(ledger), before, after };
}

describe('the monthly income report', () => {
  it('shows what was recognised beside what was collected, by the month of the books', async () => {
    const { read, before } = await story();
    const { total, operating, other, unallocatedReceipts, projects } = report(read, before);
    expect(amounts(total.month)).toEqual([370, 870, 300, 0]);
    expect(amounts(total.yearToDate)).toEqual([1370, 870, 300, 0]);
    expect(amounts(operating.month)).toEqual([70, 570, 0, 0]);
    expect(amounts(other.month)).toEqual([300, 300, 300, 0]);
    expect(unallocatedReceipts.month.fen).toBe(40);
    expect(projects.map(({ project, total: of }) => [project, ...amounts(of.yearToDate)])).toEqual([
      ['project-1', 1000, 500, 0, 0],
      [null, 370, 370, 300, 0],
    ]);
  });

  it('restated, puts a correction and what came with it into its own month, marked', async () => {
    const { read, before } = await story();
    const { total } = report(read, before, { basis: 'restated' });
    expect(amounts(total.month)).toEqual([300, 800, 300, 0]);
    expect(amounts(total.yearToDate)).toEqual([1370, 870, 300, 70]);
    const november = report(read, before, { basis: 'restated', period: '2024-11', asOf: '2024-11-30' });
    expect(amounts(november.total.month)).toEqual([1070, 70, 0, 70]);
  });

  it('takes back what was collected for an income that is reversed: the money is not allocated then', async () => {
    const { read, before, after } = await story();
    const { total, unallocatedReceipts } = report(read, after);
    expect(amounts(total.month)).toEqual([-630, 370, 300, 0]);
    expect(amounts(total.yearToDate)).toEqual([370, 370, 300, 0]);
    expect(unallocatedReceipts.month.fen).toBe(570);
    expect(amounts(report(read, after, { basis: 'restated' }).total.month)).toEqual([300, 300, 300, 0]);
    expect(amounts(report(read, before).total.month)).toEqual([370, 870, 300, 0]);
  });

  it('says which facts make it another than it was, and why', async () => {
    const { read, before, after } = await story();
    const { changes } = report(read, after, { since: before });
    expect(changes).toMatchObject({
      since: before,
      before: { total: { month: { recognisedFen: 370, collectedFen: 870 } } },
      count: 1,
      facts: [
        {
          position: after,
          type: 'VoucherReversed',
          why: 'reversal',
          division: VILLAGE,
          book: BOOK,
          voucher: { period: '2024-12', voucherNo: 5 },
          recognisedFen: -1000,
          collectedFen: -500,
          unallocatedFen: 530,
          href: `/api/v1/books/${BOOK}/vouchers/2024-12/5?asOf=2024-12-28&knownAt=${after}`,
        },
      ],
    });
    expect(report(read, before, { since: before - 1 }).changes?.facts.map(({ why }) => why)).toEqual(['correction']);
    expect(report(read, after, { since: after }).changes).toMatchObject({ count: 0, facts: [] });
  });

  it('links every amount to entries that come to it', async () => {
    const { read, after } = await story();
    for (const basis of ['booked', 'restated'] as const) {
      for (const division of [VILLAGE, TOWNSHIP, DISTRICT]) {
        const cells = allCells(report(read, after, { basis, division })).filter(({ href }) => href !== null);
        expect(cells.length).toBeGreaterThan(50);
        for (const { fen, href } of cells) {
          expect({ href, ...entriesOf(read, href ?? '') }).toEqual({ href, sumFen: fen, totalFen: fen });
        }
      }
    }
  });

  it('cuts the month off at a day inside it', async () => {
    const { read, after } = await story();
    expect(amounts(report(read, after, { asOf: '2024-12-09' }).total.month)).toEqual([300, 300, 300, 0]);
    const later = report(read, after, { asOf: '2024-12-12' });
    expect(amounts(later.total.month)).toEqual([300, 800, 300, 0]);
    expect(later.unallocatedReceipts.month.fen).toBe(40);
    expect(later.forecast.total.refused).toBe('NOT_ENOUGH_HISTORY');
  });

  it('lists the villages without data, and keeps them in the average', async () => {
    const { read, before } = await story();
    const district = report(read, before, { division: DISTRICT });
    expect(district.villages).toEqual({
      counted: 2,
      withData: 1,
      withoutData: [{ code: NEIGHBOUR, name: '王家坞村', reason: 'NO_BOOK' }],
      notClosed: [{ code: VILLAGE, name: '谢家坞村' }],
    });
    expect(district.averagePerVillage.totalFen.month).toBe(185);
    expect(
      district.byTownship.map(({ code, villages, total }) => [code, villages, total.month.recognised.fen]),
    ).toEqual([[TOWNSHIP, 2, 370]]);
    const january = report(read, before, { period: '2025-01', asOf: '2025-01-31' });
    expect(january.villages.withoutData).toEqual([{ code: VILLAGE, name: '谢家坞村', reason: 'NO_ENTRIES' }]);
  });

  it('names the villages whose book of the month was not closed yet, as it was known', async () => {
    const ledger = await opened();
    await ledger.book('2024-12', { id: 'book-of-neighbour', village: NEIGHBOUR });
    const posted = await ledger.post('2024-11-10', { lines: lines('102', '50102', 5) });
    const closed = await ledger.close('2024-11');
    const read = await reading(ledger);
    const open = (knownAt: number, period: string, division = DISTRICT) =>
      report(read, knownAt, { division, period, asOf: `${period}-30` }).villages.notClosed.map(({ code }) => code);
    expect(open(posted, '2024-11')).toEqual([VILLAGE]);
    expect(open(closed, '2024-11')).toEqual([]);
    expect(open(closed, '2024-12')).toEqual([VILLAGE, NEIGHBOUR].toSorted());
    expect(open(closed, '2024-12', VILLAGE)).toEqual([VILLAGE]);
  });

  it('tells villages apart by their operating income of twelve months, and never takes silence for poverty', async () => {
    const ledger = await opened();
    for (let month = 0; month < 15; month++) {
      const period = `${2024 + Math.floor(month / 12)}-${String(1 + (month % 12)).padStart(2, '0')}`;
      await ledger.post(`${period}-05`, { lines: lines('102', '50301', 5) });
    }
    const short = await ledger.post('2024-02-10', { lines: lines('102', '50102', 49_999_999) });
    const head = await ledger.post('2024-04-10', { lines: lines('102', '50102', 1) });
    const read = await reading(ledger);
    const bandsAt = (knownAt: number, period: string, asOf: string, recordedOn = '2026-01-01') =>
      report(read, knownAt, { division: DISTRICT, period, asOf, recordedOn }).tiers.map(
        ({ scheme, from, villages }) => [scheme.id, from, ...villages.map(({ band }) => band)],
      );
    expect(bandsAt(short, '2024-12', '2024-12-31')).toEqual([
      ['national-bands', '2024-01', '10-to-50', null],
      ['shaoxing-50', '2024-01', 'below-50', null],
    ]);
    expect(bandsAt(head, '2025-01', '2025-01-31')).toEqual([
      ['national-bands', '2024-02', '50-to-100', null],
      ['shaoxing-50', '2024-02', 'from-50', null],
    ]);
    expect(bandsAt(head, '2025-03', '2025-03-31')[0]).toEqual(['national-bands', '2024-04', 'below-5', null]);
    // Eleven months, a month without entries, and a month that was not over when the newest fact was recorded.
    expect(bandsAt(head, '2024-11', '2024-11-30')[0]).toEqual(['national-bands', '2023-12', null, null]);
    expect(bandsAt(head, '2025-04', '2025-04-30')[0]).toEqual(['national-bands', '2024-05', null, null]);
    expect(bandsAt(head, '2025-03', '2025-03-31', '2025-03-31')[0]).toEqual(['national-bands', '2024-04', null, null]);
  });

  it('says which of the twelve months a village without a band has no data of, and where its books begin', async () => {
    const ledger = await opened();
    for (const period of ['2024-01', '2024-02', '2024-05', '2024-06']) {
      await ledger.post(`${period}-05`, { lines: lines('102', '50102', 5) });
    }
    const head = await ledger.post('2024-07-05', { lines: lines('102', '50102', 5) });
    const district = report(await reading(ledger), head, {
      division: DISTRICT,
      period: '2024-06',
      asOf: '2024-06-30',
    });
    const before = ['2023-07', '2023-08', '2023-09', '2023-10', '2023-11', '2023-12'];
    const [own = [], neighbour = []] =
      district.tiers[0]?.villages.map(({ monthsWithoutData }) => monthsWithoutData) ?? [];
    expect(own).toEqual([...before, '2024-03', '2024-04']);
    expect(neighbour).toHaveLength(12);
    expect([district.booksFrom, ...district.byVillage.map(({ booksFrom }) => booksFrom)]).toEqual([
      '2024-01',
      '2024-01',
      null,
    ]);
  });

  it('runs last year’s income of another chart through the lines of this one, and keeps what has no single successor', async () => {
    const ledger = await opened('2023-01');
    for (const [code, fen] of [
      ['501', 50],
      ['51101', 100],
      ['511', 7],
      ['522', 20],
    ] as const) {
      await ledger.post('2023-12-05', { lines: old(code, fen) });
    }
    const head = await ledger.post('2024-12-05', { lines: lines('102', '50102', 200) });
    const read = await reading(ledger);
    const { lines: shown, operating } = report(read, head);
    const of = shown.map(({ account: name, level, section, carriedFrom, figures }) => [
      `${level} ${section} ${name}`,
      figures.month.recognised.fen,
      figures.sameMonthLastYear.recognised.fen,
      carriedFrom.length,
    ]);
    expect(of).toEqual([
      [`1 operating ${account('501')}`, 200, 150, 2],
      [`2 operating ${account('50102')}`, 200, 0, 0],
      ['2 operating village-2004:501', 0, 50, 0],
      ['2 operating village-2004:51101', 0, 100, 0],
      ['1 operating village-2004:511', 0, 7, 0],
      [`1 other ${account('503')}`, 0, 20, 1],
      ['2 other village-2004:522', 0, 20, 0],
    ]);
    expect(operating.change.month).toEqual({ fen: 43, basisPoints: 2739 });
  });

  it('follows a township to its new code, and tells of the fact that gave it', async () => {
    const ledger = await opened();
    const before = await ledger.post('2024-12-05', { lines: lines('102', '50102', 9) });
    const villages = [VILLAGE, NEIGHBOUR].map((oldCode) => ({ oldCode, newCode: oldCode.replace('603008', '603012') }));
    const recoded = { oldCode: TOWNSHIP, newCode: '330603012000', villages };
    const head = await ledger.append('divisions-330603', fact('DivisionRecoded', '2024-12-31', recoded, TOWNSHIP));
    const read = await reading(ledger);
    expect(report(read, before, { division: TOWNSHIP }).total.month.recognised.fen).toBe(9);
    const after = report(read, head, { division: '330603012000', since: before });
    expect(after.total.month.recognised.fen).toBe(9);
    expect(after.byVillage.map(({ code }) => code)).toEqual(villages.map(({ newCode }) => newCode).toSorted());
    expect(after.changes?.facts.map(({ position, why, type }) => [position, why, type])).toEqual([
      [head, 'recode', 'DivisionRecoded'],
    ]);
    // The same place had another code then, and the same income.
    expect(after.changes?.before.total.month.recognisedFen).toBe(9);
    // On the day before, the old code still holds.
    expect(report(read, head, { division: TOWNSHIP, asOf: '2024-12-30' }).total.month.recognised.fen).toBe(9);
  });

  it('brings the year so far of a book that starts inside it', async () => {
    const ledger = await opened('2024-07');
    const opening = [
      { account: account('102'), side: 'debit', amountFen: 40 },
      { account: account('50102'), side: 'credit', amountFen: 40, yearToDateDebitFen: 0, yearToDateCreditFen: 40 },
    ];
    await ledger.opening('2024-07', opening);
    const head = await ledger.post('2024-07-05', { lines: lines('102', '50102', 2) });
    const read = await reading(ledger);
    const july = report(read, head, { period: '2024-07', asOf: '2024-07-31' });
    expect(amounts(july.total.yearToDate)).toEqual([42, 2, 0, 0]);
    for (const { fen, href } of allCells(july)) {
      if (href !== null) expect(entriesOf(read, href)).toEqual({ sumFen: fen, totalFen: fen });
    }
  });

  it('forecasts the rest of the year as last year’s months, where it has seen two years', async () => {
    const ledger = await opened('2022-01');
    for (let month = 0; month < 30; month++) {
      const period = `${2022 + Math.floor(month / 12)}-${String(1 + (month % 12)).padStart(2, '0')}`;
      const fen = 100 * (1 + (month % 12)) + Math.floor(month / 12);
      await ledger.post(`${period}-10`, { lines: lines('102', '50102', fen) });
    }
    const read = await reading(ledger);
    const head = read.checkpoint();
    const june = report(read, head, { period: '2024-06', asOf: '2024-06-30' }).forecast.total;
    expect(june.historyMonths).toBe(30);
    expect(june.months.map(({ period, fen }) => [period, fen])).toEqual(
      [7, 8, 9, 10, 11, 12].map((month) => [`2024-${String(month).padStart(2, '0')}`, 100 * month + 1]),
    );
    // Every error of the past was one fen upwards.
    expect(june.months[0]).toMatchObject({ lowFen: 702, highFen: 702 });
    expect(june.year).toEqual({ fen: 2112 + 5706, lowFen: 2112 + 5712, highFen: 2112 + 5712 });
    // Silence, or a month that was not over by then, is no month of little income.
    const asked = { period: '2024-07', asOf: '2024-07-31' };
    expect(report(read, head, asked).forecast.total).toMatchObject({ refused: 'VILLAGES_WITHOUT_DATA', year: null });
    const midJune = { period: '2024-06', asOf: '2024-06-30', recordedOn: '2024-06-30' };
    expect(report(read, head, midJune).forecast.total).toMatchObject({ refused: 'MONTH_NOT_OVER', year: null });
    const early = report(read, head, { period: '2023-11', asOf: '2023-11-30' }).forecast.total;
    expect(early).toMatchObject({ refused: 'NOT_ENOUGH_HISTORY', historyMonths: 23, months: [], year: null });
  });
});
