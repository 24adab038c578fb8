import type { FactDraft } from '../fact.js';
import type { LocalDate, Period } from '../local-date.js';
import type { OfProject } from './facts.js';

/** How each village books its share: the income account of its book, and where the money is. */
export interface ShareTerms {
  readonly account: string;
  readonly settlement: { readonly account: string; readonly party?: string };
  readonly summary: string;
  readonly preparedBy: string;
  readonly reviewedBy: string;
}

/** A village's part of an amount; negative where a later allocation takes back. */
export interface SettledShare {
  readonly village: string;
  /** The legal person in whose book it stands; without one it is refused until a retry names it. */
  readonly organization?: string;
  readonly amountFen: number;
}

/** What an allocation says, whether the first of its period or one that changes it. */
export interface Allocated extends OfProject, ShareTerms {
  /** From 1 in each project. */
  readonly allocationNo: number;
  /** The month whose income is shared. */
  readonly period: Period;
  /** All that is shared of the month's income from now on. */
  readonly amountFen: number;
  /** The day from which the scheme holds that was applied. */
  readonly schemeOn: LocalDate;
  /** What each village gets by this allocation; by village code. */
  readonly shares: readonly SettledShare[];
}

/** `effectiveOn` is the day on which the income was recognised. */
export type IncomeAllocated = FactDraft<'IncomeAllocated', Allocated>;
/** The difference to what was shared before. With the same amount the differences add up to zero. */
export type IncomeReallocated = FactDraft<'IncomeReallocated', Allocated & { readonly reason: string }>;

export interface OfShare extends OfProject {
  readonly allocationNo: number;
  readonly village: string;
}

export type ShareBooked = FactDraft<
  'ShareBooked',
  OfShare & {
    readonly book: string;
    /** The month in whose books the voucher stands. */
    readonly period: Period;
    readonly voucherNo: number;
  }
>;
export type ShareRefused = FactDraft<
  'ShareRefused',
  OfShare & { readonly code: string; readonly messageZh: string; readonly messageEn: string }
>;
/** A refused share is to be booked after all. */
export type ShareRetried = FactDraft<'ShareRetried', OfShare & ShareTerms & Omit<SettledShare, 'village'>>;

export type SettlementFact = IncomeAllocated | IncomeReallocated | ShareBooked | ShareRefused | ShareRetried;
