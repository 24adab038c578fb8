import {
  balancesAt,
  december,
  emptyLedgerYear,
  evolveLedgerYear,
  type LedgerYear,
  ledgerStream,
  type OpenedBook,
  type Period,
  yearOf,
} from '@ledger/domain';
import type { Look } from './aggregate.js';

export const ledgerYears = { empty: emptyLedgerYear, evolve: evolveLedgerYear };

/** The years of one book, folded from the log as far as a decision needs them. */
export class BookYears {
  readonly firstYear: number;

  constructor(
    private readonly book: OpenedBook,
    private readonly look: Look,
  ) {
    this.firstYear = yearOf(book.startPeriod);
  }

  async year(year: number): Promise<LedgerYear> {
    return (await this.look.fold(ledgerYears, ledgerStream(this.book.id, year))).state;
  }

  /** The last month closed in the whole book, looked for around a year; years close in order. */
  async lastClosed(around: number): Promise<Period | undefined> {
    const thisYear = yearOf(this.look.today);
    let last: Period | undefined;
    let year = Math.max(around, this.firstYear);
    for (; year <= thisYear; year++) {
      const state = await this.year(year);
      last = state.closingBalances === undefined ? (state.lastClosed ?? last) : december(year);
      if (state.closingBalances === undefined) break;
    }
    for (let before = Math.min(around, thisYear) - 1; last === undefined && before >= this.firstYear; before--) {
      const state = await this.year(before);
      last = state.closingBalances === undefined ? state.lastClosed : december(before);
    }
    return last;
  }

  /** Net balances that a year begins with, also while the years before it are not closed. */
  async carriedInto(year: number): Promise<ReadonlyMap<string, number>> {
    if (year <= this.firstYear) return new Map();
    const before = await this.year(year - 1);
    return before.closingBalances ?? balancesAt(before, await this.carriedInto(year - 1), december(year - 1));
  }

  async after(year: number): Promise<LedgerYear[]> {
    return this.between(year + 1, yearOf(this.look.today) + 1);
  }

  /** The years from one up to another, without that. */
  async between(from: number, to: number): Promise<LedgerYear[]> {
    const years: LedgerYear[] = [];
    for (let year = from; year < to; year++) years.push(await this.year(year));
    return years;
  }
}
