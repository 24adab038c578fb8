import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { OrganizationKind, Period } from '@ledger/domain';
import { periodOfMonth } from '@ledger/views';

export interface BookRow {
  readonly id: string;
  readonly name: string;
  /** The village in whose sums it stands, by its code at the times of the question. */
  readonly village: string;
  /** Credit code. */
  readonly organization: string;
  readonly kind: OrganizationKind | null;
  readonly standard: string;
  readonly startPeriod: Period;
  readonly position: number;
  readonly origin: string | null;
  /** What the tables call the book; not for answers. */
  readonly number: number;
  readonly startMonth: number;
}

const COLUMNS = `i.id AS number, i.book AS id, b.name, b.village, b.organization, b.kind, b.standard, b.start_period AS startMonth,
  b.position, b.origin`;

/**
 * A book is never renamed, so being known is all there is to time here. Its village has the code under which the book was
 * opened; the tree of a day says what that is then.
 */
export class Books {
  readonly #all: StatementSync;
  readonly #one: StatementSync;

  constructor(db: DatabaseSync) {
    const from = 'FROM book b JOIN book_id i ON i.id = b.book';
    this.#all = db.prepare(`SELECT ${COLUMNS} ${from} WHERE b.position <= ?`);
    this.#one = db.prepare(`SELECT ${COLUMNS} ${from} WHERE i.book = ? AND b.position <= ?`);
  }

  all(knownAt: number): BookRow[] {
    return this.#all.all(knownAt).map(bookRow);
  }

  one(id: string, knownAt: number): BookRow | undefined {
    const row = this.#one.get(id, knownAt);
    return row === undefined ? undefined : bookRow(row);
  }
}

export function bookNumbers(books: readonly BookRow[]): string {
  return JSON.stringify(books.map((book) => book.number));
}

function bookRow(row: object): BookRow {
  const { ...book } = row as Omit<BookRow, 'startPeriod'>;
  return { ...book, startPeriod: periodOfMonth(book.startMonth) };
}
