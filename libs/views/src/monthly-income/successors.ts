import { charts, type ChartId, codeOf, qualified } from '@ledger/accounting';
import type { LocalDate } from '@ledger/domain';
import { isOperatingIncome } from '../account-roles.js';

/**
 * Where the income accounts of the chart of 2004 went with that of 2024, by the longest code that fits. What one account
 * was split into is told by the accounts below it; without them it has no single successor and is left out.
 */
const SUCCESSORS: Readonly<Record<string, string>> = {
  'village-2004:501': '501',
  'village-2004:51101': '501',
  'village-2004:51102': '502',
  'village-2004:521': '504',
  'village-2004:522': '503',
  'village-2004:531': '504',
  'village-2004:561': '502',
};

/** The chart that is in force on a day. */
export function chartInForce(day: LocalDate): ChartId {
  const inForce = Object.values(charts).find(
    ({ inForceFrom, inForceTo }) => inForceFrom <= day && (inForceTo === undefined || day <= inForceTo),
  );
  return inForce?.id ?? 'village-2004';
}

/**
 * The first-level account in whose line an income account is shown under a chart: its own, or the one that it went into.
 * What has no single successor keeps its own.
 */
export function lineAccount(account: string, chart: ChartId): string {
  const own = account.slice(0, account.indexOf(':')) as ChartId;
  const code = codeOf(account);
  if (own !== chart && charts[own].inForceFrom < charts[chart].inForceFrom) {
    const successor = SUCCESSORS[qualified(own, code.slice(0, 5))] ?? SUCCESSORS[qualified(own, code.slice(0, 3))];
    const target = successor === undefined ? undefined : qualified(chart, successor);
    // A line never mixes operating with other income, whatever the table says.
    if (target !== undefined && isOperatingIncome(target) === isOperatingIncome(account)) return target;
  }
  return qualified(own, code.slice(0, 3));
}
