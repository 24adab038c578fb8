import { type Dated, dateOfDay, type History, type Month, type Slice, type Tally } from '@ledger/views';

/** What waits to be written into a table. */
export type Stored = number | string | null;

export type WriteRow = (table: string, row: readonly Stored[]) => void;

/** A key of a tally as it is stored: its number, and the texts that make it. */
export type StoredKey = readonly [id: number, ...parts: string[]];

/** What is read back of books, and of what they hold. */
export interface StoredBooks {
  bookNumber(book: string): number | undefined;
  /** From which the next is counted; 0 before the first book of a file. */
  lastBookNumber(): number;
  periodsOf(book: number): readonly number[];
  /** In the order of their numbers. */
  keysOf(tally: Tally, book: number): readonly StoredKey[];
  /** The newest version of the last month before one. */
  monthBefore(tally: Tally, key: number, period: number): Month | undefined;
  /** The newest state of the income of a voucher that is still to be received. */
  receivable(book: string, month: number, voucherNo: number): string | undefined;
}

/** What is read back of things with states. */
export interface StoredThings {
  isKnown(view: History, key: string): boolean;
  /** The slice of the latest date. */
  lastSlice(view: History, key: string): Slice | undefined;
  changes(view: History, key: string): readonly Dated[];
  /** Every version; those of one date in the order in which they were recorded. */
  slices(view: History, key: string): readonly Slice[];
}

/** What the projector reads back of the rows that it has written; those that still wait it knows itself. */
export interface StoredRows {
  readonly books: StoredBooks;
  readonly things: StoredThings;
}

export function sliceOf({ valid_from: day, state }: { valid_from: number; state: string | null }): Slice {
  return { validFrom: dateOfDay(day), state };
}

export function datedOf(row: { effective_on: number; position: number; change: string }): Dated {
  const { effective_on: day, position, change } = row;
  return { effectiveOn: dateOfDay(day), position, change: JSON.parse(change) as unknown };
}
