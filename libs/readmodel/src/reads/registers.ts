import type { LocalDate, OrganizationKind, Period } from '@ledger/domain';
import { accountsOfChart, dateOfDay, dayNumber, periodOfMonth } from '@ledger/views';
import type { At } from './at.js';
import type { BookRow, KeptBookRow } from './books.js';
import type { Statement, Statements } from '../statements.js';

export interface OrganizationRow {
  readonly creditCode: string;
  readonly name: string;
  readonly kind: OrganizationKind;
  readonly village: string;
  readonly validFrom: LocalDate;
  readonly position: number;
  readonly origin: string | null;
}

export interface AccountRow {
  /** `chart:code` */
  readonly account: string;
  readonly name: string;
  /** English, where the chart gives one. */
  readonly nameEn: string | null;
  readonly class: string;
  readonly normalSide: string;
  readonly postable: boolean;
  readonly retiredOn: LocalDate | null;
}

export interface PeriodCloseRow {
  readonly period: Period;
  readonly closedBy: string;
  readonly vouchers: number;
  readonly ledgerHash: string;
  readonly position: number;
}

export interface YearCloseRow {
  readonly year: number;
  readonly closedBy: string;
  readonly position: number;
}

/** What is registered once and looked up as it is: organisations, accounts, closes. */
export class Registers {
  readonly #sql: Readonly<Record<'organizations' | 'accounts' | 'periods' | 'years', Statement>>;

  constructor(db: Statements) {
    const known = 'effective_on <= :day AND position <= :known';
    this.#sql = {
      organizations: db.prepare(
        `SELECT credit_code AS creditCode, name, kind, village, valid_from AS validFrom, position, origin FROM organization
         WHERE valid_from <= :day AND position <= :known`,
      ),
      accounts: db.prepare(
        `SELECT account, change, valid_from AS validFrom, name, class, normal_side AS normalSide, postable
         FROM book_account WHERE book = :book AND valid_from <= :day AND position <= :known ORDER BY position`,
      ),
      periods: db.prepare(
        `SELECT period, closed_by AS closedBy, vouchers, ledger_hash AS ledgerHash, position FROM period_close
         WHERE book = :book AND ${known} ORDER BY period`,
      ),
      years: db.prepare(
        `SELECT year, closed_by AS closedBy, position FROM year_close WHERE book = :book AND ${known} ORDER BY year`,
      ),
    };
  }

  organizations(at: At): OrganizationRow[] {
    return this.#sql.organizations.all(times(at)).map((row) => {
      const { validFrom, ...rest } = row as Omit<OrganizationRow, 'validFrom'> & { validFrom: number };
      return { ...rest, validFrom: dateOfDay(validFrom) };
    });
  }

  /**
   * The accounts of the chart that the book is kept under and its own, in the order of their codes; also those that it
   * has added to the next chart already. Of a chart that it has left, none.
   */
  accounts(book: KeptBookRow, at: At): AccountRow[] {
    const left = book.standards.slice(0, -1).map(({ standard }) => `${standard}:`);
    const accounts = new Map<string, AccountRow>();
    for (const { code, nameZh: name, nameEn, class: nature, normalSide, postable } of accountsOfChart(book.standard)) {
      const account = `${book.standard}:${code}`;
      accounts.set(account, { account, name, nameEn, class: nature, normalSide, postable, retiredOn: null });
    }
    for (const row of this.#sql.accounts.all({ book: book.number, ...times(at) })) {
      const { change, validFrom, postable, ...said } = row as StoredAccount;
      if (left.some((chart) => said.account.startsWith(chart))) continue;
      const before = accounts.get(said.account);
      if (change === 'added') {
        accounts.set(said.account, { ...said, nameEn: null, postable: postable === 1, retiredOn: null });
      } else if (before !== undefined) accounts.set(said.account, { ...before, retiredOn: dateOfDay(validFrom) });
    }
    return [...accounts.values()].toSorted((a, b) => (a.account < b.account ? -1 : 1));
  }

  closes(book: BookRow, at: At): { periods: PeriodCloseRow[]; years: YearCloseRow[] } {
    const question = { book: book.number, ...times(at) };
    const periods = this.#sql.periods.all(question) as (Omit<PeriodCloseRow, 'period'> & {
      period: number;
    })[];
    return {
      periods: periods.map((row) => ({ ...row, period: periodOfMonth(row.period) })),
      years: this.#sql.years.all(question).map((row) => ({ ...(row as YearCloseRow) })),
    };
  }
}

interface StoredAccount {
  readonly account: string;
  readonly change: 'added' | 'retired';
  readonly validFrom: number;
  readonly name: string;
  readonly class: string;
  readonly normalSide: string;
  readonly postable: number;
}

function times({ asOf, knownAt }: At): { day: number; known: number } {
  return { day: dayNumber(asOf), known: knownAt };
}
