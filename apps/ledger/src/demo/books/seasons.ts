import { hash } from 'node:crypto';
import type { Period } from '@ledger/domain';

/** Weights of the twelve months. */
export type Season = readonly number[];

export const MONTHLY: Season = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
export const EVERY_OTHER: Season = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
export const HALF_YEARLY: Season = [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0];
/** Rent is due in the first month of a quarter, */
export const QUARTERLY: Season = [1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0];
/** and bank interest is credited in the last. */
export const QUARTER_ENDS: Season = [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1];
/** Spring outings, the May holiday, and the week of the National Day. */
export const TOURISM: Season = [2, 5, 9, 10, 9, 4, 4, 4, 5, 12, 4, 2];
export const PLUM_BLOSSOM: Season = [4, 14, 8, 2, 1, 1, 0, 0, 0, 1, 0, 2];
export const PLUM_HARVEST: Season = [0, 0, 0, 0, 5, 9, 1, 0, 0, 0, 0, 0];
export const SPRING_TEA: Season = [0, 0, 8, 9, 3, 0, 0, 0, 1, 0, 0, 0];
export const BAMBOO_SHOOTS: Season = [2, 3, 8, 9, 3, 0, 0, 0, 0, 0, 2, 4];
export const VEGETABLES: Season = [4, 3, 3, 4, 6, 6, 5, 5, 6, 7, 6, 5];
export const ORCHIDS: Season = [12, 10, 9, 5, 4, 3, 3, 3, 6, 7, 5, 8];

/** A year's sum that falls in one month. */
export function onceIn(month: number): Season {
  return MONTHLY.map((_, index) => (index + 1 === month ? 1 : 0));
}

const STEP_FEN = 1000;

/**
 * Shares of a sum by weight, in whole tens of yuan; the last month takes what is left, so that the shares add up
 * exactly. With a seed the weights vary by a tenth, the same way each time.
 */
export function spread(totalFen: number, season: Season, seed?: string): number[] {
  const weights = season.map((weight, i) => weight * (seed === undefined ? 100 : 90 + drawn(`${seed} ${i}`, 21)));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole === 0) return weights.map(() => 0);
  const shares = weights.map((weight) => Math.floor((totalFen * weight) / whole / STEP_FEN) * STEP_FEN);
  const last = weights.findLastIndex((weight) => weight > 0);
  const left = totalFen - shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share, i) => (i === last ? share + left : share));
}

/** A whole number from 0 to below `limit`, always the same for a seed. */
export function drawn(seed: string, limit: number): number {
  return Number.parseInt(hash('sha256', seed, 'hex').slice(0, 8), 16) % limit;
}

const NUMERALS = ['一', '二', '三', '四'];

/** How a bookkeeper names the share of a month: by the quarter or half-year that it pays for, else by the month. */
export function spanOf(season: Season, period: Period): string {
  const times = season.filter((weight) => weight > 0).length;
  const month = Number(period.slice(5));
  if (times === 1) return `${period.slice(0, 4)}年`;
  if (times === 2) return month <= 6 ? '上半年' : '下半年';
  if (times === 4 && (season === QUARTERLY || season === QUARTER_ENDS)) {
    return `${NUMERALS[Math.floor((month - 1) / 3)]}季度`;
  }
  return `${month}月份`;
}
