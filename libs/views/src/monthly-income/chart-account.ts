import { charts, chartIdOf, codeOf } from '@ledger/accounting';
import { firstDay, type Period } from '@ledger/domain';
import { chartInForce } from './successors.js';

/** An account as its chart has it, seen from a month. */
export interface ChartAccount {
  readonly code: string;
  /** Where another standard than that of the month has it: the same number may mean another account there. */
  readonly otherStandard: { readonly source: string; readonly inForceFrom: string } | null;
}

export function chartAccount(account: string, period: Period): ChartAccount {
  const code = codeOf(account);
  const id = chartIdOf(account);
  const chart = Object.values(charts).find((each) => each.id === id);
  const same = chart === undefined || chart.id === chartInForce(firstDay(period));
  return { code, otherStandard: same ? null : { source: chart.source, inForceFrom: chart.inForceFrom } };
}
