import type { LocalDate } from '@ledger/domain';
import { dayNumber, isLastDay, monthOfDay } from '@ledger/views';

/** Both times of a question, resolved: a date in the village, and a position at which an append was whole. */
export interface At {
  readonly asOf: LocalDate;
  readonly knownAt: number;
}

/**
 * How a day is reached from whole months by as few entries as possible: up to the 15th by adding the month's entries to
 * the month before, after it by taking the later entries off the month itself. The last day needs none.
 */
export interface Reach {
  /** The last number of a month (yyyymm) that the base may have; before January that is the turn of the year. */
  readonly base: number;
  /** The month of the day, yyyymm. */
  readonly month: number;
  readonly entries: { readonly sign: 1 | -1; readonly from: number; readonly to: number } | undefined;
}

export function reachOf(asOf: LocalDate): Reach {
  const day = dayNumber(asOf);
  const month = monthOfDay(day);
  if (isLastDay(asOf)) return { base: month, month, entries: undefined };
  return day % 100 <= 15
    ? { base: month - 1, month, entries: { sign: 1, from: month * 100 + 1, to: day } }
    : { base: month, month, entries: { sign: -1, from: day + 1, to: month * 100 + 31 } };
}
