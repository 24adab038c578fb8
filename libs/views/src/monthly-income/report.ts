import type { DivisionLevel, LocalDate, Period } from '@ledger/domain';
import type { IncomeTierScheme } from './tiers.js';

/** By the month in whose books an entry stands, or by the month it belongs to. */
export type Basis = 'booked' | 'restated';

/**
 * The monthly income report of a village, township or district (村级收入月报). Amounts are fen. What was recognised
 * (权责) and what was collected (收付) stand side by side and are never added; so do total and operating income.
 */
export interface MonthlyIncomeReport {
  readonly ledger: { readonly name: string; readonly demo: boolean };
  readonly scope: ReportedPlace;
  readonly period: Period;
  /** The tree of this day rolls up; a day inside the month cuts the month off there. */
  readonly asOf: LocalDate;
  /** With the versions of the views, the lasting name of this report. */
  readonly knownAt: number;
  readonly views: Readonly<Record<string, number>>;
  readonly basis: Basis;
  readonly villages: VillageCount;
  /** The month in which the first book there began; what lies before it is not zero but unknown. Null where none had. */
  readonly booksFrom: Period | null;
  /** Total = operating + other. */
  readonly total: Figures;
  readonly operating: Figures;
  readonly other: Figures;
  /** What the villages there have on average, those without data counted with nothing; rounded half up. */
  readonly averagePerVillage: { readonly totalFen: Spans<number>; readonly operatingFen: Spans<number> };
  /** Receipts on receivables that say no income which they settle; part of nothing above. */
  readonly unallocatedReceipts: Spans<ReportCell>;
  /** First-level accounts in the order of their codes, each followed by what it is made of. */
  readonly lines: readonly AccountLine[];
  /** By project; the last is what belongs to none. */
  readonly projects: readonly ProjectLine[];
  /** Of a district. */
  readonly byTownship: readonly PlaceLine[];
  /** Of a township or district; every village there, with or without data. */
  readonly byVillage: readonly PlaceLine[];
  /** January of last year to the month of the report, for a chart of both years. */
  readonly months: readonly MonthOfIncome[];
  /** Under every scheme in force on the last day of the month; none where there is none. */
  readonly tiers: readonly Tiers[];
  readonly forecast: { readonly total: RestOfYear; readonly operating: RestOfYear };
  /** Null where no `since` was asked for. */
  readonly changes: ChangesSince | null;
}

export interface ReportedPlace {
  /** 12 digits. */
  readonly code: string;
  readonly name: string;
  readonly level: DivisionLevel;
}

export interface VillageCount {
  /** The villages there on `asOf`: what averages are divided by. */
  readonly counted: number;
  readonly withData: number;
  readonly withoutData: readonly VillageWithoutData[];
  /** Whose book of the month is not closed yet, so that its figures may still change; those without a book left out. */
  readonly notClosed: readonly VillageNotClosed[];
}

/** `NO_BOOK`: no collective's book had begun by the month. `NO_ENTRIES`: nothing is booked in it, and it is not closed. */
export type WithoutData = 'NO_BOOK' | 'NO_ENTRIES';

export interface VillageWithoutData {
  readonly code: string;
  readonly name: string;
  readonly reason: WithoutData;
}

export interface VillageNotClosed {
  readonly code: string;
  readonly name: string;
}

/** An amount and the read that lists what it is made of, entry by entry; null where it is zero for lack of any. */
export interface ReportCell {
  readonly fen: number;
  readonly href: string | null;
}

export interface Spans<T> {
  readonly month: T;
  /** January to the month of the report. */
  readonly yearToDate: T;
  /** Whole months, also where `asOf` cuts off the month of the report. */
  readonly sameMonthLastYear: T;
  readonly yearToDateLastYear: T;
}

export interface Amounts {
  /** As earned, when it was earned. */
  readonly recognised: ReportCell;
  /** As received: what was paid at once, and receipts that settle an income. */
  readonly collected: ReportCell;
  /** The part of `recognised` from vouchers that are marked as non-recurring. */
  readonly nonRecurring: ReportCell;
  /** The part of `recognised` that stands in the books of another month; always zero by `booked`. */
  readonly corrected: ReportCell;
}

/** Of what was recognised, against last year. */
export interface Change {
  readonly fen: number;
  /** Ten-thousandths of last year's amount, rounded half up; null where that is zero or less. */
  readonly basisPoints: number | null;
}

export interface Figures extends Spans<Amounts> {
  readonly change: { readonly month: Change; readonly yearToDate: Change };
}

export type Section = 'operating' | 'other';

export interface AccountLine {
  /** `chart:code` */
  readonly account: string;
  readonly name: string;
  /** English, where the chart gives one. */
  readonly nameEn: string | null;
  readonly section: Section;
  /** 1 for a first-level account, which is the sum of those of level 2 that follow it. */
  readonly level: 1 | 2;
  /** Accounts of an earlier chart whose amounts stand in this line too, because they went into its account. */
  readonly carriedFrom: readonly string[];
  readonly figures: Figures;
}

export interface ProjectLine {
  /** Null for what belongs to no project. */
  readonly project: string | null;
  /** Null where no project of that id is known. */
  readonly name: string | null;
  readonly total: Figures;
  readonly operating: Figures;
}

export interface PlaceLine extends ReportedPlace {
  /** Of a village; null for townships. */
  readonly township: string | null;
  readonly villages: number;
  /** Of a village without data. */
  readonly withoutData: WithoutData | null;
  /** Where the books of the place come from in a demo: `SEED`, `SYNTHETIC`. */
  readonly origins: readonly string[];
  readonly booksFrom: Period | null;
  readonly total: Figures;
  readonly operating: Figures;
  readonly unallocatedReceipts: Spans<ReportCell>;
}

export interface MonthOfIncome {
  readonly period: Period;
  readonly total: Pick<Amounts, 'recognised' | 'collected'>;
  readonly operating: Pick<Amounts, 'recognised' | 'collected'>;
}

/** The villages by bands of their operating income in the twelve months that end with the report's. */
export interface Tiers {
  readonly scheme: IncomeTierScheme;
  readonly from: Period;
  readonly to: Period;
  /** In the order of the scheme's bands. */
  readonly bands: readonly { readonly band: string; readonly villages: number }[];
  readonly villages: readonly VillageTier[];
}

export interface VillageTier {
  readonly code: string;
  readonly name: string;
  readonly amount: ReportCell;
  /** Null where the twelve months are not all over and in the village's books, so that nobody takes silence for poverty. */
  readonly band: string | null;
  /** Of the twelve months, those that its books say nothing of. */
  readonly monthsWithoutData: readonly Period[];
}

/** What the months to December may bring: each as the same month of last year (seasonal naive), and the year with it. */
export interface RestOfYear {
  readonly method: 'seasonal-naive';
  /** Whole months behind the report's that the forecast could look at, itself included. */
  readonly historyMonths: number;
  /**
   * Why nothing is forecast: fewer than 24 months; the month of the report was not over by then; more than a tenth of the
   * villages are without data in it.
   */
  readonly refused: 'NOT_ENOUGH_HISTORY' | 'MONTH_NOT_OVER' | 'VILLAGES_WITHOUT_DATA' | null;
  /** How much of the errors of the past the intervals hold, at least, in ten-thousandths. */
  readonly coverageBasisPoints: number;
  readonly months: readonly (Interval & { readonly period: Period })[];
  /** The year to date and what is forecast; null where that was refused. */
  readonly year: Interval | null;
}

/** `lowFen` and `highFen` are null where there are too few errors of the past to tell. */
export interface Interval {
  readonly fen: number;
  readonly lowFen: number | null;
  readonly highFen: number | null;
}

export interface ChangesSince {
  readonly since: number;
  /** The same sums as they were known then. */
  readonly before: { readonly total: Spans<ThenAmounts>; readonly operating: Spans<ThenAmounts> };
  /** How many facts make the difference: all divisions, and the first 200 vouchers, are in `facts`, as recorded. */
  readonly count: number;
  readonly facts: readonly ChangingFact[];
}

export interface ThenAmounts {
  readonly recognisedFen: number;
  readonly collectedFen: number;
}

/**
 * Why a fact makes the report another: `reversal` of a voucher, `correction` of a closed month, `recode` of divisions
 * (also what merges, registers or ends them), `late` for what else became known only since.
 */
export type WhyChanged = 'late' | 'reversal' | 'correction' | 'recode';

export interface ChangingFact {
  readonly position: number;
  readonly type: string;
  readonly why: WhyChanged;
  /** The village by its code at the times of the report, or the division that was changed. */
  readonly division: string;
  readonly book: string | null;
  readonly voucher: { readonly period: Period; readonly voucherNo: number } | null;
  readonly effectiveOn: LocalDate;
  readonly summary: string | null;
  /** What it adds to the income of the months that the report shows; null for divisions. */
  readonly recognisedFen: number | null;
  readonly collectedFen: number | null;
  readonly unallocatedFen: number | null;
  /** The voucher, or the fact. */
  readonly href: string;
}
