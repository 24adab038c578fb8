import type { VoucherRef } from '@ledger/domain';
import { monthNumber, type Receivable, type Receivables, type Row } from '@ledger/views';
import type { StoredBooks } from './stored-rows.js';

const MAX_KEPT = 20_000;

/**
 * What incomes are still to be received, read back from the projector's own rows: those that wait for the next commit, and the newest, are at hand. A fact is reduced against what stood before it, so its own rows count only from the next one on.
 */
export class ReceivableRows implements Receivables {
  #newest = new Map<string, string>();
  #before = new Map<string, string>();
  #ofThisFact: Row[] = [];

  constructor(private readonly stored: Pick<StoredBooks, 'receivable'>) {}

  of(book: string, { period, voucherNo }: VoucherRef): Receivable | undefined {
    const month = monthNumber(period);
    const state = this.#known(nameOf(book, month, voucherNo)) ?? this.stored.receivable(book, month, voucherNo);
    return state === undefined ? undefined : (JSON.parse(state) as Receivable);
  }

  has(book: string, month: number, voucherNo: number): boolean {
    return this.#known(nameOf(book, month, voucherNo)) !== undefined;
  }

  add(row: Row): void {
    this.#ofThisFact.push(row);
  }

  endOfFact(): void {
    for (const row of this.#ofThisFact) {
      const { book, period, voucher_no: voucherNo, state } = row as unknown as Named & { state: string };
      this.#newest.set(nameOf(book, period, voucherNo), state);
    }
    this.#ofThisFact = [];
  }

  /** Only when nothing waits to be written. What was added last is likely to be wanted soon, and kept twice as long. */
  shrink(): void {
    if (this.#newest.size < MAX_KEPT) return;
    this.#before = this.#newest;
    this.#newest = new Map();
  }

  clear(): void {
    this.#newest.clear();
    this.#before.clear();
    this.#ofThisFact = [];
  }

  #known(name: string): string | undefined {
    return this.#newest.get(name) ?? this.#before.get(name);
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
