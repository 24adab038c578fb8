import type { NaiveFact } from '../support/naive-replay.js';

export interface Features {
  readonly correction: boolean;
  readonly reversal: boolean;
  readonly severalOpenMonths: boolean;
  readonly yearClose: boolean;
  readonly nextYearBegunBefore: boolean;
  /** A change of standard, and something booked after it. */
  readonly conversion: boolean;
  readonly recode: boolean;
  /** A new code that was known only after it held. */
  readonly lateRecode: boolean;
  readonly merger: boolean;
}

/** What happened in a history, as its facts say. */
export function featuresOf(facts: readonly NaiveFact[]): Features {
  const lastClosed = new Map<string, string>();
  const months = new Map<string, Set<string>>();
  let severalOpenMonths = false;
  let nextYearBegunBefore = false;
  for (const { type, data } of facts) {
    const of = months.get(data.book) ?? new Set<string>();
    months.set(data.book, of);
    if (type === 'PeriodClosed') {
      lastClosed.set(data.book, data.period);
      const next = `${Number(data.period.slice(0, 4)) + 1}-01`;
      if (data.period.endsWith('-12') && [...of].some((month) => month >= next)) nextYearBegunBefore = true;
    } else if (data.kind !== undefined) {
      of.add(data.period);
      const open = [...of].filter((month) => month > (lastClosed.get(data.book) ?? ''));
      severalOpenMonths ||= open.length > 1;
    }
  }
  return {
    correction: facts.some(({ data }) => 'corrects' in data && data.kind === 'ordinary'),
    reversal: facts.some(({ type }) => type === 'VoucherReversed'),
    severalOpenMonths,
    yearClose: facts.some(({ type }) => type === 'YearClosed'),
    nextYearBegunBefore,
    conversion: facts.some(
      ({ type, position, data }) =>
        type === 'StandardConverted' &&
        facts.some(
          (later) => later.position > position && later.data.book === data.book && later.data.kind !== undefined,
        ),
    ),
    recode: facts.some(({ type }) => type === 'DivisionRecoded'),
    lateRecode: facts.some(
      ({ type, effectiveOn, position }) =>
        type === 'DivisionRecoded' &&
        facts.some((other) => other.position < position && other.effectiveOn > effectiveOn),
    ),
    merger: facts.some(({ type }) => type === 'VillagesMerged'),
  };
}
