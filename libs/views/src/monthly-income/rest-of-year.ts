import { leastHistory, seasonalNaive } from '@ledger/forecast';
import { monthAfter, periodOfMonth } from '../calendar.js';
import type { Interval, RestOfYear } from './report.js';

const SEASON = 12;
const COVERAGE_BASIS_POINTS = 8_000;

/** What the months to December may bring, from the income of the months up to the report's, unless something forbids it. */
export function restOfYear(
  month: number,
  monthly: ReadonlyMap<number, number>,
  yearToDateFen: number,
  forbidden: 'MONTH_NOT_OVER' | 'VILLAGES_WITHOUT_DATA' | undefined,
): RestOfYear {
  const series = seriesTo(month, monthly);
  const steps = SEASON - (month % 100);
  const question = { season: SEASON, steps, coverageBasisPoints: COVERAGE_BASIS_POINTS };
  const forecast = forbidden === undefined ? seasonalNaive(series, question) : undefined;
  const said = {
    method: 'seasonal-naive',
    historyMonths: series.length,
    coverageBasisPoints: COVERAGE_BASIS_POINTS,
  } as const;
  if (forecast === undefined) {
    const short = series.length < leastHistory(SEASON);
    return { ...said, refused: short ? 'NOT_ENOUGH_HISTORY' : (forbidden ?? null), months: [], year: null };
  }
  const months: RestOfYear['months'][number][] = [];
  let at = month;
  for (const step of forecast.steps) {
    at = monthAfter(at);
    months.push({ period: periodOfMonth(at), ...interval(step, 0) });
  }
  return { ...said, refused: null, months, year: interval(forecast.sum, yearToDateFen) };
}

function interval(
  { value, low, high }: { value: number; low: number | null; high: number | null },
  addedFen: number,
): Interval {
  return {
    fen: value + addedFen,
    lowFen: low === null ? null : low + addedFen,
    highFen: high === null ? null : high + addedFen,
  };
}

/** From the first month with income to the last; a month without any is zero. */
function seriesTo(month: number, monthly: ReadonlyMap<number, number>): number[] {
  const known = [...monthly.keys()];
  const series: number[] = [];
  for (let at = Math.min(...known); known.length > 0 && at <= month; at = monthAfter(at)) {
    series.push(monthly.get(at) ?? 0);
  }
  return series;
}
