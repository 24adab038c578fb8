import { type LocalDate, nextPeriod, type Period, periodOf } from '../local-date.js';
import { Refusal } from '../refusal.js';
import type { Correction } from './commands.js';

/** What the book's years say about its months. */
export interface BookMonths {
  readonly startPeriod: Period;
  /** The last month closed in the whole book; months close in order. */
  readonly lastClosed?: Period;
  readonly today: LocalDate;
}

export function oldestOpen({ startPeriod, lastClosed }: BookMonths): Period {
  return lastClosed === undefined ? startPeriod : nextPeriod(lastClosed);
}

/**
 * The month in whose books an entry stands: the month of its business date while that is open, else the oldest open
 * month, and then only with a reason. A closed month has been disclosed to the villagers and never changes.
 */
export function periodFor(
  effectiveOn: LocalDate,
  correction: Correction | undefined,
  months: BookMonths,
): { period: Period; corrects?: { period: Period; reason: string } } {
  const period = periodOf(effectiveOn);
  if (period < months.startPeriod) refuseNotOpen(period, months);
  if (months.lastClosed === undefined || period > months.lastClosed) {
    // Left out silently, the reason would be missing from the books though the receipt says all was recorded.
    if (correction !== undefined) throw new Refusal('CORRECTION_NOT_NEEDED', { period }, 'correction');
    return { period };
  }
  const open = oldestOpen(months);
  if (correction === undefined) {
    const facts = { period, lastClosed: months.lastClosed, oldestOpen: open };
    throw new Refusal('PERIOD_CLOSED', facts, 'effectiveOn');
  }
  if (open > periodOf(months.today)) refuseNotOpen(open, months);
  return { period: open, corrects: { period, reason: correction.reason } };
}

function refuseNotOpen(period: Period, months: BookMonths): never {
  const facts = { period, startPeriod: months.startPeriod, oldestOpen: oldestOpen(months) };
  throw new Refusal('PERIOD_NOT_OPEN', facts, 'effectiveOn');
}
