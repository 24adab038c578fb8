import type { Origin } from '../command.js';
import type { FactDraft } from '../fact.js';
import type { LocalDate } from '../local-date.js';
import type { Share } from './allocation.js';

/** What every fact of a project says. */
export interface OfProject {
  readonly project: string;
  readonly origin?: Origin;
}

export type ProjectProposed = FactDraft<
  'ProjectProposed',
  OfProject & {
    readonly name: string;
    readonly kind: string;
    readonly types: readonly string[];
    readonly programmes: readonly string[];
    readonly leadVillage: string;
    /** All that take part from the first day on, the lead village first. */
    readonly villages: readonly string[];
  }
>;
export type ProjectApproved = FactDraft<'ProjectApproved', OfProject & { readonly resolution?: string }>;
export type ProjectStarted = FactDraft<'ProjectStarted', OfProject>;
export type ProjectSuspended = FactDraft<'ProjectSuspended', OfProject & { readonly reason: string }>;
export type ProjectResumed = FactDraft<'ProjectResumed', OfProject>;
export type ProjectCompleted = FactDraft<'ProjectCompleted', OfProject>;
export type ProjectClosed = FactDraft<'ProjectClosed', OfProject & { readonly reason?: string }>;
export type LifeCycleFact =
  | ProjectProposed
  | ProjectApproved
  | ProjectStarted
  | ProjectSuspended
  | ProjectResumed
  | ProjectCompleted
  | ProjectClosed;

export type VillageJoined = FactDraft<'VillageJoined', OfProject & { readonly village: string }>;
export type VillageLeft = FactDraft<'VillageLeft', OfProject & { readonly village: string; readonly reason?: string }>;
export type AllocationSchemeSet = FactDraft<
  'AllocationSchemeSet',
  OfProject & {
    /** By village code; together 10,000. */
    readonly shares: readonly Share[];
  }
>;

/** Sold by the project: its statistic. Income stands in the books alone. */
export interface Sale extends OfProject {
  readonly saleNo: number;
  readonly product: string;
  readonly quantityGrams?: number;
  readonly amountFen: number;
  readonly channel: string;
}

export interface VisitorCount extends OfProject {
  readonly countNo: number;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly count: number;
  readonly source: string;
}

export interface Job extends OfProject {
  readonly jobNo: number;
  /** A pseudonym. */
  readonly worker: string;
  readonly household?: string;
  /** The village that counts the job as its own. */
  readonly village: string;
  readonly kind: string;
}

export interface Gain extends OfProject {
  readonly gainNo: number;
  readonly year: number;
  /** Of the whole population, not a head. */
  readonly amountFen: number;
  readonly method: string;
  readonly population: { readonly of: string; readonly count: number };
  readonly household?: string;
  /** Of the household, or that the population lives in; left out where the gain is of the whole project. */
  readonly village?: string;
}

/** Takes back what should not have been recorded: it repeats the whole record and names its fact. */
export type Withdrawn<R> = R & { readonly corrects: string; readonly reason: string };

export type SaleRecorded = FactDraft<'SaleRecorded', Sale>;
export type SaleWithdrawn = FactDraft<'SaleWithdrawn', Withdrawn<Sale>>;
export type VisitorsCounted = FactDraft<'VisitorsCounted', VisitorCount>;
export type VisitorCountWithdrawn = FactDraft<'VisitorCountWithdrawn', Withdrawn<VisitorCount>>;
export type JobRecorded = FactDraft<'JobRecorded', Job>;
export type JobEnded = FactDraft<
  'JobEnded',
  OfProject & { readonly jobNo: number; readonly worker: string; readonly village: string }
>;
/** Its end, which is a fact of its own, goes with it. */
export type JobWithdrawn = FactDraft<'JobWithdrawn', Withdrawn<Job> & { readonly endedOn?: LocalDate }>;
export type HouseholdGainRecorded = FactDraft<'HouseholdGainRecorded', Gain>;
export type HouseholdGainWithdrawn = FactDraft<'HouseholdGainWithdrawn', Withdrawn<Gain>>;

export interface Enrolment extends OfProject {
  readonly household: string;
  readonly village: string;
}

export type HouseholdEnrolled = FactDraft<
  'HouseholdEnrolled',
  Enrolment & { readonly role: string; readonly contract?: string }
>;
export type HouseholdWithdrawn = FactDraft<'HouseholdWithdrawn', Enrolment & { readonly reason: string }>;

export type ProjectFact =
  | LifeCycleFact
  | VillageJoined
  | VillageLeft
  | AllocationSchemeSet
  | SaleRecorded
  | SaleWithdrawn
  | VisitorsCounted
  | VisitorCountWithdrawn
  | HouseholdEnrolled
  | HouseholdWithdrawn
  | JobRecorded
  | JobEnded
  | JobWithdrawn
  | HouseholdGainRecorded
  | HouseholdGainWithdrawn;
