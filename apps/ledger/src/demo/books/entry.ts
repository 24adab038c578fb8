import type { Side } from '@ledger/accounting';
import type { LocalDate, Origin } from '@ledger/domain';

/** An entry of a village's book before it has a book id, a voucher number and a command. Accounts are those of its year. */
export type Entry = Income | Expense | FreeVoucher | Depreciation | Reversal;

interface Papers {
  /** Unique in the village. */
  readonly key: string;
  readonly on: LocalDate;
  readonly recordedOn: LocalDate;
  readonly summary: string;
  readonly origin: Origin;
  readonly attachmentCount: number;
  readonly sourceDocument?: string;
  readonly nonRecurring?: true;
  /** Why it comes after the close of its month. */
  readonly lateBecause?: string;
}

interface Amount {
  readonly account: string;
  readonly amountFen: number;
  readonly settlement: { readonly account: string; readonly party?: string };
  readonly project?: string;
  readonly contract?: string;
}

export interface Income extends Papers, Amount {
  readonly kind: 'income';
}

export interface Expense extends Papers, Amount {
  readonly kind: 'expense';
}

export interface EntryLine {
  readonly account: string;
  readonly side: Side;
  readonly amountFen: number;
  readonly party?: string;
  /** The key of a project of the demo. */
  readonly project?: string;
  readonly grant?: string;
  /** The key of the income entry whose receivable it settles. */
  readonly settles?: string;
}

export interface FreeVoucher extends Papers {
  readonly kind: 'voucher';
  readonly lines: readonly EntryLine[];
}

/** The depreciation of a month, dated to its last day. */
export interface Depreciation extends Papers {
  readonly kind: 'depreciation';
  readonly account: string;
  readonly amountFen: number;
}

export interface Reversal extends Papers {
  readonly kind: 'reversal';
  /** The entry that is taken back. */
  readonly of: Income;
}

/** What an entry does to the accounts. */
export function linesOf(entry: Entry): readonly EntryLine[] {
  if (entry.kind === 'voucher') return entry.lines;
  if (entry.kind === 'reversal') return linesOf(entry.of).map((line) => ({ ...line, amountFen: -line.amountFen }));
  if (entry.kind === 'depreciation') return [debit(entry.account, entry.amountFen), credit('152', entry.amountFen)];
  const { account, amountFen, settlement } = entry;
  return entry.kind === 'income'
    ? [debit(settlement.account, amountFen), credit(account, amountFen)]
    : [debit(account, amountFen), credit(settlement.account, amountFen)];
}

/** Debits less credits of all lines whose account begins with one of the digits. */
export function netOf(entries: readonly Entry[], classes: readonly string[]): number {
  let netFen = 0;
  for (const { account, side, amountFen } of entries.flatMap(linesOf)) {
    if (classes.includes(account.charAt(0))) netFen += side === 'debit' ? amountFen : -amountFen;
  }
  return netFen;
}

export function debit(account: string, amountFen: number, said: Partial<EntryLine> = {}): EntryLine {
  return { ...said, account, side: 'debit', amountFen };
}

export function credit(account: string, amountFen: number, said: Partial<EntryLine> = {}): EntryLine {
  return { ...said, account, side: 'credit', amountFen };
}
