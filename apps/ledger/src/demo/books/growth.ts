import { drawn } from './seasons.js';
import { LAST_YEAR } from './years.js';

/** What an earlier year was as a percentage of the last one, for the whole village. */
export function growthPercent(village: string, year: number): number {
  if (year === LAST_YEAR) return 100;
  return year === LAST_YEAR - 1 ? 89 + drawn(`${village} ${year}`, 10) : 79 + drawn(`${village} ${year}`, 11);
}
