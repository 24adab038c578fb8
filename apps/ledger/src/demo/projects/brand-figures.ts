import { spread, VEGETABLES } from '../books/seasons.js';
import { CONVERTED_YEAR, months } from '../books/years.js';

/** The brand of vegetables of two villages in Jidong. Its figures of 2024 are published ones, to the kilogram and head. */
export const BRAND = 'yizhuo-tucai';

/** By the keys of the villages, in ten-thousandths. */
export const BRAND_SHARES = [
  { village: 'daqiao', basisPoints: 5600 },
  { village: 'chetou', basisPoints: 4400 },
] as const;

export const BRAND_STARTED_ON = '2023-03-06';

const YEAR_YUAN: Readonly<Record<number, number>> = { 2023: 486_000, [CONVERTED_YEAR]: 730_000 };

/** What the villages share month by month; nothing before the brand began. */
export function brandFen(year: number): number[] {
  const amounts = spread((YEAR_YUAN[year] ?? 0) * 100, seasonIn(year));
  return months(year).map((_, index) => amounts[index] ?? 0);
}

/** What was sold in 2024: 101,200 斤. */
export const SOLD_GRAMS = 50_600_000;

/** The kinds of vegetables, with their part of the weight and what a kilogram brings. */
export const PRODUCTS = [
  { product: '高山青菜', percent: 34, yuanPerKg: 11, channel: 'CANTEEN' },
  { product: '芋艿', percent: 27, yuanPerKg: 14, channel: 'SHOP' },
  { product: '山地萝卜', percent: 21, yuanPerKg: 9, channel: 'MARKET' },
  { product: '笋干菜', percent: 18, yuanPerKg: 32, channel: 'ONLINE' },
] as const;

/** Signed households by village: 232. */
export const HOUSEHOLDS = [
  { village: 'daqiao', count: 128 },
  { village: 'chetou', count: 104 },
] as const;

/** People employed by village: 265. They come from the two villages and from those around them. */
export const WORKERS = [
  { village: 'daqiao', count: 92, gainYuan: 15_600 },
  { village: 'chetou', count: 78, gainYuan: 14_700 },
  { village: '109-1', count: 55, gainYuan: 14_400 },
] as const;

/** The rest of them, and what is left of 15,000 yuan for each of the 265. */
export const LAST_WORKERS = { village: '109-2', count: 40 } as const;
export const WORKERS_IN_ALL = 265;
export const GAIN_A_HEAD_YUAN = 15_000;

function seasonIn(year: number): readonly number[] {
  return year === 2023 ? VEGETABLES.map((weight, index) => (index < 3 ? 0 : weight)) : VEGETABLES;
}
