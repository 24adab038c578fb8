import {
  balancesAt,
  DetailedBalances,
  december,
  emptyLedgerYear,
  evolveLedgerYear,
  type HandedOverBooks,
  type LedgerYear,
  ledgerStream,
  type LedgerSetting,
  type LocalDate,
  nextPeriod,
  nextVoucherNo,
  type OpenedBook,
  type Period,
  periodOf,
  yearOf,
} from '@ledger/domain';
import type { RecordedFact } from '@ledger/eventlog';
import type { Look } from './aggregate.js';

export const ledgerYears = { empty: emptyLedgerYear, evolve: evolveLedgerYear };

const PAGE = 500;

/** A book as a year keeps it, and the change of standard that it has not made by then. */
export type BookInYear = Pick<LedgerSetting, 'book' | 'unconverted'>;

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

  /** The book under the standard in force in a year. A change of standard is the first fact of the year that it begins. */
  async bookIn(year: number): Promise<BookInYear> {
    let { book } = this;
    while (book.next !== undefined && year >= yearOf(book.next.conversion.period)) {
      const { conversion } = book.next;
      book = book.next.book;
      const begun = await this.year(yearOf(conversion.period));
      if (begun.convertedTo === undefined) return { book, unconverted: conversion };
    }
    return { book };
  }

  /** The same for the year in whose books something of a day stands: that of the oldest open month when its own is closed. */
  async bookOn(effectiveOn: LocalDate): Promise<BookInYear> {
    if (this.book.next === undefined) return { book: this.book };
    const period = periodOf(effectiveOn);
    const lastClosed = await this.lastClosed(yearOf(period));
    return this.bookIn(yearOf(lastClosed !== undefined && period <= lastClosed ? nextPeriod(lastClosed) : period));
  }

  /** What a change of standard carries into a year, told apart by party and grant, from the facts of all years before. */
  async converting(into: number): Promise<Pick<LedgerSetting, 'converting'>> {
    const balances = new DetailedBalances();
    for (let year = this.firstYear; year < into; year++) {
      for await (const recorded of this.#facts(ledgerStream(this.book.id, year)))
        balances.add(this.look.read(recorded));
    }
    return { converting: { book: (await this.bookIn(into - 1)).book, balances: balances.all() } };
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

  /** The last month closed, and how many vouchers stand in each of the later ones. */
  async handedOver(): Promise<HandedOverBooks> {
    const thisYear = yearOf(this.look.today);
    const lastClosed = await this.lastClosed(thisYear);
    const first = lastClosed === undefined ? this.firstYear : yearOf(nextPeriod(lastClosed));
    const openMonths = (await this.between(first, thisYear + 1))
      .flatMap((year) =>
        [...year.months.keys()].map((period) => ({ period, vouchers: nextVoucherNo(year, period) - 1 })),
      )
      .filter(({ period, vouchers }) => vouchers > 0 && (lastClosed === undefined || period > lastClosed))
      .toSorted((a, b) => (a.period < b.period ? -1 : 1));
    return lastClosed === undefined ? { openMonths } : { lastClosed, openMonths };
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

  async *#facts(stream: string): AsyncGenerator<RecordedFact> {
    for (let revision = 0, page = PAGE; page === PAGE; revision += page) {
      const facts = await this.look.facts(stream, revision, PAGE);
      yield* facts;
      page = facts.length;
    }
  }
}
