import type { LocalDate, Origin, Period } from '@ledger/domain';
import type { Season } from '../books/seasons.js';

/**
 * One kind of income over the whole year. The amounts of its months of 2024 add up to `yearYuan` exactly; earlier years
 * follow from it. Accounts are those of the chart of 2024.
 */
export interface IncomeStream {
  /** Unique in the village. */
  readonly key: string;
  readonly account: string;
  readonly yearYuan: number;
  readonly season: Season;
  /** The day of the month on which it falls due. */
  readonly day: number;
  readonly summary: string;
  /** Bank when left out. A receivable (112, 113) is settled on the 18th of the next month. */
  readonly settlement?: '101' | '112' | '113';
  readonly party?: string;
  readonly project?: string;
  readonly contract?: string;
  /** SEED when the year's sum is part of a published figure. */
  readonly origin?: Origin;
  readonly nonRecurring?: true;
  /** The month in which it began, where that is in the years of the demo. */
  readonly since?: Period;
  /** A month whose entry was forgotten and came only after the month was closed. */
  readonly forgotten?: { readonly period: Period; readonly recordedOn: LocalDate; readonly reason: string };
  /** A month whose receipt does not say what it is for. */
  readonly unallocated?: Period;
}

/** What is depreciated, what is not, and the land that it stands on. */
export interface Property {
  readonly property: string;
  readonly other: string;
  readonly land: { readonly name: string; readonly category: 'GARDEN_LAND' | 'FOREST_LAND' | 'CONSTRUCTION_LAND' };
}

export interface Village {
  /** Pinyin, for keys and references. */
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly creditCode: string;
  readonly incomes: readonly IncomeStream[];
  /** Operating income of earlier years, where it was published. */
  readonly operatingYuan?: Readonly<Record<number, number>>;
  /** The years whose incomes marked SEED are part of a published figure; 2024 when left out. */
  readonly seedYears?: readonly number[];
  /** One of the villages that are made up: it keeps fewer kinds of expenses, and some of its papers come late. */
  readonly plain?: true;
  /** The last month of the demo, whose papers have not come at all. */
  readonly silentIn?: Period;
  /** What the village spends in 2024; the sums of a year unless a month is named. */
  readonly spends: {
    readonly payMonthYuan: number;
    readonly officeYuan: number;
    readonly operatingYuan: number;
    readonly welfareYuan: number;
    readonly depreciationMonthYuan: number;
  };
  /** What the books began with. Fixed assets follow from `assetsYuan`, capital from what is left. */
  readonly opening: {
    readonly bankYuan: number;
    readonly receivableYuan: number;
    readonly accumulatedDepreciationYuan: number;
    readonly payableYuan: number;
    readonly reserveYuan: number;
    readonly undistributedYuan: number;
    readonly origin?: Origin;
  };
  /** How its cards call what it has. */
  readonly property?: Property;
  /** Total assets on the last day of 2024. */
  readonly assetsYuan: number;
  /** An earmarked grant received in April; most of it is built with by autumn. */
  readonly grant?: {
    readonly reference: string;
    readonly yuan: number;
    readonly purpose: string;
    readonly project: string;
  };
  /** An income entered with a slip of the pen, reversed and entered again. */
  readonly mistyped?: {
    readonly entered: IncomeStream;
    readonly rightYuan: number;
    readonly foundOn: LocalDate;
    readonly reason: string;
  };
  /** Business of January 2025 that comes in before December is closed. */
  readonly newYear?: true;
  /** December of 2024 waits for papers, so the year is still open. */
  readonly yearOpen?: true;
}
