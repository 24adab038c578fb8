import type { Origin } from '../command.js';
import type { FactDraft } from '../fact.js';
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

export type ProjectFact = LifeCycleFact | VillageJoined | VillageLeft | AllocationSchemeSet;
