import { describe, expect, it } from '@jest/globals';
import {
  asBalances,
  hasPostings,
  ledgerStream,
  type LedgerFact,
  nextVoucherNo,
  Refusal,
  revisionOf,
  revisionsOf,
} from '@ledger/domain';
import * as fc from 'fast-check';
import {
  decideAfter,
  expense,
  given,
  income,
  opening,
  recorded,
  reversal,
  yearOfFacts,
} from '../../support/given-ledger-year.js';

const inMonth = (month: string) => income({ effectiveOn: `2024-${month}-10` });

describe('voucher numbers', () => {
  it('begin with one in every month', () => {
    const facts = recorded([inMonth('01'), inMonth('02'), inMonth('01')]);
    expect(facts.map(({ data }) => data)).toMatchObject([
      { period: '2024-01', voucherNo: 1 },
      { period: '2024-02', voucherNo: 1 },
      { period: '2024-01', voucherNo: 2 },
    ]);
    given(...facts)
      .when(inMonth('02'))
      .recordsData({ period: '2024-02', voucherNo: 2 });
  });

  it('say where a voucher stands in the stream of its year', () => {
    const year = yearOfFacts(
      recorded([
        opening([
          ['102', 'debit', 100],
          ['301', 'credit', 100],
        ]),
        inMonth('01'),
        inMonth('02'),
        inMonth('01'),
      ]),
    );
    expect(ledgerStream('book-1', 2024)).toBe('ledger-book-1-2024');
    expect(revisionOf(year, { period: '2024-01', voucherNo: 2 })).toBe(3);
    expect(revisionOf(year, { period: '2024-03', voucherNo: 1 })).toBeUndefined();
    expect(revisionsOf(year, '2024-01')).toStrictEqual([0, 1, 3]);
    expect(revisionsOf(year, '2024-02')).toStrictEqual([2]);
    expect(revisionsOf(year, '2024-03')).toStrictEqual([]);
    expect(nextVoucherNo(year, '2024-01')).toBe(3);
    expect(hasPostings(year)).toBe(true);
    expect(hasPostings(yearOfFacts([]))).toBe(false);
  });

  it('have no gaps, whatever is posted, reversed or refused', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 6 })), {
          maxLength: 30,
        }),
        (steps) => {
          let facts: LedgerFact[] = [];
          for (const [what, month, n] of steps) {
            const effectiveOn = `2024-0${month}-1${n}`;
            const command = [
              () => income({ effectiveOn, settlement: { account: '101' } }),
              () => expense({ effectiveOn, settlement: { account: '101' }, amountFen: 10_000_00 }),
              () => reversal(`2024-0${month}`, n),
              () => income({ effectiveOn, sourceDocument: `INV-${n}` }),
            ][what];
            try {
              if (command !== undefined) facts = [...facts, ...decideAfter(facts, command())];
            } catch (error) {
              if (!(error instanceof Refusal)) throw error;
            }
          }
          for (const month of [1, 2, 3, 4]) {
            const numbers = facts.flatMap(({ data }) =>
              'voucherNo' in data && data.period === `2024-0${month}` ? [data.voucherNo] : [],
            );
            expect(numbers).toStrictEqual(numbers.map((_, i) => i + 1));
          }
        },
      ),
    ));
});

describe('balances as a close states them', () => {
  it('are sorted, signed by their side, and leave zeros out', () =>
    expect(
      asBalances(
        new Map([
          ['b', -5],
          ['c', 0],
          ['a', 7],
        ]),
      ),
    ).toStrictEqual([
      { account: 'a', side: 'debit', amountFen: 7 },
      { account: 'b', side: 'credit', amountFen: 5 },
    ]));
});
