import { afterEach, describe, expect, it } from '@jest/globals';
import { everything, type ReadModel } from '@ledger/readmodel';
import { projected } from '../support/projected.js';
import { account, BOOK, lines, VillageLedger } from './village-ledger.js';

const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((cleanup) => cleanup()));

async function reading(ledger: VillageLedger): Promise<ReadModel> {
  const { read, remove } = await projected(ledger.log);
  cleanups.push(remove);
  return read;
}

/** Turnover and balance of one account: [debit, credit, balance], or undefined when it is not there. */
function balanceOf(read: ReadModel, code: string, asOf: string, knownAt: number): number[] | undefined {
  const found = read.balances([BOOK], { asOf, knownAt }, everything).find((row) => row.account === account(code));
  return found && [found.debitFen, found.creditFen, found.balanceFen];
}

async function opened(): Promise<VillageLedger> {
  const ledger = new VillageLedger();
  await ledger.open();
  await ledger.book();
  return ledger;
}

describe('balances', () => {
  it('are those before an entry when read as known before it', async () => {
    const ledger = await opened();
    const first = await ledger.post('2024-01-10', { lines: lines('102', '50102', 500) });
    const second = await ledger.post('2024-01-20', { lines: lines('102', '50102', 70) });
    const read = await reading(ledger);
    expect(balanceOf(read, '102', '2024-01-31', first)).toEqual([500, 0, 500]);
    expect(balanceOf(read, '102', '2024-01-31', second)).toEqual([570, 0, 570]);
    expect(balanceOf(read, '102', '2023-12-31', second)).toBeUndefined();
  });

  it('go on into later months, where an untouched month has no turnover', async () => {
    const ledger = await opened();
    const head = await ledger.post('2024-01-10', { lines: lines('102', '50102', 500) });
    const read = await reading(ledger);
    expect(balanceOf(read, '102', '2024-03-31', head)).toEqual([0, 0, 500]);
    expect(balanceOf(read, '102', '2024-03-09', head)).toEqual([0, 0, 500]);
    expect(balanceOf(read, '102', '2024-03-29', head)).toEqual([0, 0, 500]);
  });

  it('of later months take up a late entry for an earlier open month, but only once it was known', async () => {
    const ledger = await opened();
    await ledger.post('2024-01-10', { lines: lines('102', '50102', 500) });
    const february = await ledger.post('2024-02-10', { lines: lines('102', '50102', 30) });
    await ledger.post('2024-03-10', { lines: lines('102', '50102', 4) });
    const late = await ledger.post('2024-02-05', { lines: lines('102', '50102', 6) });
    const read = await reading(ledger);
    expect(balanceOf(read, '102', '2024-03-31', late)).toEqual([4, 0, 540]);
    expect(balanceOf(read, '102', '2024-02-29', late)).toEqual([36, 0, 536]);
    expect(balanceOf(read, '102', '2024-03-31', late - 1)).toEqual([4, 0, 534]);
    expect(balanceOf(read, '102', '2024-03-31', february)).toEqual([0, 0, 530]);
    expect(balanceOf(read, '102', '2024-01-31', late)).toEqual([500, 0, 500]);
  });

  it('inside a month count what is booked up to the day, in both halves', async () => {
    const ledger = await opened();
    await ledger.post('2024-01-10', { lines: lines('102', '50102', 1000) });
    await ledger.post('2024-02-03', { lines: lines('102', '50102', 100) });
    await ledger.post('2024-02-15', { lines: lines('102', '50102', 20) });
    await ledger.post('2024-02-16', { lines: lines('101', '102', 3) });
    const head = await ledger.post('2024-02-29', { lines: lines('102', '50102', 4000) });
    const read = await reading(ledger);
    const days = ['02', '03', '14', '15', '16', '28', '29'];
    expect(days.map((day) => balanceOf(read, '102', `2024-02-${day}`, head))).toEqual([
      [0, 0, 1000],
      [100, 0, 1100],
      [100, 0, 1100],
      [120, 0, 1120],
      [120, 3, 1117],
      [120, 3, 1117],
      [4120, 3, 5117],
    ]);
    expect(balanceOf(read, '101', '2024-02-15', head)).toBeUndefined();
    expect(balanceOf(read, '101', '2024-02-16', head)).toEqual([3, 0, 3]);
  });

  it('start from the opening, which stands on the last day before the book starts', async () => {
    const ledger = await opened();
    const head = await ledger.opening('2024-01', [
      { account: account('102'), side: 'debit', amountFen: 900 },
      { account: account('301'), side: 'credit', amountFen: 900 },
    ]);
    const read = await reading(ledger);
    expect(balanceOf(read, '102', '2023-12-31', head)).toEqual([0, 0, 900]);
    expect(balanceOf(read, '301', '2024-01-05', head)).toEqual([0, 0, -900]);
    expect(balanceOf(read, '102', '2023-12-20', head)).toBeUndefined();
    expect(balanceOf(read, '102', '2023-12-05', head)).toBeUndefined();
  });

  it('take a red-letter entry off the side on which it was made', async () => {
    const ledger = await opened();
    const original = lines('102', '50102', 500);
    await ledger.post('2024-01-10', { lines: original });
    const head = await ledger.reverse('2024-01-10', { period: '2024-01', voucherNo: 1 }, original);
    const read = await reading(ledger);
    expect(balanceOf(read, '102', '2024-01-31', head - 1)).toEqual([500, 0, 500]);
    expect(balanceOf(read, '102', '2024-01-31', head)).toBeUndefined();
    expect(balanceOf(read, '50102', '2024-01-12', head)).toBeUndefined();
  });

  it('leave out books that the reader may not see', async () => {
    const ledger = await opened();
    const head = await ledger.post('2024-01-10', { lines: lines('102', '50102', 500) });
    const read = await reading(ledger);
    const at = { asOf: '2024-01-31', knownAt: head };
    expect(read.balances([BOOK], at, { ...everything, includesBook: () => false })).toEqual([]);
    expect(read.balances([BOOK], at, { ...everything, includesDivision: () => false })).toEqual([]);
  });
});

describe('the trial balance', () => {
  it('carries the year to date of a book that starts inside a year', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    await ledger.book('2024-06');
    const yearToDate = { yearToDateDebitFen: 0, yearToDateCreditFen: 300 };
    await ledger.opening('2024-06', [
      { account: account('102'), side: 'debit', amountFen: 1300, yearToDateDebitFen: 300, yearToDateCreditFen: 0 },
      { account: account('301'), side: 'credit', amountFen: 1000 },
      { account: account('50102'), side: 'credit', amountFen: 300, ...yearToDate },
    ]);
    const head = await ledger.post('2024-06-10', { lines: lines('102', '50102', 50) });
    const read = await reading(ledger);
    const rows = read.trialBalance(BOOK, '2024-06', { knownAt: head, closing: 'after', scope: everything });
    expect(rows?.map((row) => Object.values(row))).toEqual([
      [account('102'), 1300, 0, 50, 0, 350, 0, 1350, 0],
      [account('301'), 0, 1000, 0, 0, 0, 0, 0, 1000],
      [account('50102'), 0, 300, 0, 50, 0, 350, 0, 350],
    ]);
  });

  it('stands before and after the closing vouchers of December, and keeps a dormant account', async () => {
    const ledger = await opened();
    await ledger.opening('2024-01', [
      { account: account('151'), side: 'debit', amountFen: 70 },
      { account: account('301'), side: 'credit', amountFen: 70 },
    ]);
    await ledger.post('2024-11-10', { lines: lines('102', '50102', 500) });
    const head = await ledger.post('2024-12-31', { lines: lines('50102', '321', 500), kind: 'closing' });
    const read = await reading(ledger);
    const rows = (closing: 'before' | 'after', period = '2024-12') =>
      read.trialBalance(BOOK, period, { knownAt: head, closing, scope: everything })?.map((row) => Object.values(row));
    expect(rows('before')).toEqual([
      [account('102'), 500, 0, 0, 0, 500, 0, 500, 0],
      [account('151'), 70, 0, 0, 0, 0, 0, 70, 0],
      [account('301'), 0, 70, 0, 0, 0, 0, 0, 70],
      [account('50102'), 0, 500, 0, 0, 0, 500, 0, 500],
    ]);
    expect(rows('after')?.slice(3)).toEqual([
      [account('321'), 0, 0, 0, 500, 0, 500, 0, 500],
      [account('50102'), 0, 500, 500, 0, 500, 500, 0, 0],
    ]);
    expect(rows('after', '2025-01')?.map(([code]) => code)).toEqual(['102', '151', '301', '321'].map(account));
  });

  it('of a book nobody knows is not there', async () => {
    const read = await reading(await opened());
    expect(read.trialBalance('book-x', '2024-01', { knownAt: 2, closing: 'after', scope: everything })).toBeUndefined();
  });
});
