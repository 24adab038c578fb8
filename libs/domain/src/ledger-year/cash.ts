import type { Line } from '@ledger/accounting';
import { netFen } from '@ledger/accounting';
import type { LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { isCash } from './cash-account.js';
import type { LedgerYear } from './year.js';

/** Net of a set of balances or movements on cash on hand and its sub-accounts. */
export function cashOf(balances: ReadonlyMap<string, number>): number {
  let cash = 0;
  for (const [account, net] of balances) if (isCash(account)) cash += net;
  return cash;
}

export function cashMovement(lines: readonly Pick<Line, 'account' | 'side' | 'amountFen'>[]): number {
  return lines.reduce((cash, line) => (isCash(line.account) ? cash + netFen(line) : cash), 0);
}

/**
 * Cash on hand can never have been negative at the end of a day. Checked for every day from `from` on, with the
 * movement added there; what comes in never needs checking.
 */
export function refuseNegativeCash(year: LedgerYear, carriedFen: number, from: LocalDate, movementFen: number): void {
  const days = [...year.cashByDay].filter(([, net]) => net !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  let balanceFen = carriedFen + movementFen;
  for (const [day, net] of days) if (day <= from) balanceFen += net;
  if (balanceFen < 0) throw new Refusal('CASH_NEGATIVE', { on: from, balanceFen });
  for (const [day, net] of days) {
    if (day <= from) continue;
    balanceFen += net;
    if (balanceFen < 0) throw new Refusal('CASH_NEGATIVE', { on: day, balanceFen });
  }
}
