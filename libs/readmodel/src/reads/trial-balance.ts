import type { Period } from '@ledger/domain';
import { exact, monthNumber } from '@ledger/views';
import type { Balances } from './balances.js';
import type { BookRow } from './books.js';
import type { Statement, Statements } from '../statements.js';

/** One account in the eight columns of the printed form; a balance stands on one side, the other is zero. */
export interface TrialBalanceRow {
  readonly account: string;
  readonly openingDebitFen: number;
  readonly openingCreditFen: number;
  readonly debitFen: number;
  readonly creditFen: number;
  readonly yearToDateDebitFen: number;
  readonly yearToDateCreditFen: number;
  readonly closingDebitFen: number;
  readonly closingCreditFen: number;
}

const AMOUNTS = 'v.debit_fen, v.credit_fen, v.closing_voucher_debit_fen, v.closing_voucher_credit_fen, v.balance_fen';
const VERSIONS = `FROM account_balance_key k CROSS JOIN account_balance v ON v.key = k.id AND v.period BETWEEN :from AND :to
    AND v.position <= :known
  WHERE k.book = :book`;

/** The newest version of each month: SQLite gives the columns of the row that has the greatest position. */
const YEAR = {
  sqlite: `SELECT k.account, v.period, max(v.position), ${AMOUNTS} ${VERSIONS} GROUP BY k.id, v.period`,
  postgres: `SELECT DISTINCT ON (k.id, v.period) k.account, v.period, v.position, ${AMOUNTS} ${VERSIONS}
    ORDER BY k.id, v.period, v.position DESC`,
};

interface Sums {
  opening: number;
  debit: number;
  credit: number;
  yearDebit: number;
  yearCredit: number;
  closing: number;
}

export class TrialBalances {
  readonly #year: Statement;

  constructor(
    db: Statements,
    private readonly balances: Balances,
  ) {
    this.#year = db.arrays(YEAR);
  }

  /**
   * Opening balance, turnover of the month and of the year to date, and closing balance of every account with any of
   * them. `before` leaves the closing vouchers out, as the statement of the year's result needs it.
   */
  of(book: BookRow, period: Period, knownAt: number, closing: 'before' | 'after'): TrialBalanceRow[] {
    const month = monthNumber(period);
    const opened = this.balances.before(book, month, knownAt);
    const accounts = new Map([...opened].map(([account, balanceFen]) => [account, standing(balanceFen)]));
    const from = Math.trunc(month / 100) * 100 + 1;
    const rows = this.#year.all({ book: book.number, from, to: month, known: knownAt }) as [string, ...number[]][];
    for (const [account, of = 0, , debit = 0, credit = 0, closingDebit = 0, closingCredit = 0, balance = 0] of rows) {
      const sums = accounts.get(account) ?? standing(0);
      accounts.set(account, sums);
      const debitFen = closing === 'before' ? debit - closingDebit : debit;
      const creditFen = closing === 'before' ? credit - closingCredit : credit;
      sums.yearDebit = exact(sums.yearDebit + debitFen);
      sums.yearCredit = exact(sums.yearCredit + creditFen);
      if (of === month) {
        sums.debit = debitFen;
        sums.credit = creditFen;
        sums.closing = closing === 'before' ? exact(balance - closingDebit + closingCredit) : balance;
      }
    }
    return [...accounts]
      .filter(([, sums]) => Object.values(sums).some((fen) => fen !== 0))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([account, sums]) => printed(account, sums));
  }
}

/** An account without an entry in the month closes as it opened. */
function standing(balanceFen: number): Sums {
  return { opening: balanceFen, debit: 0, credit: 0, yearDebit: 0, yearCredit: 0, closing: balanceFen };
}

function printed(account: string, sums: Sums): TrialBalanceRow {
  return {
    account,
    openingDebitFen: Math.max(sums.opening, 0),
    openingCreditFen: Math.max(-sums.opening, 0),
    debitFen: sums.debit,
    creditFen: sums.credit,
    yearToDateDebitFen: sums.yearDebit,
    yearToDateCreditFen: sums.yearCredit,
    closingDebitFen: Math.max(sums.closing, 0),
    closingCreditFen: Math.max(-sums.closing, 0),
  };
}
