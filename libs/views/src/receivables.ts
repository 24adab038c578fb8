import type { LocalDate, VoucherRef } from '@ledger/domain';

/** An income that was not wholly paid at once, and what was received for it since. */
export interface Receivable {
  /** The credit lines of its voucher: of income, and of what else was owed with it, such as tax (account and project null). */
  readonly owed: readonly { readonly account: string | null; readonly project: string | null; readonly fen: number }[];
  /** What of the voucher was paid at once, and what was left to be received. */
  readonly paidFen: number;
  readonly owedFen: number;
  readonly reversed: boolean;
  readonly receipts: readonly Receipt[];
}

export interface Receipt {
  /** The receivable account, `chart:code`. */
  readonly account: string;
  readonly effectiveOn: LocalDate;
  readonly fen: number;
  /** What of it each line has that is owed, in their order; the rest is more than was owed. */
  readonly parts: readonly number[];
}

/** What is known of the incomes that vouchers settle. */
export interface Receivables {
  of(book: string, voucher: VoucherRef): Receivable | undefined;
}

/** For facts that settle nothing and take nothing back. */
export const nothingOwed: Receivables = { of: () => undefined };
