import type { LocalDate, Period } from '@ledger/domain';
import {
  dateOfDay,
  dayNumber,
  exact,
  isLastDay,
  monthNumber,
  monthOfDay,
  periodOfMonth,
  type Role,
} from '@ledger/views';
import type { At } from './at.js';
import { type BookRow, bookNumbers } from './books.js';
import type { Statement, Statements } from '../statements.js';

export type Basis = 'booked' | 'restated';

export interface TurnoverQuestion {
  readonly role: Role;
  /** Months, both included; nothing after `asOf` is counted. */
  readonly from: Period;
  readonly to: Period;
  readonly basis: Basis;
  /** Of one project; of all and of none when left out. */
  readonly project?: string;
}

export interface TurnoverRow {
  readonly village: string;
  readonly book: string;
  readonly account: string;
  readonly project: string | null;
  readonly period: Period;
  /** Positive as it grows: credit − debit of income, debit − credit of expense. */
  readonly amountFen: number;
  /** How much of it was booked in another month than this; always 0 by `booked`. */
  readonly correctedFen: number;
}

export interface CorrectionRow {
  readonly book: string;
  readonly account: string;
  readonly project: string | null;
  readonly role: Role;
  /** The month it belongs to. */
  readonly period: Period;
  readonly effectiveOn: LocalDate;
  /** Where it stands in the books. */
  readonly bookedPeriod: Period;
  readonly voucherNo: number;
  readonly position: number;
  readonly amountFen: number;
}

const OF_PROJECT = '(CAST(:project AS text) IS NULL OR k.project = :project)';
const KEYS = `numbers(:books) j CROSS JOIN turnover_key k ON k.book = j.value AND k.role = :role AND ${OF_PROJECT}`;

const AMOUNTS = 'v.booked_fen, v.moved_in_fen, v.moved_out_fen';
const VERSIONS = 'v.key = k.id AND v.period BETWEEN :from AND :to AND v.position <= :known';
const MONTHS = {
  sqlite: `SELECT k.id, k.book, k.account, k.project, v.period, max(v.position), ${AMOUNTS}
    FROM ${KEYS} CROSS JOIN turnover v ON ${VERSIONS} GROUP BY k.id, v.period`,
  postgres: `SELECT k.id, k.book, k.account, k.project, v.* FROM ${KEYS} CROSS JOIN LATERAL (
    SELECT DISTINCT ON (v.period) v.period, v.position, ${AMOUNTS} FROM turnover v WHERE ${VERSIONS}
    ORDER BY v.period DESC, v.position DESC) v`,
};

const amount = `sum(CASE k.role WHEN 'income' THEN e.credit_fen - e.debit_fen ELSE e.debit_fen - e.credit_fen END)`;
const inMonth = (days: string): string =>
  `SELECT k.id, k.book, k.account, k.project, min(e.period), 0, ${amount}, 0, 0
   FROM numbers(:books) j CROSS JOIN entry e ON e.book = j.value AND e.period = :month AND ${days} AND e.position <= :known
   CROSS JOIN turnover_key k ON k.id = e.turnover AND k.role = :role AND ${OF_PROJECT} GROUP BY k.id`;
const BOOKED_DAYS = inMonth('e.booked_on BETWEEN :first AND :day');
const RESTATED_DAYS = inMonth('e.effective_on BETWEEN :first AND :day');
const CORRECTED_DAYS = `SELECT k.id, k.book, k.account, k.project, min(c.month), 0, 0, sum(c.amount_fen), 0
  FROM numbers(:books) j CROSS JOIN correction c ON c.book = j.value AND c.month = :month
    AND c.effective_on BETWEEN :first AND :day AND c.position <= :known
  CROSS JOIN turnover_key k ON k.id = c.turnover AND k.role = :role AND ${OF_PROJECT} GROUP BY k.id`;

const CORRECTIONS = `SELECT k.book, k.account, k.project, k.role, min(c.month), min(c.effective_on), min(c.period),
    min(c.voucher_no), c.position, sum(c.amount_fen)
  FROM numbers(:books) j CROSS JOIN correction c ON c.book = j.value AND c.month BETWEEN :from AND :to
    AND c.effective_on <= :day AND c.position <= :known
  CROSS JOIN turnover_key k ON k.id = c.turnover
  GROUP BY c.position, k.id ORDER BY c.position, k.account, k.project, k.id`;

type Columns = [number, number, string, string, number, number, number, number, number];

/** Income and expense of whole months and of the days of one month. */
export class Turnovers {
  readonly #sql: Readonly<Record<'months' | 'booked' | 'restated' | 'corrected' | 'corrections', Statement>>;

  constructor(db: Statements) {
    this.#sql = {
      months: db.arrays(MONTHS),
      booked: db.arrays(BOOKED_DAYS),
      restated: db.arrays(RESTATED_DAYS),
      corrected: db.arrays(CORRECTED_DAYS),
      corrections: db.arrays(CORRECTIONS),
    };
  }

  /** By book, account, project and month; rows of zero are left out. Throws on inexact sums. */
  of(books: readonly BookRow[], question: TurnoverQuestion, at: At): TurnoverRow[] {
    const byNumber = new Map(books.map((book) => [book.number, book]));
    const sums = new Map<string, { row: Columns; amountFen: number; correctedFen: number }>();
    for (const row of this.#read(books, question, at)) {
      const [key, , , , period, , booked, movedIn, movedOut] = row;
      const name = `${key} ${period}`;
      const sum = sums.get(name) ?? { row, amountFen: 0, correctedFen: 0 };
      sums.set(name, sum);
      if (question.basis === 'booked') sum.amountFen = exact(sum.amountFen + booked);
      else {
        sum.amountFen = exact(sum.amountFen + booked - movedOut + movedIn);
        sum.correctedFen = exact(sum.correctedFen + movedIn);
      }
    }
    return [...sums.values()]
      .filter(({ amountFen, correctedFen }) => amountFen !== 0 || correctedFen !== 0)
      .map(({ row: [, number, account, project, period], amountFen, correctedFen }) => {
        const book = byNumber.get(number);
        const names = { village: book?.village ?? '', book: book?.id ?? '', account };
        return { ...names, project: project || null, period: periodOfMonth(period), amountFen, correctedFen };
      })
      .toSorted(inOrder);
  }

  /** The lines that the two bases differ by, of months between `from` and `to`, in the order of recording. */
  corrections(books: readonly BookRow[], { from, to }: { from: Period; to: Period }, at: At): CorrectionRow[] {
    const names = new Map(books.map((book) => [book.number, book.id]));
    const rows = this.#sql.corrections.all({
      books: bookNumbers(books),
      from: monthNumber(from),
      to: monthNumber(to),
      day: dayNumber(at.asOf),
      known: at.knownAt,
    }) as [number, string, string, Role, number, number, number, number, number, number][];
    return rows.map(([book, account, project, role, month, effectiveOn, period, voucherNo, position, amountFen]) => ({
      book: names.get(book) ?? '',
      account,
      project: project || null,
      role,
      period: periodOfMonth(month),
      effectiveOn: dateOfDay(effectiveOn),
      bookedPeriod: periodOfMonth(period),
      voucherNo,
      position,
      amountFen,
    }));
  }

  #read(books: readonly BookRow[], asked: TurnoverQuestion, { asOf, knownAt }: At): Columns[] {
    const { role, from, to, basis, project } = asked;
    const day = dayNumber(asOf);
    const month = monthOfDay(day);
    const whole = isLastDay(asOf) ? month : month - 1;
    const question = { books: bookNumbers(books), role, known: knownAt, project: project ?? null };
    const months = { ...question, from: monthNumber(from), to: Math.min(monthNumber(to), whole) };
    const rows = this.#sql.months.all(months);
    if (whole < month && monthNumber(from) <= month && month <= monthNumber(to)) {
      const days = { ...question, month, first: month * 100 + 1, day };
      if (basis === 'booked') rows.push(...this.#sql.booked.all(days));
      else rows.push(...this.#sql.restated.all(days), ...this.#sql.corrected.all(days));
    }
    return rows as Columns[];
  }
}

function inOrder(a: TurnoverRow, b: TurnoverRow): number {
  return (
    compare(a.village, b.village) ||
    compare(a.book, b.book) ||
    compare(a.account, b.account) ||
    compare(a.project ?? '', b.project ?? '') ||
    compare(a.period, b.period)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
