import { type LocalDate, type Period, type VoucherRef } from '@ledger/domain';
import { type Basis, dateOfDay, dayNumber, type IncomeMeasure, periodOfMonth } from '@ledger/views';
import type { At } from './at.js';
import { type BookRow, bookNumbers } from './books.js';
import type { BookedKey } from './income-months.js';
import type { Sql, Statement, Statements } from '../statements.js';

/** A line of a voucher, or the part of it, that an amount of income is made of. */
export interface IncomeEntryRow {
  readonly village: string;
  readonly book: string;
  readonly account: string;
  readonly project: string | null;
  /** Where it stands in the books. */
  readonly period: Period;
  readonly bookedOn: LocalDate;
  readonly effectiveOn: LocalDate;
  readonly position: number;
  readonly line: number;
  /** Null for what a book opened with: the year's turnover before its first month. */
  readonly voucher: VoucherRef | null;
  readonly kind: string;
  readonly summary: string | null;
  readonly nonRecurring: boolean;
  readonly corrects: boolean;
  readonly amountFen: number;
}

export interface EntriesQuestion {
  readonly measure: IncomeMeasure;
  readonly basis: Basis;
  /** yyyymm, both included. */
  readonly from: number;
  readonly to: number;
  /** Only what was recorded after this position. */
  readonly since?: number;
}

/** Where a page goes on: after this place, in the order of books and of the days in them. A book is named by its opening. */
export type EntryPlace = readonly [
  openedAt: number,
  period: number,
  bookedOn: number,
  position: number,
  line: number,
  piece: number,
];

const COLUMNS = 'turnover, period, booked_on, position, line, piece, effective_on, amount';
const IN_KEYS = 'turnover IN (SELECT value FROM numbers(:keys))';
const KNOWN = `position <= :known AND position > :since AND ${IN_KEYS}`;
const BOOKED = 'book = :book AND period BETWEEN :from AND :to AND booked_on <= :day';
const OWN_MONTH = `book = :book AND period BETWEEN :from AND :to AND effective_on <= :day`;
const MOVED = 'book = :book AND month BETWEEN :from AND :to AND effective_on <= :day';

const entry = (days: string, amount: string, more: string): string =>
  `SELECT turnover, period, booked_on, position, line, 0 AS piece, effective_on, ${amount} AS amount FROM entry
   WHERE ${days} AND ${KNOWN}${more}`;
const correction = (amount: string, more: string): string =>
  `SELECT turnover, period, booked_on, position, line, 0 AS piece, effective_on, ${amount} AS amount FROM correction
   WHERE ${MOVED} AND ${KNOWN}${more}`;
const collection = (which: string): string =>
  `SELECT turnover, period, booked_on, position, line, piece, effective_on, amount_fen AS amount FROM collection
   WHERE ${which} AND ${KNOWN}`;
const opening = `SELECT turnover, period, booked_on, position, line, 0 AS piece, booked_on AS effective_on, amount_fen AS amount FROM opening_income
   WHERE ${BOOKED} AND ${KNOWN}`;

const AMOUNT = 'credit_fen - debit_fen';
const IN_ITS_MONTH = ' AND effective_on / 100 = period';
const ONE_OFF = ' AND non_recurring = 1';
const AT_ONCE = ' AND collected_fen <> 0';
const RECEIVED = {
  booked: [collection(BOOKED)],
  restated: [collection(`${OWN_MONTH} AND month = period`), collection(`${MOVED} AND month <> period`)],
};

const SOURCES: Record<IncomeMeasure, Record<Basis, readonly string[]>> = {
  recognised: {
    booked: [entry(BOOKED, AMOUNT, ''), opening],
    restated: [entry(OWN_MONTH, AMOUNT, IN_ITS_MONTH), correction('amount_fen', ''), opening],
  },
  nonRecurring: {
    booked: [entry(BOOKED, AMOUNT, ONE_OFF)],
    restated: [entry(OWN_MONTH, AMOUNT, IN_ITS_MONTH + ONE_OFF), correction('amount_fen', ONE_OFF)],
  },
  corrected: { booked: [], restated: [correction('amount_fen', '')] },
  collected: {
    booked: [entry(BOOKED, 'collected_fen', AT_ONCE), ...RECEIVED.booked],
    restated: [
      entry(OWN_MONTH, 'collected_fen', IN_ITS_MONTH + AT_ONCE),
      correction('collected_fen', AT_ONCE),
      ...RECEIVED.restated,
    ],
  },
  unallocated: RECEIVED,
};

/** What `:book` stands for: the one that is asked about in a file, each of a list over a connection. */
export const ONE = 'only(:books)';
export const EACH = 'j.value';

/** All entries of a measure in a book, unordered, for what is summed over them. */
export function entriesSql(measure: IncomeMeasure, basis: Basis, book: string): string {
  return ofBook(SOURCES[measure][basis], book);
}

const vouchersBefore = (book: string): string =>
  `voucher w WHERE w.book = ${book} AND w.period = e.period AND w.position <= e.position`;

/** The entries of books after a place in each, with the vouchers that they are lines of. */
const page = (sources: readonly string[]): Sql => {
  const entries = (book: string): string => `SELECT * FROM (${ofBook(sources, book)}) AS u
    WHERE (period, booked_on, position, line, piece) > (:afterPeriod, :afterDay, :afterPosition, :afterLine, :afterPiece)
    ORDER BY period, booked_on, position, line, piece LIMIT :limit`;
  const columns = `${COLUMNS.replaceAll(/(\w+)/g, 'e.$1')}, v.voucher_no, v.kind, v.summary, v.non_recurring, v.corrects_period`;
  const order = 'e.period, e.booked_on, e.position, e.line, e.piece';
  return {
    sqlite: `WITH e AS (${entries(ONE)}) SELECT ${ONE} AS book, ${columns}
      FROM e LEFT JOIN voucher v ON v.book = ${ONE} AND v.period = e.period
        AND v.position = (SELECT max(w.position) FROM ${vouchersBefore(ONE)}) ORDER BY ${order}`,
    postgres: `SELECT j.value AS book, ${columns} FROM numbers(:books) j CROSS JOIN LATERAL (${entries(EACH)}) e
      LEFT JOIN LATERAL (SELECT w.* FROM ${vouchersBefore(EACH)} ORDER BY w.position DESC LIMIT 1) v ON true
      ORDER BY j.key, ${order} LIMIT :limit`,
  };
};

interface Stored {
  readonly book: number;
  readonly turnover: number;
  readonly period: number;
  readonly booked_on: number;
  readonly position: number;
  readonly line: number;
  readonly piece: number;
  readonly effective_on: number;
  readonly amount: number;
  readonly voucher_no: number | null;
  readonly kind: string | null;
  readonly summary: string | null;
  readonly non_recurring: number | null;
  readonly corrects_period: number | null;
}

/** Lists what income is made of, book by book. */
export class IncomeEntries {
  readonly #sql = new Map<readonly string[], Statement>();

  constructor(private readonly db: Statements) {}

  /** The entries of the keys, in the order of the books given; `next` is where to go on, undefined at the end. */
  page(
    books: readonly BookRow[],
    keys: readonly BookedKey[],
    question: EntriesQuestion,
    { after, limit }: { after?: EntryPlace; limit: number },
    at: At,
  ): { rows: IncomeEntryRow[]; next: EntryPlace | undefined } {
    const rows: IncomeEntryRow[] = [];
    const byBook = Map.groupBy(keys, ({ book }) => book);
    const sources = SOURCES[question.measure][question.basis];
    const start = after === undefined ? 0 : books.findIndex(({ position: openedAt }) => openedAt === after[0]);
    const left = sources.length === 0 || start < 0 ? [] : books.slice(start).filter(({ number }) => byBook.has(number));
    // The book that the page before ended in goes on at its place, those after it from their beginning.
    const begun = after !== undefined && left[0]?.position === after[0] ? left.splice(0, 1) : [];
    const runs = [...this.db.runs(begun), ...this.db.runs(left)];
    let next: EntryPlace | undefined;
    for (const [i, run] of runs.entries()) {
      const own = new Map(run.flatMap(({ number }) => byBook.get(number) ?? []).map((key) => [key.key, key]));
      const named = new Map(run.map((book) => [book.number, book]));
      const [, period, day, position, line, piece] = i < begun.length ? (after ?? FIRST) : FIRST;
      const found = this.#statement(sources).all({
        books: bookNumbers(run),
        keys: JSON.stringify([...own.keys()]),
        from: question.from,
        to: question.to,
        day: dayNumber(at.asOf),
        known: at.knownAt,
        since: question.since ?? 0,
        afterPeriod: period,
        afterDay: day,
        afterPosition: position,
        afterLine: line,
        afterPiece: piece,
        limit: limit - rows.length + 1,
      }) as Stored[];
      for (const row of found) {
        if (rows.length === limit) return { rows, next };
        const book = named.get(row.book) as BookRow;
        rows.push(entryRow(row, book, own.get(row.turnover)));
        next = [book.position, row.period, row.booked_on, row.position, row.line, row.piece];
      }
    }
    return { rows, next: undefined };
  }

  #statement(sources: readonly string[]): Statement {
    const statement = this.#sql.get(sources) ?? this.db.prepare(page(sources));
    this.#sql.set(sources, statement);
    return statement;
  }
}

function ofBook(sources: readonly string[], book: string): string {
  return sources.join(' UNION ALL ').replaceAll(':book', book);
}

const FIRST: EntryPlace = [0, 0, 0, 0, 0, 0];

function entryRow(row: Stored, book: BookRow, key: BookedKey | undefined): IncomeEntryRow {
  const opened = row.voucher_no === null;
  return {
    village: book.village,
    book: book.id,
    account: key?.account ?? '',
    project: key?.project ?? null,
    period: periodOfMonth(row.period),
    bookedOn: dateOfDay(row.booked_on),
    effectiveOn: dateOfDay(row.effective_on),
    position: row.position,
    line: row.line,
    voucher: opened ? null : { period: periodOfMonth(row.period), voucherNo: row.voucher_no ?? 0 },
    kind: opened ? 'opening' : (row.kind ?? ''),
    summary: opened ? null : row.summary,
    nonRecurring: row.non_recurring === 1,
    corrects: row.corrects_period !== null,
    amountFen: row.amount,
  };
}
