import { codesOfDay, type NaiveDivision } from './naive-divisions.js';

/** What a patient person with the facts of joint projects, paper and a pencil would answer. */
export interface NaiveFact {
  readonly position: number;
  readonly type: string;
  readonly effectiveOn: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Times {
  readonly asOf: string;
  readonly knownAt: number;
}

export interface NaiveShare extends Readonly<Record<string, unknown>> {
  readonly project: string;
  readonly allocationNo: number;
  readonly village: string;
  readonly settledPeriod: string;
  readonly amountFen: number;
  readonly status: string;
}

type Said = { readonly village: string; readonly organization?: string; readonly amountFen: number };
type Scheme = readonly { readonly village: string; readonly basisPoints: number }[];

const ALLOCATED = ['IncomeAllocated', 'IncomeReallocated'];

export class NaiveShares {
  constructor(private readonly facts: readonly NaiveFact[]) {}

  /** Every share that both times leave, by project, allocation and the code under which its village was recorded. */
  all(times: Times): NaiveShare[] {
    const facts = this.#left(times);
    const shares = facts
      .filter(({ type }) => ALLOCATED.includes(type))
      .flatMap((allocated) => (allocated.data['shares'] as Said[]).map((said) => shareOf(allocated, said, facts)));
    return shares.toSorted(
      (a, b) => compare(a.project, b.project) || a.allocationNo - b.allocationNo || compare(a.village, b.village),
    );
  }

  /** For every code that was ever given, the one that it stands for on that day. */
  codes({ asOf, knownAt }: Times): Map<string, string | undefined> {
    const known = this.facts.filter(({ position }) => position <= knownAt);
    return codesOfDay(known as unknown as { type: string; effectiveOn: string; data: NaiveDivision }[], asOf);
  }

  /** What was settled of each month of a project, shared out anew under the scheme that was known to hold on its day. */
  due(project: string, times: Times): Record<string, Record<string, number>> {
    const facts = this.#left(times).filter(({ data }) => data['project'] === project);
    const months: Record<string, Record<string, number>> = {};
    for (const { type, effectiveOn, data } of facts) {
      if (!ALLOCATED.includes(type)) continue;
      const scheme = facts
        .filter((fact) => fact.type === 'AllocationSchemeSet' && fact.effectiveOn <= effectiveOn)
        .toSorted((a, b) => compare(a.effectiveOn, b.effectiveOn) || a.position - b.position)
        .at(-1);
      months[String(data['period'])] = byLargestRemainder(Number(data['amountFen']), scheme?.data['shares'] as Scheme);
    }
    return months;
  }

  #left({ asOf, knownAt }: Times): NaiveFact[] {
    return this.facts.filter(({ position, effectiveOn }) => position <= knownAt && effectiveOn <= asOf);
  }
}

/** What the allocation says of the share, and then whatever was told of it, one after the other. */
function shareOf({ data, effectiveOn }: NaiveFact, said: Said, facts: readonly NaiveFact[]): NaiveShare {
  const {
    project,
    allocationNo,
    period,
    reason = null,
  } = data as { project: string; allocationNo: number } & NaiveFact['data'];
  const { village, organization = null, amountFen } = said;
  let share: NaiveShare = {
    project,
    allocationNo,
    village,
    settledPeriod: String(period),
    effectiveOn,
    reason,
    organization,
    amountFen,
    status: amountFen === 0 ? 'nothing' : 'pending',
    bookedIn: null,
    refusal: null,
  };
  for (const { type, data: told } of facts) {
    if (told['project'] !== project || told['allocationNo'] !== allocationNo || told['village'] !== village) continue;
    const { book, period: month, voucherNo, code, messageZh, messageEn } = told;
    if (type === 'ShareBooked') share = { ...share, status: 'booked', bookedIn: { book, period: month, voucherNo } };
    if (type === 'ShareRefused') share = { ...share, status: 'refused', refusal: { code, messageZh, messageEn } };
    if (type === 'ShareRetried') {
      share = { ...share, status: 'pending', refusal: null, organization: told['organization'] ?? null };
    }
  }
  return share;
}

/** Everybody the whole part, and then a fen each by the size of what was cut off, the smaller code before the greater. */
function byLargestRemainder(amountFen: number, scheme: Scheme): Record<string, number> {
  const parts = scheme.map(({ village, basisPoints }) => {
    const product = BigInt(amountFen) * BigInt(basisPoints);
    return { village, fen: product / 10_000n, cut: product % 10_000n };
  });
  let left = BigInt(amountFen) - parts.reduce((sum, { fen }) => sum + fen, 0n);
  for (const part of parts.toSorted((a, b) => Number(b.cut - a.cut) || compare(a.village, b.village))) {
    if (left-- <= 0n) break;
    part.fen++;
  }
  return Object.fromEntries(parts.flatMap(({ village, fen }) => (fen === 0n ? [] : [[village, Number(fen)]])));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
