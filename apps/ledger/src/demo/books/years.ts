import { charts } from '@ledger/accounting';

/** The years of the demo: two under the chart before 2024, one under the chart after it. */
export const YEARS = [2022, 2023, 2024] as const;
export const FIRST_YEAR = YEARS[0];
export const LAST_YEAR = 2024;
/** The first year under the other chart. */
export const CONVERTED_YEAR = 2024;

export const OLD_STANDARD = charts['village-2004'].id;

/**
 * The villages' stories name accounts of the chart of 2024; these are the same in the chart before it. Taxes and public
 * welfare had no accounts of their own then.
 */
const BEFORE_2024: readonly (readonly [string, string])[] = [
  ['50103', '51101'],
  ['50203', '51102'],
  ['502', '561'],
  ['501', '501'],
  ['503', '522'],
  ['504', '531'],
  ['511', '502'],
  ['512', '502'],
  ['513', '541'],
  ['514', '551'],
  ['515', '551'],
  ['211', '202'],
  ['212', '211'],
  ['153', '154'],
];

/** The account of a year's chart for one of the chart of 2024. */
export function accountIn(year: number, account: string): string {
  if (year >= CONVERTED_YEAR) return account;
  const [, before = account] = BEFORE_2024.find(([after]) => account.startsWith(after)) ?? [];
  return before;
}

export function months(year: number): string[] {
  return Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
}
