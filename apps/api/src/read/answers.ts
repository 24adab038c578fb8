import { Refusal } from '@ledger/domain';
import type { RecordedFact } from '@ledger/eventlog';
import type { CorrectionRow, ReadModel, TurnoverRow } from '@ledger/readmodel';
import { exact, isOperatingIncome } from '@ledger/views';

export interface IncomeSum {
  readonly account: string;
  readonly project: string | null;
  readonly period: string;
  readonly amountFen: number;
  readonly correctedFen: number;
}

/** A recorded fact as it is given out: exactly as stored, where and when it was recorded, and its leaf. */
export function eventOf({ position, recordedAtMs, leaf, fact }: RecordedFact) {
  return { position, recordedAt: new Date(recordedAtMs).toISOString(), leaf, fact };
}

/** What was found of a book, or a refusal because there is no such book for this reader at that time. */
export function known<T>(found: T | undefined, book: string): T {
  if (found === undefined) throw new Refusal('BOOK_UNKNOWN', { book }, 'book');
  return found;
}

/** Adds up what several books have in one account, project and month. */
export function summed(rows: readonly TurnoverRow[]): IncomeSum[] {
  const sums = new Map<string, IncomeSum>();
  for (const { account, project, period, amountFen, correctedFen } of rows) {
    const key = `${period} ${account} ${project ?? ''}`;
    const sum = sums.get(key);
    sums.set(key, {
      account,
      project,
      period,
      amountFen: exact((sum?.amountFen ?? 0) + amountFen),
      correctedFen: exact((sum?.correctedFen ?? 0) + correctedFen),
    });
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

export function totalFen(rows: readonly { account: string; amountFen: number }[]): number {
  return rows.reduce((total, row) => exact(total + row.amountFen), 0);
}

/** Operating income is what the account's own chart says it is. */
export function operatingFen(rows: readonly { account: string; amountFen: number }[]): number {
  return totalFen(rows.filter(({ account }) => isOperatingIncome(account)));
}

export function byVillage(rows: readonly TurnoverRow[]): { village: string; totalFen: number; operatingFen: number }[] {
  const villages = Map.groupBy(rows, ({ village }) => village);
  return [...villages]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([village, own]) => ({ village, totalFen: totalFen(own), operatingFen: operatingFen(own) }));
}

/** The entries by which `booked` and `restated` differ, with the vouchers where they stand. */
export function incomeCorrections(rows: readonly CorrectionRow[]): Omit<CorrectionRow, 'role'>[] {
  return rows.filter(({ role }) => role === 'income').map(({ role: _, ...row }) => row);
}

/** The versions of the views that an answer was made from: with `knownAt`, its lasting name. */
export function versions({ views }: ReadModel, ...used: readonly string[]): Record<string, number> {
  return Object.fromEntries(used.toSorted().map((name) => [name, views[name] ?? 0]));
}
