import type { LocalDate, Period } from '@ledger/domain';
import type { Basis, IncomeFilter } from '@ledger/views';

/** What a link of a report leads to: the voucher lines that an amount is made of. */
export interface ListedEntries {
  readonly division: string;
  readonly from: Period;
  readonly to: Period;
  readonly measure: string;
  readonly basis: Basis;
  readonly asOf: LocalDate;
  readonly knownAt: number;
  readonly totalFen: number;
  readonly rows: readonly ListedEntry[];
}

export interface ListedEntry {
  readonly village: string;
  readonly account: string;
  readonly project: string | null;
  readonly period: Period;
  readonly bookedOn: LocalDate;
  readonly effectiveOn: LocalDate;
  readonly position: number;
  readonly voucher: { readonly period: Period; readonly voucherNo: number } | null;
  readonly summary: string | null;
  readonly amountFen: number;
  /** Null where its reader may not follow it. */
  readonly href: string | null;
}

/** What people call what the entries name by codes and ids, where it is known. */
export interface EntryNames {
  readonly demo: boolean;
  readonly places: ReadonlyMap<string, string>;
  /** Of the accounts that no chart names. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly projects: ReadonlyMap<string, string>;
}

/** What was asked for, what it is called, and the address of the entries after these. */
export interface EntriesAsked {
  readonly filter: IncomeFilter;
  readonly names: EntryNames;
  readonly nextHref: string | null;
}
