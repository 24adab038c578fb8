import type { LocalDate, Period, SettledShare } from '@ledger/domain';
import { history, type HistoryChange } from './history.js';

export type ShareStatus = 'pending' | 'booked' | 'refused' | 'nothing';

/** A village's part of one allocation, and what became of it. */
export interface ShareState extends Omit<SettledShare, 'organization'> {
  readonly project: string;
  readonly allocationNo: number;
  readonly organization: string | null;
  /** The month whose income is shared. */
  readonly settledPeriod: Period;
  readonly effectiveOn: LocalDate;
  /** Why there is a difference to what was shared before; null for the first allocation of a month. */
  readonly reason: string | null;
  /** `nothing` where there is nothing to book. */
  readonly status: ShareStatus;
  readonly bookedIn: { readonly book: string; readonly period: Period; readonly voucherNo: number } | null;
  readonly refusal: { readonly code: string; readonly messageZh: string; readonly messageEn: string } | null;
}

type ShareChange =
  | { readonly asked: Omit<ShareState, 'status' | 'bookedIn' | 'refusal'> }
  | { readonly bookedIn: NonNullable<ShareState['bookedIn']> }
  | { readonly refusal: NonNullable<ShareState['refusal']> }
  | { readonly retriedFor: string | null };

/** The shares of joint projects, by project and by village. */
export const share = history<ShareState, ShareChange>({
  name: 'share',
  version: 1,
  find: ['project', 'village'],
  on: {
    IncomeAllocated: ({ data, effectiveOn }) => data.shares.map((each) => asked(data, each, effectiveOn, null)),
    IncomeReallocated: ({ data, effectiveOn }) =>
      data.shares.map((each) => asked(data, each, effectiveOn, data.reason)),
    ShareBooked: ({ data }) => {
      const { book, period, voucherNo } = data;
      return [{ ...nameOf(data), change: { bookedIn: { book, period, voucherNo } } }];
    },
    ShareRefused: ({ data }) => {
      const { code, messageZh, messageEn } = data;
      return [{ ...nameOf(data), change: { refusal: { code, messageZh, messageEn } } }];
    },
    ShareRetried: ({ data }) => [{ ...nameOf(data), change: { retriedFor: data.organization ?? null } }],
  },
  evolve: (state, change) => {
    if ('asked' in change) {
      const status = change.asked.amountFen === 0 ? 'nothing' : 'pending';
      return { ...change.asked, status, bookedIn: null, refusal: null };
    }
    if (state === undefined) return undefined;
    if ('bookedIn' in change) return { ...state, status: 'booked', bookedIn: change.bookedIn, refusal: null };
    if ('refusal' in change) return { ...state, status: 'refused', refusal: change.refusal };
    return { ...state, status: 'pending', organization: change.retriedFor, refusal: null };
  },
});

interface Named {
  readonly project: string;
  readonly allocationNo: number;
  readonly village: string;
}

/** In the order of the project's allocations, and in each by village. */
function nameOf({ project, allocationNo, village }: Named): Pick<HistoryChange, 'key' | 'find'> {
  return { key: `${project}/${String(allocationNo).padStart(6, '0')}/${village}`, find: { project, village } };
}

function asked(
  { project, allocationNo, period }: Pick<ShareState, 'project' | 'allocationNo'> & { period: Period },
  { village, organization = null, amountFen }: Omit<SettledShare, 'organization'> & { organization?: string | null },
  effectiveOn: LocalDate,
  reason: string | null,
): HistoryChange<ShareChange> {
  const of = { project, allocationNo, village };
  const said = { ...of, settledPeriod: period, effectiveOn, reason, organization, amountFen };
  return { ...nameOf(of), change: { asked: said } };
}
