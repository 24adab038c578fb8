import type { LocalDate, OpenMonth, Period } from '@ledger/domain';
import { dateOfDay, dayNumber, periodOfMonth } from '@ledger/views';
import type { At } from './at.js';
import type { BookRow } from './books.js';
import type { Statement, Statements } from '../statements.js';

export interface HandoverRow {
  readonly effectiveOn: LocalDate;
  readonly from: string;
  readonly to: string;
  readonly witness: string;
  readonly preparedBy: string;
  /** The last month that was closed when it was recorded, and the later ones that had vouchers. */
  readonly lastClosed: Period | null;
  readonly openMonths: readonly OpenMonth[];
  readonly openItems: readonly string[];
  readonly position: number;
}

/** Who has handed a book over to whom. */
export class Handovers {
  readonly #sql: Statement;

  constructor(db: Statements) {
    this.#sql = db.prepare(
      `SELECT effective_on AS effectiveOn, handed_by AS "from", taken_by AS "to", witness, prepared_by AS preparedBy,
              last_closed AS lastClosed, open_months AS openMonths, open_items AS openItems, position
       FROM handover WHERE book = :book AND effective_on <= :day AND position <= :known ORDER BY position`,
    );
  }

  /** In the order in which they were recorded. */
  of(book: BookRow, { asOf, knownAt }: At): HandoverRow[] {
    return this.#sql.all({ book: book.number, day: dayNumber(asOf), known: knownAt }).map((row) => {
      const { effectiveOn, lastClosed, openMonths, openItems, ...said } = row as StoredHandover;
      return {
        ...said,
        effectiveOn: dateOfDay(effectiveOn),
        lastClosed: lastClosed === null ? null : periodOfMonth(lastClosed),
        openMonths: JSON.parse(openMonths) as OpenMonth[],
        openItems: JSON.parse(openItems) as string[],
      };
    });
  }
}

interface StoredHandover {
  readonly effectiveOn: number;
  readonly from: string;
  readonly to: string;
  readonly witness: string;
  readonly preparedBy: string;
  readonly lastClosed: number | null;
  readonly openMonths: string;
  readonly openItems: string;
  readonly position: number;
}
