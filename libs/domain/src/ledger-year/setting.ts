import type { Conversion } from '@ledger/accounting';
import type { Assets } from '../asset/assets.js';
import type { OpenedBook } from '../book-accounts.js';
import type { Handovers } from '../handover.js';
import type { Period } from '../local-date.js';
import type { Setting } from '../rules.js';
import type { Posting } from './facts.js';
import type { DetailedBalance } from './detailed-balances.js';
import type { BookMonths } from './periods.js';
import type { LedgerYear } from './year.js';

/** What a decision about a year looks at beside it, all folded from the log. */
export interface LedgerSetting extends Setting {
  /** Under the standard in force in the year that is written to. */
  readonly book: OpenedBook;
  /** Who has handed the book over to whom; those who left it sign for nothing more. */
  readonly handovers?: Handovers;
  /** The change to that standard, while the book has not made it. */
  readonly unconverted?: Conversion;
  /** The last month closed in the whole book. */
  readonly lastClosed?: Period;
  /** Net balances carried in from the years before, by `chart:code`. */
  readonly carried: ReadonlyMap<string, number>;
  /** Whether a voucher stands in any year of the book. */
  readonly knowsVoucher: (period: Period, voucherNo: number) => boolean;
  /** The voucher that a reversal takes back, and the day its business was done; `further` are its parts after the first. */
  readonly original?: {
    readonly posting: Posting;
    readonly effectiveOn: string;
    /** Who recorded it. */
    readonly postedBy?: string;
    readonly further?: readonly Posting[];
  };
  /** For a close: SHA-256 over the leaf hashes of a period's facts. */
  readonly ledgerHash?: (period: Period) => string;
  /** The years after this one, in order: they begin with what this one leaves, and add to the same sums. */
  readonly laterYears?: readonly LedgerYear[];
  /** For a correction of an earlier year: the years from that of its business date to the one before it is booked in. */
  readonly correctedYears?: readonly LedgerYear[];
  /** For lines that name assets, and for a depreciation run: the assets of the book. */
  readonly assets?: Assets;
  /** For a depreciation run: all years of the book, in order. */
  readonly bookYears?: readonly LedgerYear[];
  /** For a change of standard: the book under the standard that ends, and what it holds at the end. */
  readonly converting?: { readonly book: OpenedBook; readonly balances: readonly DetailedBalance[] };
}

export function monthsOf(beside: LedgerSetting): BookMonths {
  const { book, lastClosed, today } = beside;
  return lastClosed === undefined
    ? { startPeriod: book.startPeriod, today }
    : { startPeriod: book.startPeriod, lastClosed, today };
}
