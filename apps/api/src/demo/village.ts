import type { LocalDate, Origin } from '@ledger/domain';
import type { Season } from './seasons.js';

/** One kind of income over the whole year. The amounts of its months add up to `yearYuan` exactly. */
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
  /** A month whose entry was forgotten and came only after the month was closed. */
  readonly forgotten?: { readonly month: number; readonly recordedOn: LocalDate; readonly reason: string };
}

export interface Village {
  /** Pinyin, for keys and references. */
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly creditCode: string;
  readonly incomes: readonly IncomeStream[];
  /** What the village spends; the sums of a year unless a month is named. */
  readonly spends: {
    readonly payMonthYuan: number;
    readonly officeYuan: number;
    readonly operatingYuan: number;
    readonly welfareYuan: number;
    readonly depreciationMonthYuan: number;
  };
  /** What the year began with. Fixed assets follow from `assetsYuan`, capital from what is left. */
  readonly opening: {
    readonly bankYuan: number;
    readonly receivableYuan: number;
    readonly accumulatedDepreciationYuan: number;
    readonly payableYuan: number;
    readonly reserveYuan: number;
    readonly undistributedYuan: number;
    readonly origin?: Origin;
  };
  /** Total assets on the last day of the year. */
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
  /** December waits for papers, so the year is still open. */
  readonly yearOpen?: true;
}
