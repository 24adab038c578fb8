import { type Fact, thaw } from './fact.js';
import { CorruptLog } from './refusal.js';

/** Brings the data of one version of a fact type to the next. Stored bytes are never rewritten. */
export type Upcaster = (data: object) => object;

export interface FactTypeHistory {
  readonly current: number;
  /** `upcasters[n]` brings version n to n + 1. */
  readonly upcasters?: Readonly<Record<number, Upcaster>>;
}

/** Every fact type that the ledger knows, with its newest version. */
export const factTypes: Readonly<Record<string, FactTypeHistory>> = {
  LedgerOpened: { current: 1 },
  DivisionRegistered: { current: 1 },
  DivisionRenamed: { current: 1 },
  DivisionRecoded: { current: 1 },
  VillagesMerged: { current: 1 },
  DivisionAbolished: { current: 1 },
  OrganizationRegistered: { current: 1 },
  BookOpened: { current: 1 },
  AccountAdded: { current: 1 },
  AccountRetired: { current: 1 },
  AccountantHandedOver: { current: 1 },
  OpeningBalancesRecorded: { current: 1 },
  StandardConverted: { current: 1 },
  IncomeRecorded: { current: 1 },
  ExpenseRecorded: { current: 1 },
  VoucherPosted: { current: 1 },
  VoucherReversed: { current: 1 },
  DepreciationRecorded: { current: 1 },
  PeriodClosed: { current: 1 },
  YearClosed: { current: 1 },
  HouseholdRegistered: { current: 1 },
  HouseholdDissolved: { current: 1 },
  ConsentGiven: { current: 1 },
  ConsentWithdrawn: { current: 1 },
  PersonalDataEntered: { current: 1 },
  PersonalDataCorrected: { current: 1 },
  PersonalDataDisclosed: { current: 1 },
  PersonalDataRestricted: { current: 1 },
  SubjectKeyDestroyed: { current: 1 },
  IndicatorReported: { current: 1 },
  ProjectProposed: { current: 1 },
  ProjectApproved: { current: 1 },
  ProjectStarted: { current: 1 },
  ProjectSuspended: { current: 1 },
  ProjectResumed: { current: 1 },
  ProjectCompleted: { current: 1 },
  ProjectClosed: { current: 1 },
  VillageJoined: { current: 1 },
  VillageLeft: { current: 1 },
  AllocationSchemeSet: { current: 1 },
  HouseholdEnrolled: { current: 1 },
  HouseholdWithdrawn: { current: 1 },
  SaleRecorded: { current: 1 },
  SaleWithdrawn: { current: 1 },
  VisitorsCounted: { current: 1 },
  VisitorCountWithdrawn: { current: 1 },
  JobRecorded: { current: 1 },
  JobEnded: { current: 1 },
  JobWithdrawn: { current: 1 },
  HouseholdGainRecorded: { current: 1 },
  HouseholdGainWithdrawn: { current: 1 },
  IncomeAllocated: { current: 1 },
  IncomeReallocated: { current: 1 },
  ShareBooked: { current: 1 },
  ShareRefused: { current: 1 },
  ShareRetried: { current: 1 },
  AssetRegistered: { current: 1 },
  AssetImproved: { current: 1 },
  AssetRevalued: { current: 1 },
  AssetUseChanged: { current: 1 },
  AssetMarkedIdle: { current: 1 },
  AssetActivated: { current: 1 },
  AssetDisposed: { current: 1 },
  AssetPosted: { current: 1 },
  AssetPostingRefused: { current: 1 },
  AssetPostingRetried: { current: 1 },
  RoleGranted: { current: 1 },
  RoleRevoked: { current: 1 },
};

/** Reads stored bytes as the newest version of their type. Throws `CorruptLog` for a type or version never written. */
export function readFact(bytes: string, types: Readonly<Record<string, FactTypeHistory>> = factTypes): Fact {
  return upcast(thaw(bytes), types);
}

function upcast(fact: Fact, types: Readonly<Record<string, FactTypeHistory>>): Fact {
  const history = Object.hasOwn(types, fact.type) ? types[fact.type] : undefined;
  if (history === undefined) throw new CorruptLog(`unknown fact type ${fact.type} (fact ${fact.id})`);
  if (fact.version === history.current) return fact;
  if (!Number.isInteger(fact.version) || fact.version < 1)
    throw new CorruptLog(`no way to read ${fact.type} version ${String(fact.version)} (fact ${fact.id})`);
  let data = fact.data;
  for (let version = fact.version; version < history.current; version++) {
    const upcaster = history.upcasters?.[version];
    if (upcaster === undefined)
      throw new CorruptLog(`no way to read ${fact.type} version ${version} (fact ${fact.id})`);
    data = upcaster(data);
  }
  if (fact.version > history.current) {
    throw new CorruptLog(`${fact.type} version ${fact.version} is newer than this program (fact ${fact.id})`);
  }
  return { ...fact, version: history.current, data };
}
