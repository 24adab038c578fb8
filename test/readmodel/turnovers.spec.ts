import { afterEach, describe, expect, it } from '@jest/globals';
import { everything, type ReadModel, type TurnoverQuestion } from '@ledger/readmodel';
import { projected } from '../support/projected.js';
import { account, BOOK, DISTRICT, lines, NEIGHBOUR, TOWNSHIP, VILLAGE, VillageLedger } from './village-ledger.js';

const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((cleanup) => cleanup()));

async function reading(ledger: VillageLedger): Promise<ReadModel> {
  const { read, remove } = await projected(ledger.log);
  cleanups.push(remove);
  return read;
}

async function opened(): Promise<VillageLedger> {
  const ledger = new VillageLedger();
  await ledger.open();
  await ledger.divisions();
  await ledger.book();
  return ledger;
}

const year = (basis: TurnoverQuestion['basis'], role: TurnoverQuestion['role'] = 'income'): TurnoverQuestion => ({
  role,
  basis,
  from: '2024-01',
  to: '2024-12',
});

/** Rows as [account, project, period, amount, corrected]. */
function turnover(
  read: ReadModel,
  question: TurnoverQuestion,
  knownAt: number,
  asOf = '2024-12-31',
  division = VILLAGE,
) {
  return read
    .turnover({ division }, question, { asOf, knownAt }, everything)
    .map((row) => [row.account, row.project, row.period, row.amountFen, row.correctedFen]);
}

describe('income', () => {
  it('of a correction stands in the open month as booked, and in its own month, marked, as restated', async () => {
    const ledger = await opened();
    await ledger.post('2024-01-10', { lines: lines('102', '50102', 500) });
    await ledger.close('2024-01');
    const corrects = { period: '2024-01', reason: '迟到' };
    const head = await ledger.post('2024-01-20', { lines: lines('102', '50102', 7), period: '2024-02', corrects });
    const read = await reading(ledger);
    expect(turnover(read, year('booked'), head)).toEqual([
      [account('50102'), null, '2024-01', 500, 0],
      [account('50102'), null, '2024-02', 7, 0],
    ]);
    expect(turnover(read, year('restated'), head)).toEqual([[account('50102'), null, '2024-01', 507, 7]]);
    expect(turnover(read, year('restated'), head - 1)).toEqual([[account('50102'), null, '2024-01', 500, 0]]);
    expect(turnover(read, year('restated'), head, '2024-01-19')).toEqual([[account('50102'), null, '2024-01', 500, 0]]);
    expect(turnover(read, year('restated'), head, '2024-01-20')).toEqual([[account('50102'), null, '2024-01', 507, 7]]);
    const months = { from: '2024-01', to: '2024-12' };
    expect(read.corrections({ ids: [BOOK] }, months, { asOf: '2024-12-31', knownAt: head }, everything)).toEqual([
      {
        book: BOOK,
        account: account('50102'),
        project: null,
        role: 'income',
        period: '2024-01',
        effectiveOn: '2024-01-20',
        bookedPeriod: '2024-02',
        voucherNo: 1,
        position: head,
        amountFen: 7,
      },
    ]);
  });

  it('is counted by project, and expense apart from it', async () => {
    const ledger = await opened();
    await ledger.post('2024-01-10', { lines: lines('102', '50102', 500, 'project-3') });
    await ledger.post('2024-01-11', { lines: lines('102', '50102', 20) });
    const head = await ledger.post('2024-01-12', { lines: lines('51401', '102', 6, 'project-3') });
    const read = await reading(ledger);
    expect(turnover(read, year('booked'), head)).toEqual([
      [account('50102'), null, '2024-01', 20, 0],
      [account('50102'), 'project-3', '2024-01', 500, 0],
    ]);
    expect(turnover(read, year('booked', 'expense'), head)).toEqual([[account('51401'), 'project-3', '2024-01', 6, 0]]);
  });

  it('is the same before and after the closing vouchers of the year', async () => {
    const ledger = await opened();
    await ledger.post('2024-12-10', { lines: lines('102', '50102', 500) });
    const head = await ledger.post('2024-12-31', { lines: lines('50102', '321', 500), kind: 'closing' });
    const read = await reading(ledger);
    expect(turnover(read, year('booked'), head)).toEqual([[account('50102'), null, '2024-12', 500, 0]]);
    expect(turnover(read, year('restated'), head)).toEqual([[account('50102'), null, '2024-12', 500, 0]]);
  });

  it('of a reversal in a later month is restated in the month of the original', async () => {
    const ledger = await opened();
    const original = lines('102', '50102', 500);
    await ledger.post('2024-01-10', { lines: original });
    await ledger.close('2024-01');
    const head = await ledger.reverse('2024-01-10', { period: '2024-01', voucherNo: 1 }, original, '2024-02');
    const read = await reading(ledger);
    expect(turnover(read, year('booked'), head)).toEqual([
      [account('50102'), null, '2024-01', 500, 0],
      [account('50102'), null, '2024-02', -500, 0],
    ]);
    expect(turnover(read, year('restated'), head)).toEqual([[account('50102'), null, '2024-01', 0, -500]]);
  });

  it('inside a month counts what is booked up to the day', async () => {
    const ledger = await opened();
    await ledger.post('2024-02-10', { lines: lines('102', '50102', 500) });
    const head = await ledger.post('2024-02-20', { lines: lines('102', '50102', 30) });
    const read = await reading(ledger);
    const amounts = ['2024-02-09', '2024-02-10', '2024-02-19', '2024-02-20'].map((asOf) =>
      turnover(read, year('booked'), head, asOf).map((row) => row[3]),
    );
    expect(amounts).toEqual([[], [500], [500], [530]]);
  });

  it('of a year that began in another book is the opening month’s', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    await ledger.divisions();
    await ledger.book('2024-06');
    const yearToDate = { yearToDateDebitFen: 0, yearToDateCreditFen: 300 };
    const head = await ledger.opening('2024-06', [
      { account: account('50102'), side: 'credit', amountFen: 300, ...yearToDate },
    ]);
    const read = await reading(ledger);
    expect(turnover(read, year('booked'), head)).toEqual([[account('50102'), null, '2024-05', 300, 0]]);
    expect(turnover(read, year('restated'), head)).toEqual([[account('50102'), null, '2024-05', 300, 0]]);
  });
});

async function twoVillages(): Promise<{ read: ReadModel; head: number }> {
  const ledger = await opened();
  await ledger.book('2024-01', { id: 'book-neighbour', village: NEIGHBOUR });
  await ledger.book('2024-01', { id: 'book-company', organization: '91330603MA0000001X' });
  await ledger.post('2024-01-10', { lines: lines('102', '50102', 500) });
  await ledger.post('2024-01-10', { book: 'book-neighbour', lines: lines('102', '50102', 20) });
  const head = await ledger.post('2024-01-10', { book: 'book-company', lines: lines('102', '50102', 3) });
  return { read: await reading(ledger), head };
}

describe('roll-ups', () => {
  it('sum the collectives of a township; other organisations only when asked for', async () => {
    const { read, head } = await twoVillages();
    const amounts = (division: string) =>
      turnover(read, year('booked'), head, '2024-12-31', division).map((row) => row[3]);
    expect([VILLAGE, NEIGHBOUR, TOWNSHIP, DISTRICT].map(amounts)).toEqual([[500], [20], [500, 20], [500, 20]]);
    const at = { asOf: '2024-12-31', knownAt: head };
    const all = read.turnover({ division: VILLAGE, books: 'all' }, year('booked'), at, everything);
    expect(all.map((row) => [row.book, row.amountFen])).toEqual([
      ['book-company', 3],
      [BOOK, 500],
    ]);
    const balances = read.balancesOfDivision({ division: DISTRICT }, at, everything);
    expect(balances.map((row) => [row.account, row.balanceFen])).toEqual([
      [account('102'), 520],
      [account('50102'), -520],
    ]);
  });

  it('know no division before it was registered, and leave out what the reader may not see', async () => {
    const { read, head } = await twoVillages();
    expect(turnover(read, year('booked'), head, '2022-12-31', TOWNSHIP)).toEqual([]);
    const at = { asOf: '2024-12-31', knownAt: head };
    const scope = { ...everything, includesDivision: (code: string) => code !== VILLAGE };
    const seen = read.turnover({ division: TOWNSHIP }, year('booked'), at, scope);
    expect(seen.map((row) => row.village)).toEqual([NEIGHBOUR]);
  });
});
