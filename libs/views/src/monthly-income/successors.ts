import { charts, type ChartId, codeOf, conversionFrom, qualified, successorsOf } from '@ledger/accounting';
import type { LocalDate } from '@ledger/domain';
import { isOperatingIncome } from '../account-roles.js';

/** The chart that is in force on a day. */
export function chartInForce(day: LocalDate): ChartId {
  const inForce = Object.values(charts).find(
    ({ inForceFrom, inForceTo }) => inForceFrom <= day && (inForceTo === undefined || day <= inForceTo),
  );
  return inForce?.id ?? 'village-2004';
}

/**
 * The first-level account in whose line an income account is shown under a chart: its own, or the one that it went into
 * when books changed their standard. What was split has no single successor and keeps its own.
 */
export function lineAccount(account: string, chart: ChartId): string {
  const own = account.slice(0, account.indexOf(':')) as ChartId;
  const code = codeOf(account);
  const conversion = conversionFrom(own);
  if (conversion?.to === chart) {
    const [successor, ...others] = successorsOf(code, conversion);
    const target = successor === undefined ? undefined : qualified(chart, successor.slice(0, 3));
    // A line never mixes operating with other income, whatever the table says.
    if (target !== undefined && others.length === 0 && isOperatingIncome(target) === isOperatingIncome(account)) {
      return target;
    }
  }
  return qualified(own, code.slice(0, 3));
}
