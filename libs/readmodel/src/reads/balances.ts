import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { exact } from '@ledger/views';
import { type At, reachOf, rowsAsArrays } from './at.js';
import { type BookRow, bookNumbers } from './books.js';

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
  FROM json_each(:books) j)`;

const NEWEST = `(v.period, v.position) = (
  SELECT x.period, x.position FROM account_balance x
  WHERE x.key = k.id AND (x.period, x.position) <= (b.p, :known) AND x.position <= :known
  ORDER BY x.period DESC, x.position DESC LIMIT 1)`;

const STORED = `v.debit_fen, v.credit_fen, v.closing_voucher_debit_fen, v.closing_voucher_credit_fen, v.balance_fen`;

const MONTH_END = `WITH ${BOOKS}
  SELECT k.book, k.account, v.period, ${STORED}, 0, 0, 0, 0
  FROM b CROSS JOIN account_balance_key k ON k.book = b.book CROSS JOIN account_balance v ON v.key = k.id AND ${NEWEST}`;

const DAY = `WITH ${BOOKS}, m AS MATERIALIZED (
    SELECT e.account AS key, sum(e.debit_fen) AS debit_fen, sum(e.credit_fen) AS credit_fen,
      sum(e.debit_fen * e.closing) AS closing_voucher_debit_fen,
      sum(e.credit_fen * e.closing) AS closing_voucher_credit_fen
    FROM json_each(:books) j CROSS JOIN entry e ON e.book = j.value AND e.period = :month
      AND e.booked_on BETWEEN :from AND :to AND e.position <= :known
    GROUP BY e.account)
  SELECT k.book, k.account, v.period, ${STORED},
    m.debit_fen, m.credit_fen, m.closing_voucher_debit_fen, m.closing_voucher_credit_fen
  FROM b CROSS JOIN account_balance_key k ON k.book = b.book LEFT JOIN account_balance v ON v.key = k.id AND ${NEWEST}
  LEFT JOIN m ON m.key = k.id`;

type Columns = [book: number, account: string, period: number | null, ...amounts: (number | null)[]];

const AMOUNTS = [
  'debitFen',
  'creditFen',
  'ofClosingVouchersDebitFen',
  'ofClosingVouchersCreditFen',
  'balanceFen',
] as const;

export class Balances {
  readonly #monthEnd: StatementSync;
  readonly #day: StatementSync;

  constructor(db: DatabaseSync) {
    this.#monthEnd = rowsAsArrays(db, MONTH_END);
    this.#day = rowsAsArrays(db, DAY);
  }

  /** Turnover of the month and balance of every account that has either. Throws on inexact sums. */
  of(books: readonly BookRow[], { asOf, knownAt }: At): BalanceRow[] {
    const { base, month, entries } = reachOf(asOf);
    // The opening stands at the end of the month before the book's first, so inside that month there is nothing yet.
    const asked = entries === undefined ? books : books.filter((book) => book.startMonth <= month);
    const names = new Map(asked.map((book) => [book.number, book.id]));
    const question = { base, known: knownAt, books: bookNumbers(asked) };
    const rows = (entries === undefined
      ? this.#monthEnd.all(question)
      : this.#day.all({ ...question, month, from: entries.from, to: entries.to })) as unknown as Columns[];
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

  /** What the accounts of a book stand at when a month (yyyymm) begins, debit positive; after a change of standard. */
  before(book: BookRow, month: number, known: number): Map<string, number> {
    const rows = this.#monthEnd.all({ base: month - 1, known, books: bookNumbers([book]) }) as unknown as Columns[];
    return new Map(rows.map(([, account, , , , , , balance]) => [account, balance ?? 0]));
  }
}

/** The sums of several books by account, without the accounts that come to nothing. */
export function rolledUp(rows: readonly BalanceRow[]): Omit<BalanceRow, 'book'>[] {
  const sums = new Map<string, { -readonly [K in Exclude<keyof BalanceRow, 'book'>]: BalanceRow[K] }>();
  for (const { book: _, ...row } of rows) {
    const sum = sums.get(row.account);
    if (sum === undefined) sums.set(row.account, row);
    else for (const column of AMOUNTS) sum[column] = exact(sum[column] + row[column]);
  }
  return [...sums.values()]
    .filter((sum) => AMOUNTS.some((column) => sum[column] !== 0))
    .toSorted((a, b) => (a.account < b.account ? -1 : 1));
}
