import {
  type AccountClass,
  type Chart,
  type ChartId,
  chartIdOf,
  charts,
  codeOf,
  type Conversion,
  conversionFrom,
  isUnder,
  parentOf,
  qualified,
  type Side,
} from '@ledger/accounting';
import type { LocalDate, Period } from './local-date.js';
import { Refusal } from './refusal.js';

export interface BookAccount {
  readonly code: string;
  readonly name: string;
  readonly class: AccountClass;
  readonly normalSide: Side;
  readonly postable: boolean;
  retiredOn?: LocalDate;
}

/** A book under one standard. The year that something is booked in says under which. */
export interface OpenedBook {
  readonly id: string;
  readonly organization: string;
  readonly village: string;
  readonly startPeriod: Period;
  readonly chart: Chart;
  /** The chart's accounts and the book's own, by code. */
  readonly accounts: Map<string, BookAccount>;
  /** The same book under the standard that follows, to which it may add accounts before it is converted. */
  readonly next?: { readonly conversion: Conversion; readonly book: OpenedBook };
}

type Opening = Pick<OpenedBook, 'id' | 'organization' | 'village' | 'startPeriod'>;

export function openedUnder(standard: ChartId, opening: Opening): OpenedBook {
  const chart = charts[standard];
  const accounts = new Map(chart.accounts.map((a): [string, BookAccount] => [a.code, { ...a, name: a.nameZh }]));
  const conversion = conversionFrom(standard);
  if (conversion === undefined) return { ...opening, chart, accounts };
  return { ...opening, chart, accounts, next: { conversion, book: openedUnder(conversion.to, opening) } };
}

/** The book under a standard that it began with or comes to; undefined when that is none of them. */
export function bookUnder(standard: string, book: OpenedBook): OpenedBook | undefined {
  return book.chart.id === standard ? book : book.next && bookUnder(standard, book.next.book);
}

/**
 * The book under the standard of which a request speaks: a qualified code names it, and a bare one is of the standard in
 * force on the day. So accounts of the next standard can be added before the books are converted to it.
 */
export function bookMeant(text: string, on: LocalDate, book: OpenedBook): OpenedBook {
  if (text.includes(':')) return bookUnder(chartIdOf(text), book) ?? book;
  const { next } = book;
  return next === undefined || on < next.book.chart.inForceFrom ? book : bookMeant(text, on, next.book);
}

/** The account that a request names, postable and in use, or a refusal that says what to use instead. */
export function postableAccount(text: string, book: OpenedBook, field: string): BookAccount {
  const account = existingAccount(text, book, field);
  if (!account.postable) {
    const children = [...book.accounts.keys()].filter((code) => parentOf(code) === account.code);
    throw new Refusal('ACCOUNT_NOT_LEAF', { account: account.code, name: account.name, children }, field);
  }
  refuseRetired(account, field);
  return account;
}

export function existingAccount(text: string, book: OpenedBook, field: string): BookAccount {
  const account = book.accounts.get(chartCode(text, book));
  if (account === undefined) throw new Refusal('ACCOUNT_UNKNOWN', { account: text, standard: book.chart.id }, field);
  return account;
}

export function refuseRetired({ code, name, retiredOn }: BookAccount, field: string): void {
  if (retiredOn !== undefined) throw new Refusal('ACCOUNT_RETIRED', { account: code, name, retiredOn }, field);
}

/** The codes of the accounts at or below the listed ones that take postings, in their order. */
export function postableUnder(codes: readonly string[], book: OpenedBook): string[] {
  const accounts = [...book.accounts.values()].filter(({ code, postable }) => postable && isUnder(code, codes));
  return accounts.map(({ code }) => code).toSorted();
}

/** The bare code; an account of another chart is unknown in this book. */
export function chartCode(text: string, book: OpenedBook): string {
  if (!text.includes(':')) return text;
  return text === qualified(book.chart.id, codeOf(text)) ? codeOf(text) : text;
}
