import { exact } from '@ledger/views';
import { type At, reachOf } from './at.js';
import { type BookRow, bookNumbers } from './books.js';
import type { Statement, Statements } from '../statements.js';

export interface BalanceRow {
  readonly book: string;
  /** `chart:code` */
  readonly account: string;
  /** Turnover of the month of `asOf`, up to that day. */
  readonly debitFen: number;
  readonly creditFen: number;
  /** How much of that turnover is of the closing vouchers of a year end. */
  readonly ofClosingVouchersDebitFen: number;
  readonly ofClosingVouchersCreditFen: number;
  /** Debit positive. */
  readonly balanceFen: number;
}

/** The newest month of each book that is not after `:base` and was known then: without it an old `:known` walks. */
const BOOKS = `b AS MATERIALIZED (
  SELECT j.value AS book, (SELECT p.period FROM book_period p WHERE p.book = j.value AND p.period <= :base
    AND p.first_position <= :known ORDER BY p.period DESC LIMIT 1) AS p
  FROM numbers(:books) j)`;

/** The newest version of the last month that was known then: one descending seek in the primary key. */
const SEEK = `FROM account_balance x WHERE x.key = k.id AND (x.period, x.position) <= (b.p, :known) AND x.position <= :known
  ORDER BY x.period DESC, x.position DESC LIMIT 1`;

const NEWEST = {
  sqlite: `JOIN account_balance v ON v.key = k.id AND (v.period, v.position) = (SELECT x.period, x.position ${SEEK})`,
  // A row found by a subquery is no condition of an index there.
  postgres: `JOIN LATERAL (SELECT x.* ${SEEK}) v ON true`,
};

const STORED = `v.debit_fen, v.credit_fen, v.closing_voucher_debit_fen, v.closing_voucher_credit_fen, v.balance_fen`;

const monthEnd = (newest: string): string => `WITH ${BOOKS}
  SELECT k.book, k.account, v.period, ${STORED},
    0 AS m_debit_fen, 0 AS m_credit_fen, 0 AS m_closing_debit_fen, 0 AS m_closing_credit_fen
  FROM b CROSS JOIN account_balance_key k ON k.book = b.book ${newest}`;

const day = (newest: string): string => `WITH ${BOOKS}, m AS MATERIALIZED (
    SELECT e.account AS key, sum(e.debit_fen) AS debit_fen, sum(e.credit_fen) AS credit_fen,
      sum(e.debit_fen * e.closing) AS closing_voucher_debit_fen,
      sum(e.credit_fen * e.closing) AS closing_voucher_credit_fen
    FROM numbers(:books) j CROSS JOIN entry e ON e.book = j.value AND e.period = :month
      AND e.booked_on BETWEEN :from AND :to AND e.position <= :known
    GROUP BY e.account)
  SELECT k.book, k.account, v.period, ${STORED},
    m.debit_fen AS m_debit_fen, m.credit_fen AS m_credit_fen,
    m.closing_voucher_debit_fen AS m_closing_debit_fen, m.closing_voucher_credit_fen AS m_closing_credit_fen
  FROM b CROSS JOIN account_balance_key k ON k.book = b.book LEFT ${newest} LEFT JOIN m ON m.key = k.id`;

const MONTH_END = { sqlite: monthEnd(`CROSS ${NEWEST.sqlite}`), postgres: monthEnd(NEWEST.postgres) };
const DAY = { sqlite: day(NEWEST.sqlite), postgres: day(NEWEST.postgres) };

const sumOf = (stored: string, moved: string): string =>
  `sum(CASE WHEN period = :month THEN ${stored} ELSE 0 END + :sign * coalesce(${moved}, 0))`;

/** The sums of the books by account: added up where they are, so that one row an account is handed over, not one a book. */
const summed = (rows: string): string => {
  return `SELECT account, ${sumOf('debit_fen', 'm_debit_fen')}, ${sumOf('credit_fen', 'm_credit_fen')},
      ${sumOf('closing_voucher_debit_fen', 'm_closing_debit_fen')},
      ${sumOf('closing_voucher_credit_fen', 'm_closing_credit_fen')},
      sum(coalesce(balance_fen, 0) + :sign * (coalesce(m_debit_fen, 0) - coalesce(m_credit_fen, 0)))
    FROM (${rows}) AS r GROUP BY account ORDER BY account`;
};
const bothSummed = ({ sqlite, postgres }: typeof DAY) => ({ sqlite: summed(sqlite), postgres: summed(postgres) });

type Columns = [book: number, account: string, period: number | null, ...amounts: (number | null)[]];

const AMOUNTS = [
  'debitFen',
  'creditFen',
  'ofClosingVouchersDebitFen',
  'ofClosingVouchersCreditFen',
  'balanceFen',
] as const;

export class Balances {
  readonly #monthEnd: Statement;
  readonly #day: Statement;
  readonly #monthEndSummed: Statement;
  readonly #daySummed: Statement;

  constructor(db: Statements) {
    this.#monthEnd = db.arrays(MONTH_END);
    this.#day = db.arrays(DAY);
    this.#monthEndSummed = db.arrays(bothSummed(MONTH_END));
    this.#daySummed = db.arrays(bothSummed(DAY));
  }

  /** Turnover of the month and balance of every account that has either. Throws on inexact sums. */
  of(books: readonly BookRow[], { asOf, knownAt }: At): BalanceRow[] {
    const { base, month, entries } = reachOf(asOf);
    // The opening stands at the end of the month before the book's first, so inside that month there is nothing yet.
    const asked = entries === undefined ? books : books.filter((book) => book.startMonth <= month);
    const names = new Map(asked.map((book) => [book.number, book.id]));
    const question = { base, known: knownAt, books: bookNumbers(asked) };
    const rows = (
      entries === undefined
        ? this.#monthEnd.all(question)
        : this.#day.all({ ...question, month, from: entries.from, to: entries.to })
    ) as Columns[];
    const sign = entries?.sign ?? 1;
    const balances: BalanceRow[] = [];
    for (const [book, account, period, ...amounts] of rows) {
      const [debit, credit, closingDebit, closingCredit, balance, ...moved] = amounts;
      const turnover = (stored: number | null | undefined, i: number): number =>
        exact((period === month ? (stored ?? 0) : 0) + sign * (moved[i] ?? 0));
      const row = {
        book: names.get(book) ?? '',
        account,
        debitFen: turnover(debit, 0),
        creditFen: turnover(credit, 1),
        ofClosingVouchersDebitFen: turnover(closingDebit, 2),
        ofClosingVouchersCreditFen: turnover(closingCredit, 3),
        balanceFen: exact((balance ?? 0) + sign * ((moved[0] ?? 0) - (moved[1] ?? 0))),
      };
      // An account whose first entry comes after the day has a key and nothing else; one without any amount is left out.
      if (AMOUNTS.some((column) => row[column] !== 0)) balances.push(row);
    }
    return balances;
  }

  /** The sums of several books by account, without the accounts that come to nothing. Throws on inexact sums. */
  summed(books: readonly BookRow[], { asOf, knownAt }: At): Omit<BalanceRow, 'book'>[] {
    const { base, month, entries } = reachOf(asOf);
    const asked = entries === undefined ? books : books.filter((book) => book.startMonth <= month);
    const question = { base, known: knownAt, books: bookNumbers(asked), month, sign: entries?.sign ?? 1 };
    const rows = (
      entries === undefined
        ? this.#monthEndSummed.all(question)
        : this.#daySummed.all({ ...question, from: entries.from, to: entries.to })
    ) as [string, ...number[]][];
    return rows
      .filter(([, ...amounts]) => amounts.some((fen) => fen !== 0))
      .map(([account, ...amounts]) => ({
        account,
        debitFen: amounts[0] ?? 0,
        creditFen: amounts[1] ?? 0,
        ofClosingVouchersDebitFen: amounts[2] ?? 0,
        ofClosingVouchersCreditFen: amounts[3] ?? 0,
        balanceFen: amounts[4] ?? 0,
      }));
  }

  /** What the accounts of a book stand at when a month (yyyymm) begins, debit positive; after a change of standard. */
  before(book: BookRow, month: number, known: number): Map<string, number> {
    const rows = this.#monthEnd.all({ base: month - 1, known, books: bookNumbers([book]) }) as Columns[];
    return new Map(rows.map(([, account, , , , , , balance]) => [account, balance ?? 0]));
  }
}
