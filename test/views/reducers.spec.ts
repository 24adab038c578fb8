import { describe, expect, it } from '@jest/globals';
import type { Fact } from '@ledger/domain';
import {
  accountBalance,
  accountsOfChart,
  book,
  bookStandard,
  correction,
  dateOfDay,
  dayNumber,
  division,
  entry,
  growth,
  isLastDay,
  monthBefore,
  monthNumber,
  nothingOwed,
  periodOfMonth,
  reducerFor,
  roleOf,
  turnOfYear,
  turnover,
  voucher,
} from '@ledger/views';

const account = (code: string): string => `rural-collective-2024:${code}`;

function stated(type: string, effectiveOn: string, data: object): Fact {
  const names = {
    id: 'id',
    stream: 'ledger-a',
    revision: 0,
    version: 1,
    division: '330603008201',
    concerns: [],
    evidence: [],
  };
  return { ...names, type, effectiveOn, actor: 'a', commandId: 'c', causationId: null, correlationId: 'c', data };
}

const rent = {
  book: 'book-a',
  period: '2024-02',
  bookedOn: '2024-02-05',
  voucherNo: 3,
  kind: 'ordinary',
  summary: '租金',
  lines: [
    { account: account('112'), side: 'debit', amountFen: 105, summary: '租金' },
    { account: account('50102'), side: 'credit', amountFen: 100, summary: '租金', project: 'project-3' },
    { account: account('214'), side: 'credit', amountFen: 5, summary: '税' },
  ],
  preparedBy: 'accountant-1',
  reviewedBy: 'reviewer-1',
  attachmentCount: 2,
  corrects: { period: '2024-01', reason: '迟到' },
};

describe('a posting', () => {
  const late = stated('IncomeRecorded', '2024-01-28', rent);

  it('moves each of its accounts in the month of the books', () => {
    expect(reducerFor(accountBalance.on, 'IncomeRecorded')?.(late, 9, nothingOwed)).toEqual([
      { book: 'book-a', key: [account('112')], period: 202402, amounts: [105, 0, 0, 0, 105] },
      { book: 'book-a', key: [account('50102')], period: 202402, amounts: [0, 100, 0, 0, -100] },
      { book: 'book-a', key: [account('214')], period: 202402, amounts: [0, 5, 0, 0, -5] },
    ]);
  });

  it('that corrects a closed month is moved out of one month and into the other', () => {
    const key = ['income', account('50102'), 'project-3'];
    expect(reducerFor(turnover.on, 'IncomeRecorded')?.(late, 9, nothingOwed)).toEqual([
      { book: 'book-a', key, period: 202402, amounts: [100, 0, 100, 0, 0, 0, 0, 0, 0] },
      { book: 'book-a', key, period: 202401, amounts: [0, 100, 0, 0, 0, 0, 0, 0, 0] },
    ]);
    expect(reducerFor(correction.on, 'IncomeRecorded')?.(late, 9, nothingOwed)).toMatchObject([
      { month: 202401, effective_on: 20240128, period: 202402, voucher_no: 3, amount_fen: 100, turnover: key },
    ]);
  });

  it('of closing vouchers is no income, and told apart in the turnover of accounts', () => {
    const lines = [
      { account: account('50102'), side: 'debit', amountFen: 100, summary: '结转' },
      { account: account('321'), side: 'credit', amountFen: 100, summary: '结转' },
    ];
    const closing = stated('VoucherPosted', '2024-12-31', { ...rent, period: '2024-12', kind: 'closing', lines });
    expect(reducerFor(turnover.on, 'VoucherPosted')?.(closing, 9, nothingOwed)).toEqual([]);
    expect(reducerFor(correction.on, 'VoucherPosted')?.(closing, 9, nothingOwed)).toEqual([]);
    const amounts = reducerFor(accountBalance.on, 'VoucherPosted')?.(closing, 9, nothingOwed).map(
      (change) => change.amounts,
    );
    expect(amounts).toEqual([
      [100, 0, 100, 0, 100],
      [0, 100, 0, 100, -100],
    ]);
    expect(reducerFor(entry.on, 'VoucherPosted')?.(closing, 9, nothingOwed)).toMatchObject([
      { closing: 1, turnover: null },
      { closing: 1 },
    ]);
  });

  it('is one row of the voucher list', () => {
    expect(reducerFor(voucher.on, 'IncomeRecorded')?.(late, 9, nothingOwed)).toMatchObject([
      {
        voucher_no: 3,
        total_fen: 105,
        corrects_period: 202401,
        reverses_voucher_no: null,
        source_document: null,
        non_recurring: 0,
      },
    ]);
  });
});

const kindOf = (organization: string) =>
  reducerFor(book.on, 'BookOpened')?.(
    stated('BookOpened', '2024-01-01', { organization, startPeriod: '2024-01' }),
    4,
    nothingOwed,
  )[0]?.['kind'];

describe('other facts', () => {
  it('that a view does not concern are left out', () => {
    expect(reducerFor(accountBalance.on, 'DivisionRegistered')).toBeUndefined();
    expect(reducerFor(accountBalance.on, 'toString')).toBeUndefined();
  });

  it('change a division by the code that they name it by', () => {
    const renamed = stated('DivisionRenamed', '2024-06-01', { code: '330603008000', name: '兰亭街道' });
    expect(reducerFor(division.on, 'DivisionRenamed')?.(renamed, 4, nothingOwed)).toMatchObject([
      { change: 'renamed', code: '330603008000', name: '兰亭街道', successor: null, valid_from: 20240601, position: 4 },
    ]);
    const codes = { oldCode: '330603103000', newCode: '330603006000' };
    const villages = [{ oldCode: '330603103201', newCode: '330603006201' }];
    const recoded = stated('DivisionRecoded', '2024-07-01', { ...codes, villages });
    expect(reducerFor(division.on, 'DivisionRecoded')?.(recoded, 5, nothingOwed)).toMatchObject([
      { change: 'recoded', code: '330603103000', successor: '330603006000', position: 5 },
      { change: 'recoded', code: '330603103201', successor: '330603006201', position: 5 },
    ]);
  });

  it('say what kind of organisation keeps a book', () => {
    expect(['N2330603MF0000013M', '54330603MF0000013M', 'X1'].map(kindOf)).toEqual([
      'COLLECTIVE',
      'VILLAGE_COMMITTEE',
      null,
    ]);
  });
});

describe('roles', () => {
  it('are asked of the account’s own chart', () => {
    expect(roleOf(account('50102'))).toBe('income');
    expect(roleOf(account('511'))).toBe('expense');
    expect(roleOf('village-2004:511')).toBe('income');
    expect(roleOf(account('102'))).toBeUndefined();
    expect(() => roleOf('another:511')).toThrow('no chart');
    expect([growth('income', 1, 5), growth('expense', 5, 1)]).toEqual([4, 4]);
  });

  it('come with the accounts of a chart', () => {
    expect(accountsOfChart('rural-collective-2024')[0]?.code).toBe('101');
  });
});

describe('a change of standard', () => {
  const data = {
    book: 'book-a',
    period: '2024-01',
    lines: [
      { from: 'village-2004:202', to: 'rural-collective-2024:211', side: 'credit', amountFen: 300, party: 'builder-1' },
      { from: 'village-2004:202', to: 'rural-collective-2024:211', side: 'credit', amountFen: 400 },
    ],
  };

  const part = (number: number) =>
    stated('StandardConverted', '2024-01-01', { ...data, standard: 'rural-collective-2024', part: number });

  it('moves balances between two months and is no turnover of either', () => {
    const changes = reducerFor(accountBalance.on, 'StandardConverted')?.(
      stated('StandardConverted', '2024-01-01', data),
      9,
      nothingOwed,
    );
    expect(changes?.slice(0, 2)).toEqual([
      { book: 'book-a', key: ['village-2004:202'], period: 202400, amounts: [0, 0, 0, 0, 300] },
      { book: 'book-a', key: ['rural-collective-2024:211'], period: 202400, amounts: [0, 0, 0, 0, -300] },
    ]);
    expect(reducerFor(turnover.on, 'StandardConverted')).toBeUndefined();
    expect([turnOfYear(202401), turnOfYear(202412)]).toEqual([202400, 202400]);
  });

  it('is one standard of the book, however many parts it has', () => {
    const reduce = reducerFor(bookStandard.on, 'StandardConverted');
    expect(reduce?.(part(1), 9, nothingOwed)).toEqual([
      { book: 'book-a', position: 9, period: 202401, standard: 'rural-collective-2024' },
    ]);
    expect(reduce?.(part(2), 10, nothingOwed)).toEqual([]);
  });
});

describe('months and days as numbers', () => {
  it('come back as they were', () => {
    expect([monthNumber('2024-01'), dayNumber('2024-01-09')]).toEqual([202401, 20240109]);
    expect([periodOfMonth(202401), dateOfDay(20240109)]).toEqual(['2024-01', '2024-01-09']);
    expect([monthBefore(202401), monthBefore(202412)]).toEqual([202312, 202411]);
    expect([isLastDay('2024-02-29'), isLastDay('2024-02-28')]).toEqual([true, false]);
  });
});
