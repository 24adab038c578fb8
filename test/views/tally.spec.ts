import { describe, expect, it } from '@jest/globals';
import { accountBalance, mergedPerRow, type Month, postTo, tallies, turnover, views } from '@ledger/views';

const change = (period: number, debitFen: number) => ({
  book: 'book-a',
  key: ['rural-collective-2024:102'],
  period,
  amounts: [debitFen, 0, 0, 0, debitFen],
});

describe('posting to the months of an account', () => {
  it('opens a month with the balance of the month before it', () => {
    const months: Month[] = [];
    postTo(months, change(202401, 500), accountBalance);
    expect(postTo(months, change(202403, 20), accountBalance)).toEqual([
      { period: 202403, amounts: [20, 0, 0, 0, 520] },
    ]);
    expect(months.map((month) => month.period)).toEqual([202401, 202403]);
  });

  it('writes the later months again when an earlier one gets an entry', () => {
    const months: Month[] = [];
    for (const period of [202401, 202403]) postTo(months, change(period, 100), accountBalance);
    expect(postTo(months, change(202402, 7), accountBalance)).toEqual([
      { period: 202402, amounts: [7, 0, 0, 0, 107] },
      { period: 202403, amounts: [100, 0, 0, 0, 207] },
    ]);
  });

  it('leaves the later months alone where nothing is carried', () => {
    const months: Month[] = [{ period: 202403, amounts: [1, 0, 0] }];
    const late = {
      book: 'book-a',
      key: ['income', 'rural-collective-2024:50102', ''],
      period: 202401,
      amounts: [5, 0, 0],
    };
    expect(postTo(months, late, turnover)).toEqual([{ period: 202401, amounts: [5, 0, 0] }]);
  });

  it('throws when a sum can no longer be exact', () => {
    const months: Month[] = [];
    postTo(months, change(202401, Number.MAX_SAFE_INTEGER), accountBalance);
    expect(() => postTo(months, change(202401, 1), accountBalance)).toThrow(RangeError);
  });
});

describe('the changes of one fact', () => {
  it('are merged per row', () => {
    const merged = mergedPerRow([change(202401, 5), change(202402, 1), change(202401, 7)]);
    expect(merged.map(({ period, amounts }) => [period, amounts[0]])).toEqual([
      [202401, 12],
      [202402, 1],
    ]);
    expect(mergedPerRow([change(202401, 5), change(202401, 7)])).toHaveLength(1);
  });
});

describe('views', () => {
  it('have names of their own, and a tally has a key', () => {
    expect(new Set(views.map(({ name }) => name)).size).toBe(views.length);
    expect(tallies.every(({ key, sums }) => key.length > 0 && sums.length > 0)).toBe(true);
  });
});
