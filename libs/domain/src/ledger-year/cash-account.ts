import { charts, codeOf, isUnder } from '@ledger/accounting';

const CASH = [...new Set(Object.values(charts).map(({ roles }) => roles.cash))];

/**
 * Whether an account (`chart:code`) is cash on hand or stands below it. Both charts number it 101, so the code alone
 * tells, and a year need not know the chart of its book to be folded.
 */
export function isCash(account: string): boolean {
  return isUnder(codeOf(account), CASH);
}
