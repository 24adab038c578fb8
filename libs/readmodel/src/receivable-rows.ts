import type { VoucherRef } from '@ledger/domain';
import { monthNumber, type Receivable, type Receivables, type Row } from '@ledger/views';
import type { StoredBooks } from './stored-rows.js';

/**
 * What incomes are still to be received, read back from the projector's own rows: those that wait for the next commit
 * first. A fact is reduced against what stood before it, so its own rows count only from the next one on.
 */
export class ReceivableRows implements Receivables {
  readonly #waiting = new Map<string, string>();
  #ofThisFact: Row[] = [];

  constructor(private readonly stored: Pick<StoredBooks, 'receivable'>) {}

  of(book: string, { period, voucherNo }: VoucherRef): Receivable | undefined {
    const month = monthNumber(period);
    const state = this.#waiting.get(nameOf(book, month, voucherNo)) ?? this.stored.receivable(book, month, voucherNo);
    return state === undefined ? undefined : (JSON.parse(state) as Receivable);
  }

  add(row: Row): void {
    this.#ofThisFact.push(row);
  }

  endOfFact(): void {
    for (const row of this.#ofThisFact) {
      const { book, period, voucher_no: voucherNo, state } = row as unknown as Named & { state: string };
      this.#waiting.set(nameOf(book, period, voucherNo), state);
    }
    this.#ofThisFact = [];
  }

  /** Only when nothing waits to be written, or when what waited is given up. */
  forget(): void {
    this.#waiting.clear();
    this.#ofThisFact = [];
  }
}

interface Named {
  readonly book: string;
  readonly period: number;
  readonly voucher_no: number;
}

function nameOf(book: string, month: number, voucherNo: number): string {
  return `${book} ${month} ${voucherNo}`;
}
