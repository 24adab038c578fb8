import type { LocalDate, VoucherRef } from '@ledger/domain';
import { dateOfDay, periodOfMonth } from '../calendar.js';
import type { Basis } from './report.js';

/** Where the API stands: links are complete paths, so that they can be followed as they are. */
const ROOT = '/api/v1';

/** What an amount of income is made of. */
export type IncomeMeasure = 'recognised' | 'collected' | 'nonRecurring' | 'corrected' | 'unallocated';

export interface IncomeFilter {
  readonly role?: 'operating' | 'other';
  /** `chart:code`; with `*` behind it, it stands for all that begin with it. */
  readonly accounts?: readonly string[];
  /** Null for what belongs to no project; left out for all. */
  readonly project?: string | null;
}

/** The times and the place of a report, which all its links share. */
export interface LinkedQuestion {
  readonly division: string;
  readonly basis: Basis;
  readonly asOf: LocalDate;
  readonly knownAt: number;
}

/** The read that lists the entries behind an amount; months are yyyymm. */
export function entriesHref(
  { division, basis, asOf, knownAt }: LinkedQuestion,
  { role, accounts, project }: IncomeFilter,
  measure: IncomeMeasure,
  from: number,
  to: number,
): string {
  const what =
    (role === undefined ? '' : `&role=${role}`) +
    (accounts === undefined ? '' : `&accounts=${accounts.join(',')}`) +
    (project === undefined ? '' : project === null ? '&withoutProject=true' : `&project=${project}`);
  const months = `from=${periodOfMonth(from)}&to=${periodOfMonth(to)}`;
  return `${ROOT}/divisions/${division}/income-entries?measure=${measure}&${months}${what}&basis=${basis}&asOf=${asOf}&knownAt=${knownAt}`;
}

/** A voucher, on the day it is booked on: earlier it is not in the books. */
export function voucherHref(
  book: string,
  { period, voucherNo }: VoucherRef,
  bookedOn: number,
  knownAt: number,
): string {
  return `${ROOT}/books/${book}/vouchers/${period}/${voucherNo}?asOf=${dateOfDay(bookedOn)}&knownAt=${knownAt}`;
}

/** A fact among the others. */
export function factHref(position: number, knownAt: number): string {
  return `${ROOT}/events?after=${positionCursor(position - 1)}&limit=1&knownAt=${knownAt}`;
}

/** A cursor that stands for a position; opaque, nobody should count with it. */
export function positionCursor(position: number): string {
  return Buffer.from(`after:${position}`).toString('base64url');
}
