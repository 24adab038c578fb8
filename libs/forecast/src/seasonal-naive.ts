/** A forecast and the interval that past errors leave around it; no interval where they are too few to tell. */
export interface Forecast {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface SeasonalNaive {
  readonly steps: readonly Forecast[];
  /** Of all steps together: its interval is that of whole runs, as the errors of one run go together. */
  readonly sum: Forecast;
}

export interface SeasonalNaiveQuestion {
  /** How many steps make a season: 12 for months. */
  readonly season: number;
  /** At most a season. */
  readonly steps: number;
  /** Which part of the errors shall lie inside, in ten-thousandths. */
  readonly coverageBasisPoints: number;
}

/** Two seasons: one to repeat, and one to see how far repeating misses. */
export function leastHistory(season: number): number {
  return 2 * season;
}

/**
 * Every step as it was a season before (Hyndman and Athanasopoulos, Forecasting: principles and practice, 5.2): the
 * simplest forecast that knows the seasons, and the one to beat. The interval is made of the errors that the same rule made
 * in the past, without a law assumed for them: of n ordered errors the k-th smallest and the k-th largest, with
 * k = ⌊(n + 1)·α/2⌋, so that a next error of the same kind lies between them in at least the part that was asked for
 * (as in split conformal prediction). Undefined with less than two seasons of history.
 */
export function seasonalNaive(series: readonly number[], question: SeasonalNaiveQuestion): SeasonalNaive | undefined {
  const { season, steps, coverageBasisPoints } = question;
  if (steps < 0 || steps > season) throw new RangeError(`cannot repeat a season of ${season} over ${steps} steps`);
  if (series.length < leastHistory(season)) return undefined;
  const errors = series.slice(season).map((value, i) => value - (series[i] ?? 0));
  const repeated = series.slice(series.length - season, series.length - season + steps);
  const sums = runs(errors, steps);
  return {
    steps: repeated.map((value) => between(value, errors, coverageBasisPoints)),
    sum: steps === 0 ? { value: 0, low: 0, high: 0 } : between(total(repeated), sums, coverageBasisPoints),
  };
}

function between(value: number, errors: readonly number[], coverageBasisPoints: number): Forecast {
  const ordered = errors.toSorted((a, b) => a - b);
  const k = Math.floor(((errors.length + 1) * (10_000 - coverageBasisPoints)) / 20_000);
  const [low, high] = [ordered[k - 1], ordered[ordered.length - k]];
  if (k === 0 || low === undefined || high === undefined) return { value, low: null, high: null };
  return { value, low: value + low, high: value + high };
}

/** The sums of as many errors in a row. Runs overlap, so they tell less than their number says. */
function runs(errors: readonly number[], length: number): number[] {
  const count = length === 0 ? 0 : Math.max(0, errors.length - length + 1);
  return Array.from({ length: count }, (_, i) => total(errors.slice(i, i + length)));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
