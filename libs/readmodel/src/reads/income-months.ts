import { type Basis, dayNumber, type IncomeKey, isLastDay, type KeyedIncome, monthOfDay } from '@ledger/views';
import type { At } from './at.js';
import { type BookRow, bookNumbers } from './books.js';
import type { Sql, Statement, Statements } from '../statements.js';

/** A key of the income tally with the book it is of. */
export interface BookedKey extends IncomeKey {
  readonly key: number;
  readonly book: number;
}

const AMOUNTS: Record<Basis, string> = {
  booked: 'v.booked_fen, v.collected_fen, v.non_recurring_fen, 0',
  restated: `v.booked_fen - v.moved_out_fen + v.moved_in_fen, v.collected_fen - v.collected_out_fen + v.collected_in_fen,
    v.non_recurring_fen - v.non_recurring_out_fen + v.non_recurring_in_fen, v.moved_in_fen`,
};

const versions = (key: string): string =>
  `FROM turnover v WHERE v.key = ${key} AND v.period BETWEEN :from AND :to AND v.position <= :known`;

/** The newest version of every month, by one walk down the primary key for each key; nothing is sorted. */
const months = (basis: Basis): Sql => {
  return {
    sqlite: `SELECT v.key, v.period, ${AMOUNTS[basis]}, max(v.position) ${versions('only(:keys)')} GROUP BY v.period`,
    postgres: `SELECT m.* FROM numbers(:keys) j CROSS JOIN LATERAL (
      SELECT DISTINCT ON (v.period) v.key, v.period, ${AMOUNTS[basis]}, v.position ${versions('j.value')}
      ORDER BY v.period DESC, v.position DESC) m`,
  };
};

const BOOKS = 'numbers(:books) j CROSS JOIN';
const ENTRY_AMOUNTS = `sum(e.credit_fen - e.debit_fen), sum(e.collected_fen),
  sum((e.credit_fen - e.debit_fen) * e.non_recurring), 0`;
const entries = (days: string): string =>
  `SELECT e.turnover, min(e.period), ${ENTRY_AMOUNTS} FROM ${BOOKS} entry e ON e.book = j.value AND e.period = :month AND ${days}
     AND e.position <= :known AND e.turnover IS NOT NULL GROUP BY e.turnover`;
const collections = (which: string, days: string): string =>
  `SELECT c.turnover, CAST(:month AS bigint), 0, sum(c.amount_fen), 0, 0 FROM ${BOOKS} collection c ON c.book = j.value AND ${which} AND ${days}
     AND c.position <= :known GROUP BY c.turnover`;
const CORRECTED = `SELECT c.turnover, min(c.month), sum(c.amount_fen), sum(c.collected_fen), sum(c.amount_fen * c.non_recurring),
    sum(c.amount_fen)
  FROM ${BOOKS} correction c ON c.book = j.value AND c.month = :month AND c.effective_on BETWEEN :first AND :day
    AND c.position <= :known GROUP BY c.turnover`;
const ON = (column: string): string => `${column} BETWEEN :first AND :day`;

/** What the days of a month up to one hold, where it isn't whole. */
const DAYS: Record<Basis, readonly string[]> = {
  booked: [entries(ON('e.booked_on')), collections('c.period = :month', ON('c.booked_on'))],
  restated: [
    entries(ON('e.effective_on')),
    CORRECTED,
    collections('c.period = :month AND c.month = c.period', ON('c.effective_on')),
    collections('c.month = :month AND c.month <> c.period', ON('c.effective_on')),
  ],
};

export interface IncomeMonthsQuestion {
  readonly basis: Basis;
  /** yyyymm, both included; nothing after `asOf` is counted. */
  readonly from: number;
  readonly to: number;
}

/** Income by key and month at both times: one walk over a few versions for each key, whatever the age of the ledger. */
export class IncomeMonths {
  readonly #keys: Statement;
  readonly #months: Readonly<Record<Basis, Statement>>;
  readonly #days: Readonly<Record<Basis, readonly Statement[]>>;

  constructor(private readonly db: Statements) {
    this.#keys = db.prepare(
      `SELECT k.id AS key, k.book, k.role, k.account, k.project FROM ${BOOKS} turnover_key k
         ON k.book = j.value AND k.role IN ('income', 'receipt')`,
    );
    this.#months = { booked: db.arrays(months('booked')), restated: db.arrays(months('restated')) };
    this.#days = {
      booked: DAYS.booked.map((sql) => db.arrays(sql)),
      restated: DAYS.restated.map((sql) => db.arrays(sql)),
    };
  }

  /** All keys of income and receipts that the books ever had. */
  keys(books: readonly BookRow[]): BookedKey[] {
    const villages = new Map(books.map(({ number, village }) => [number, village]));
    return this.#keys.all({ books: bookNumbers(books) }).map((row) => {
      const { key, book, role, account, project } = row as Omit<BookedKey, 'village'>;
      return { key, book, role, account, project: project === '' ? null : project, village: villages.get(book) ?? '' };
    });
  }

  of(keys: readonly BookedKey[], books: readonly BookRow[], question: IncomeMonthsQuestion, at: At): KeyedIncome {
    const { basis, from, to } = question;
    const day = dayNumber(at.asOf);
    const month = monthOfDay(day);
    const lastWhole = Math.min(to, isLastDay(at.asOf) ? month : month - 1);
    const rows: KeyedIncome['months'][number][] = [];
    const byKey = new Map(keys.map((key) => [key.key, key]));
    const range = { from, to: lastWhole, known: at.knownAt };
    for (const run of this.db.runs([...byKey.keys()])) {
      const found = this.#months[basis].all({ keys: JSON.stringify(run), ...range });
      for (const row of found as KeyedIncome['months'][number][]) rows.push(withoutPosition(row));
    }
    if (lastWhole < month && from <= month && month <= to) {
      const days = { books: bookNumbers(books), month, first: month * 100 + 1, day, known: at.knownAt };
      for (const sql of this.#days[basis]) {
        for (const row of sql.all(days) as KeyedIncome['months'][number][]) {
          if (byKey.has(row[0])) rows.push(row);
        }
      }
    }
    return { keys: byKey, months: rows };
  }
}

/** The position only says which version is the newest. */
function withoutPosition(row: KeyedIncome['months'][number]): KeyedIncome['months'][number] {
  (row as unknown as number[]).length = 6;
  return row;
}
