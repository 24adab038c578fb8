import { firstDay, type OrganizationKind, type Period } from '@ledger/domain';
import { periodOfMonth } from '@ledger/views';
import type { Scope } from '../scope.js';
import type { At } from './at.js';
import type { Statement, Statements } from '../statements.js';

export interface BookRow {
  readonly id: string;
  readonly name: string;
  /** The village in whose sums it stands, by its code at the times of the question. */
  readonly village: string;
  /** Credit code. */
  readonly organization: string;
  readonly kind: OrganizationKind | null;
  /** The one that it began under. */
  readonly standard: string;
  readonly startPeriod: Period;
  readonly position: number;
  readonly origin: string | null;
  /** What the tables call the book; not for answers. */
  readonly number: number;
  readonly startMonth: number;
}

/** A standard that a book is kept under, from a month on. */
export interface StandardRow {
  readonly standard: string;
  readonly from: Period;
  /** Of the fact that says so. */
  readonly position: number;
}

/** A book as it is kept at the times of a question; `standard` is the newest of its standards by then. */
export interface KeptBookRow extends BookRow {
  readonly standards: readonly StandardRow[];
}

const COLUMNS = `i.id AS number, i.book AS id, b.name, b.village, b.organization, b.kind, b.standard, b.start_period AS startMonth,
  b.position, b.origin`;

/**
 * A book is never renamed, so being known is all there is to time here. Its village has the code under which the book was
 * opened; the tree of a day says what that is then.
 */
export class Books {
  readonly #all: Statement;
  readonly #named: Statement;
  readonly #standards: Statement;

  constructor(db: Statements) {
    this.#all = db.prepare(`SELECT ${COLUMNS} FROM book b JOIN book_id i ON i.id = b.book WHERE b.position <= :known`);
    this.#named = db.prepare(
      `SELECT ${COLUMNS} FROM texts(:ids) j CROSS JOIN book_id i ON i.book = j.value
         CROSS JOIN book b ON b.book = i.id AND b.position <= :known ORDER BY j.key`,
    );
    this.#standards = db.prepare(
      `SELECT s.book, s.standard, s.period, s.position FROM numbers(:books) j CROSS JOIN book_standard s
         ON s.book = j.value AND s.position <= :known ORDER BY s.book, s.position`,
    );
  }

  all(knownAt: number): BookRow[] {
    return this.#all.all({ known: knownAt }).map((row) => bookRow(row as object));
  }

  one(id: string, knownAt: number): BookRow | undefined {
    return this.named([id], knownAt)[0];
  }

  /** Those of them that are there, in their order. */
  named(ids: readonly string[], knownAt: number): BookRow[] {
    return this.#named.all({ ids: JSON.stringify(ids), known: knownAt }).map((row) => bookRow(row as object));
  }

  /** With the standards that it has come to by then. It has its first one always: a book is known before it begins. */
  kept(book: BookRow, at: At): KeptBookRow {
    const [kept] = this.allKept([book], at);
    return kept as KeptBookRow;
  }

  allKept(books: readonly BookRow[], { asOf, knownAt }: At): KeptBookRow[] {
    const rows = this.#standards.all({ books: bookNumbers(books), known: knownAt }) as StoredStandard[];
    const byBook = Map.groupBy(rows, ({ book }) => book);
    return books.map((book) => {
      const standards = (byBook.get(book.number) ?? [])
        .map(({ standard, period, position }) => ({ standard, from: periodOfMonth(period), position }))
        .filter(({ from }, i) => i === 0 || firstDay(from) <= asOf);
      return { ...book, standard: standards.at(-1)?.standard ?? book.standard, standards };
    });
  }
}

interface StoredStandard extends Omit<StandardRow, 'from'> {
  readonly book: number;
  readonly period: number;
}

export function bookNumbers(books: readonly BookRow[]): string {
  return JSON.stringify(books.map((book) => book.number));
}

function bookRow(row: object): BookRow {
  const { ...book } = row as Omit<BookRow, 'startPeriod'>;
  return { ...book, startPeriod: periodOfMonth(book.startMonth) };
}

export function visible(book: BookRow, scope: Scope): boolean {
  return scope.includesDivision(book.village) && scope.includesBook(book.id, book.village);
}
