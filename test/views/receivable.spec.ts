import { describe, expect, it } from '@jest/globals';
import { type Line, redLetter } from '@ledger/accounting';
import type { Fact, Posting, VoucherRef } from '@ledger/domain';
import {
  type Collection,
  collectionsOf,
  type Receivable,
  receivable,
  type Receivables,
  reducerFor,
} from '@ledger/views';

const account = (code: string): string => `rural-collective-2024:${code}`;
const line = (side: Line['side'], code: string, amountFen: number, more: Partial<Line> = {}): Line => {
  return { account: account(code), side, amountFen, summary: '记账', ...more };
};
const RENT: VoucherRef = { period: '2024-01', voucherNo: 1 };
const receipt = (fen: number): Line[] => [line('debit', '102', fen), line('credit', '112', fen, { settles: RENT })];

const reversal = (voucherNo: number): Partial<Posting> => {
  return { kind: 'reversal', reverses: { period: '2024-01', voucherNo } };
};

/** What a book's vouchers say one after the other, each looking up what those before it left. */
class Book implements Receivables {
  readonly #states = new Map<number, Receivable>();
  #vouchers = 0;

  of(_: string, { voucherNo }: VoucherRef): Receivable | undefined {
    return this.#states.get(voucherNo);
  }

  post(lines: readonly Line[], said: Partial<Posting> = {}): (readonly [string, number])[] {
    const voucherNo = ++this.#vouchers;
    const data = { book: 'book-a', period: '2024-01', voucherNo, kind: 'ordinary', lines, ...said };
    const fact = { type: 'VoucherPosted', effectiveOn: `2024-01-${10 + voucherNo}`, data } as unknown as Fact<
      string,
      Posting
    >;
    const found = collectionsOf(fact, this).map(({ role, account: of, fen }: Collection): readonly [string, number] => [
      role === 'income' ? of.slice(-5) : role,
      fen,
    ]);
    for (const row of reducerFor(receivable.on, 'VoucherPosted')?.(fact, voucherNo, this) ?? []) {
      this.#states.set(row['voucher_no'] as number, JSON.parse(row['state'] as string) as Receivable);
    }
    return found;
  }
}

function owed(): Book {
  const book = new Book();
  book.post([
    line('debit', '112', 1060),
    line('credit', '50101', 500),
    line('credit', '50102', 500),
    line('credit', '214', 60),
  ]);
  return book;
}

describe('a receipt', () => {
  it('counts for the incomes that it settles, in their proportion, and tax takes its part', () => {
    expect(owed().post(receipt(530))).toEqual([
      ['50101', 250],
      ['50102', 250],
    ]);
  });

  it('by receipt adds up to what was owed, to the fen, however small they are', () => {
    const book = owed();
    const sums = new Map<string, number>();
    for (let i = 0; i < 1060; i++) {
      for (const [of, fen] of book.post(receipt(1))) sums.set(of, (sums.get(of) ?? 0) + fen);
    }
    expect([...sums]).toEqual([
      ['50101', 500],
      ['50102', 500],
    ]);
  });

  it('that says no income, or one that nothing was owed for, is not allocated', () => {
    const book = owed();
    expect(book.post([line('debit', '102', 7), line('credit', '112', 7)])).toEqual([['receipt', 7]]);
    const settles = { period: '2024-01', voucherNo: 99 };
    expect(book.post([line('debit', '101', 8), line('credit', '113', 8, { settles })])).toEqual([['receipt', 8]]);
  });

  it('counts no more than was owed: the rest is not allocated', () => {
    const book = owed();
    book.post(receipt(1000));
    expect(book.post(receipt(100))).toEqual([
      ['50101', 28],
      ['50102', 28],
      ['receipt', 40],
    ]);
  });

  it('completes what was paid at once, to the fen', () => {
    const book = new Book();
    const lines = ['50101', '50102', '50103'].map((code) => line('credit', code, 1));
    book.post([line('debit', '102', 1), line('debit', '112', 2), ...lines]);
    expect(book.post(receipt(2))).toEqual([
      ['50102', 1],
      ['50103', 1],
    ]);
  });

  it('counts only as far as money came in', () => {
    const lines = [line('debit', '515', 1060), line('credit', '112', 1060, { settles: RENT })];
    expect(owed().post(lines)).toEqual([]);
  });

  it('that is reversed is taken back, to the fen, whatever came after it', () => {
    const book = owed();
    const told = [
      ...book.post(receipt(333)),
      ...book.post(receipt(1)),
      ...book.post(redLetter(receipt(333)), reversal(2)),
    ];
    const sums = (): Record<string, number> => {
      const by = Object.entries(Object.groupBy(told, ([of]) => of));
      return Object.fromEntries(by.map(([of, all = []]) => [of, all.reduce((sum, [, fen]) => sum + fen, 0)]));
    };
    // A single fen goes to the first of two equal fractions.
    expect(sums()).toEqual({ '50101': 1, '50102': 0 });
    told.push(...book.post(redLetter(receipt(1)), reversal(3)));
    expect(sums()).toEqual({ '50101': 0, '50102': 0 });
  });

  it('of an income that is reversed is not allocated any more, whenever it comes', () => {
    const book = owed();
    book.post(receipt(530));
    const lines = redLetter([line('debit', '112', 1060), line('credit', '50101', 1000), line('credit', '214', 60)]);
    expect(book.post(lines, { kind: 'reversal', reverses: RENT })).toEqual([
      ['50101', -250],
      ['50102', -250],
      ['receipt', 530],
    ]);
    expect(book.post(receipt(530))).toEqual([['receipt', 530]]);
  });
});
