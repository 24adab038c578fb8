import type { Period } from '@ledger/domain';
import { wrongInput } from '../input.js';

const MAX_MONTHS = 240;

/** Refuses months that run backwards, or more of them than an answer should hold. */
export function refuseRange(from: Period, to: Period): void {
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5)) + 1;
  if (months < 1 || months > MAX_MONTHS) {
    throw wrongInput(
      'to',
      `应不早于from,且不超过${MAX_MONTHS}个月`,
      `must not be before from, and at most ${MAX_MONTHS} months`,
    );
  }
}
