import { isOperatingIncome } from '../account-roles.js';
import { monthAfter, periodOfMonth } from '../calendar.js';
import { exact } from '../exact.js';
import type { Href } from './figures.js';
import type { IncomeFilter } from './links.js';
import type { KeyedIncome } from './parts.js';
import type { MonthOfIncome, ReportCell } from './report.js';

/** Income month by month: what was recognised, total and operating, and what was collected of both. */
export class MonthSeries {
  readonly total = new Map<number, number>();
  readonly operating = new Map<number, number>();
  readonly #collected = new Map<number, number>();
  readonly #operatingCollected = new Map<number, number>();

  constructor(private readonly income: KeyedIncome) {
    const operatingKeys = new Set<number>();
    const incomeKeys = new Set<number>();
    for (const [key, { role, account }] of income.keys) {
      if (role !== 'income') continue;
      incomeKeys.add(key);
      if (isOperatingIncome(account)) operatingKeys.add(key);
    }
    for (const [key, month, recognised, collected] of income.months) {
      if (!incomeKeys.has(key)) continue;
      add(this.total, month, recognised);
      add(this.#collected, month, collected);
      if (!operatingKeys.has(key)) continue;
      add(this.operating, month, recognised);
      add(this.#operatingCollected, month, collected);
    }
  }

  shown(from: number, to: number, hrefOf: (filter: IncomeFilter) => Href): MonthOfIncome[] {
    const months: MonthOfIncome[] = [];
    const [total, operating] = [hrefOf({}), hrefOf({ role: 'operating' })];
    for (let month = from; month <= to; month = monthAfter(month)) {
      months.push({
        period: periodOfMonth(month),
        total: cells(this.total, this.#collected, total, month),
        operating: cells(this.operating, this.#operatingCollected, operating, month),
      });
    }
    return months;
  }

  /** Of the villages that have any in those months. */
  operatingByVillage(from: number, to: number): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    const { keys, months } = this.income;
    const villages = new Map<number, string>();
    for (const [key, { role, account, village }] of keys) {
      if (role === 'income' && isOperatingIncome(account)) villages.set(key, village);
    }
    for (const [key, month, recognised] of months) {
      const village = villages.get(key);
      if (village === undefined || month < from || month > to) continue;
      sums.set(village, exact((sums.get(village) ?? 0) + recognised));
    }
    return sums;
  }
}

function add(sums: Map<number, number>, month: number, fen: number): void {
  sums.set(month, exact((sums.get(month) ?? 0) + fen));
}

function cells(
  recognised: ReadonlyMap<number, number>,
  collected: ReadonlyMap<number, number>,
  href: Href,
  month: number,
): MonthOfIncome['total'] {
  const cell = (by: ReadonlyMap<number, number>, measure: 'recognised' | 'collected'): ReportCell => ({
    fen: by.get(month) ?? 0,
    href: by.has(month) ? href(measure, month, month) : null,
  });
  return { recognised: cell(recognised, 'recognised'), collected: cell(collected, 'collected') };
}
