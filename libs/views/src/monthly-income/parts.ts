import type { LocalDate, Period } from '@ledger/domain';
import type { Basis, ChangesSince, ReportedPlace, WithoutData } from './report.js';

/** What a report is made of, as the read model finds it at both times. */
export interface ReportParts {
  readonly ledger: { readonly name: string; readonly demo: boolean };
  readonly scope: ReportedPlace;
  readonly period: Period;
  readonly asOf: LocalDate;
  readonly knownAt: number;
  readonly views: Readonly<Record<string, number>>;
  readonly basis: Basis;
  /** Whether the month had ended by `asOf`, and by the day on which the newest fact at `knownAt` was recorded. */
  readonly monthIsOver: boolean;
  readonly townships: readonly ReportedPlace[];
  /** Those there on `asOf`, in the order of codes. */
  readonly villages: readonly PartVillage[];
  /** What is not in it has a name in its chart. */
  readonly accountNames: ReadonlyMap<string, string>;
  readonly projectNames: ReadonlyMap<string, string>;
  readonly income: KeyedIncome;
  readonly changes: ChangesSince | null;
}

export interface PartVillage {
  readonly code: string;
  readonly name: string;
  readonly township: string;
  readonly withoutData: WithoutData | null;
  /** The month in which the first of its books began, by the report's month; null where none had. */
  readonly booksFrom: number | null;
  /** Of the twelve months that end with the report's, those in which a book of the village has entries or is closed. */
  readonly monthsWithData: ReadonlySet<number>;
  /** Whether all of its books that had begun by the month have closed it; also where none had. */
  readonly closed: boolean;
  readonly origins: readonly string[];
}

/** Income by key and month, from `HISTORY_MONTHS` before the report's to it. */
export interface KeyedIncome {
  readonly keys: ReadonlyMap<number, IncomeKey>;
  readonly months: readonly (readonly [key: number, month: number, ...MonthAmounts])[];
}

/** The amounts of a key in a month: recognised, collected, non-recurring, corrected. */
export type MonthAmounts = readonly [
  recognisedFen: number,
  collectedFen: number,
  nonRecurringFen: number,
  correctedFen: number,
];

export interface IncomeKey {
  /** By its code at the times of the report. */
  readonly village: string;
  readonly role: 'income' | 'receipt';
  /** `chart:code` */
  readonly account: string;
  readonly project: string | null;
}

/** How far back a forecast looks: enough for the seasons to show, and no more however old the ledger is. */
export const HISTORY_MONTHS = 36;
