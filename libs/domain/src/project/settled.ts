import type { LocalDate, Period } from '../local-date.js';
import type { Allocated, SettlementFact, ShareTerms } from './settlement-facts.js';

export interface Allocation {
  readonly on: LocalDate;
  readonly period: Period;
  /** The number of the settlement that it begins or changes: a month that was taken back whole may be settled anew. */
  readonly settlementNo: number;
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

/** The settlement of a month that stands, and what has changed it; what was taken back whole before it is over. */
export function settlementOf(allocations: Allocations, period: Period): Allocations {
  const standing = allocations.findLast((allocation) => allocation.period === period)?.settlementNo;
  return allocations.filter(({ settlementNo }) => settlementNo === standing);
}

export function settledOf(allocations: Allocations, period: Period): Settled | undefined {
  const settlement = settlementOf(allocations, period);
  const [first] = settlement;
  const last = settlement.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const byVillage = new Map<string, number>();
  for (const { shares } of settlement) {
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
      allocations.push(allocationOf(fact.effectiveOn, fact.data, fact.data.allocationNo));
      break;
    case 'IncomeReallocated': {
      const { period, allocationNo } = fact.data;
      const { settlementNo = allocationNo } = allocations.findLast((known) => known.period === period) ?? {};
      allocations.push(allocationOf(fact.effectiveOn, fact.data, settlementNo));
      break;
    }
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

function allocationOf(on: LocalDate, data: Allocated, settlementNo: number): Allocation {
  const shares = data.shares.map(({ village, ...share }): [string, AllocatedTo] => [village, share]);
  const { period, amountFen } = data;
  return { on, period, settlementNo, amountFen, terms: termsOf(data), shares: new Map(shares) };
}
