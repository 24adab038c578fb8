/** A month, `YYYY-MM`. */
type Month = string;

/**
 * Straight-line depreciation (年限平均法) from one month on: `spreadFen` is spread evenly over `months`, the first of them
 * the month after `after`. Nothing follows once they are over.
 */
export interface Schedule {
  readonly after: Month;
  /** What had been depreciated by the end of that month. */
  readonly accumulatedFen: number;
  readonly spreadFen: number;
  readonly months: number;
}

/** What an asset is worth by its card: cost, what is not depreciated, and how the rest is spread. */
export interface AssetValue {
  readonly costFen: number;
  readonly residualFen: number;
  /** The month in which it came into service; depreciation starts with the next one. */
  readonly inService: Month;
  /** The whole life, counted from its service. Absent for what is not depreciated, such as what stands at nominal value. */
  readonly lifeMonths?: number;
  readonly schedule: Schedule;
}

/** What changes a value, in the order of the business dates. */
export type ValueChange =
  | {
      readonly kind: 'registered';
      readonly costFen: number;
      readonly residualFen: number;
      readonly inService: Month;
      readonly lifeMonths?: number;
      /** An asset that a book begins with: what was depreciated before the book's first month. */
      readonly opening?: { readonly accumulatedFen: number; readonly startPeriod: Month };
    }
  | {
      readonly kind: 'restated';
      readonly month: Month;
      /** What is added to the cost; negative where it is written down. */
      readonly differenceFen: number;
      readonly residualFen?: number;
      readonly lifeMonths?: number;
    };

/**
 * The value after a change. An improvement or a revaluation leaves what was depreciated by the end of its month, and
 * spreads what remains over the remaining life.
 */
export function changedValue(value: AssetValue | undefined, change: ValueChange): AssetValue {
  if (change.kind === 'registered') {
    const { costFen, residualFen, inService, lifeMonths, opening } = change;
    const after = opening === undefined ? inService : monthBefore(opening.startPeriod);
    return withSchedule({ costFen, residualFen, inService, ...life(lifeMonths) }, after, opening?.accumulatedFen ?? 0);
  }
  if (value === undefined) throw new Error('a value is restated before it was registered');
  const after = later(change.month, value.schedule.after);
  return withSchedule(
    {
      costFen: value.costFen + change.differenceFen,
      residualFen: change.residualFen ?? value.residualFen,
      inService: value.inService,
      ...life(change.lifeMonths ?? value.lifeMonths),
    },
    after,
    accumulatedFen(value.schedule, after),
  );
}

/**
 * What is depreciated by the end of a month: floor(spread × n / months), n being the months gone by. A month's
 * depreciation is the difference of two months, so that it never comes to more than what is spread.
 */
export function accumulatedFen(schedule: Schedule, month: Month): number {
  const { after, spreadFen, months } = schedule;
  const gone = Math.min(Math.max(0, monthsBetween(after, month)), months);
  if (gone === 0) return schedule.accumulatedFen;
  // The product can leave the exact integers; quotient and rest of it don't.
  const whole = Math.floor(spreadFen / months);
  const rest = spreadFen % months;
  return schedule.accumulatedFen + whole * gone + Math.floor((rest * gone) / months);
}

/** How many months lie between two, negative where the second is the earlier one. */
export function monthsBetween(from: Month, to: Month): number {
  return numberOf(to) - numberOf(from);
}

function withSchedule(value: Omit<AssetValue, 'schedule'>, after: Month, accumulated: number): AssetValue {
  const months = value.lifeMonths === undefined ? 0 : value.lifeMonths - monthsBetween(value.inService, after);
  const spreadFen = value.lifeMonths === undefined ? 0 : value.costFen - value.residualFen - accumulated;
  return { ...value, schedule: { after, accumulatedFen: accumulated, spreadFen, months: Math.max(0, months) } };
}

function life(lifeMonths: number | undefined): { lifeMonths?: number } {
  return lifeMonths === undefined ? {} : { lifeMonths };
}

function later(a: Month, b: Month): Month {
  return a > b ? a : b;
}

function monthBefore(month: Month): Month {
  const number = numberOf(month) - 1;
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}

function numberOf(month: Month): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}
