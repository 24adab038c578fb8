import type { LocalDate, Period } from '../local-date.js';
import type { Allocated, SettlementFact, ShareTerms } from './settlement-facts.js';

export interface Allocation {
  readonly on: LocalDate;
  readonly period: Period;
  /** All that is shared of the month's income from this allocation on. */
  readonly amountFen: number;
  readonly terms: ShareTerms;
  readonly shares: Map<string, AllocatedTo>;
}

export interface AllocatedTo {
  readonly amountFen: number;
  organization?: string;
  outcome?: 'booked' | 'refused';
}

/** What a project has shared out; allocation n stands at n − 1. */
export type Allocations = Allocation[];

/** What of a month's income is shared now, and with whom. */
export interface Settled {
  readonly on: LocalDate;
  readonly amountFen: number;
  readonly terms: ShareTerms;
  readonly byVillage: ReadonlyMap<string, number>;
}

export function settledOf(allocations: Allocations, period: Period): Settled | undefined {
  const ofPeriod = allocations.filter((allocation) => allocation.period === period);
  const [first] = ofPeriod;
  const last = ofPeriod.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const byVillage = new Map<string, number>();
  for (const { shares } of ofPeriod) {
    for (const [village, { amountFen }] of shares) byVillage.set(village, (byVillage.get(village) ?? 0) + amountFen);
  }
  return { on: first.on, amountFen: last.amountFen, terms: first.terms, byVillage };
}

/** The months that are settled, each with the day on which its income was recognised. */
export function settledPeriods(allocations: Allocations): Map<Period, LocalDate> {
  return new Map(allocations.map(({ period, on }) => [period, on]));
}

export function termsOf({ account, settlement, summary, preparedBy, reviewedBy }: ShareTerms): ShareTerms {
  const { party } = settlement;
  return {
    account,
    settlement: { account: settlement.account, ...(party === undefined ? {} : { party }) },
    summary,
    preparedBy,
    reviewedBy,
  };
}

/** Folds what happened to settlements into `allocations`. */
export function evolveAllocations(allocations: Allocations, fact: SettlementFact): void {
  switch (fact.type) {
    case 'IncomeAllocated':
    case 'IncomeReallocated':
      allocations.push(allocationOf(fact.effectiveOn, fact.data));
      break;
    case 'ShareBooked':
    case 'ShareRefused':
    case 'ShareRetried': {
      const share = allocations[fact.data.allocationNo - 1]?.shares.get(fact.data.village);
      if (share === undefined) break;
      if (fact.type === 'ShareBooked') share.outcome = 'booked';
      else if (fact.type === 'ShareRefused') share.outcome = 'refused';
      else {
        delete share.outcome;
        if (fact.data.organization !== undefined) share.organization = fact.data.organization;
      }
      break;
    }
  }
}

function allocationOf(on: LocalDate, data: Allocated): Allocation {
  const shares = data.shares.map(({ village, ...share }): [string, AllocatedTo] => [village, share]);
  return { on, period: data.period, amountFen: data.amountFen, terms: termsOf(data), shares: new Map(shares) };
}
