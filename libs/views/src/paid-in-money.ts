import { apportion, type Line } from '@ledger/accounting';
import { settlementOf } from './account-roles.js';
import { exact } from './exact.js';

/**
 * How much of each line was paid in cash or by bank in its own voucher, credit positive, in the order of the lines. Money
 * that came in counts for the credits to other accounts in their proportion, money that went out for the debits; at most
 * what these come to. A voucher in red letters gives the opposite amounts.
 */
export function paidInMoney(lines: readonly Line[]): number[] {
  const credits = lines.map((line) => creditFen(line));
  const paid = lines.map(() => 0);
  for (const sign of [1, -1] as const) {
    const weights = credits.map((fen, i) => (isMoney(lines[i]) ? 0 : Math.max(0, sign * fen)));
    const moved = sumOf(credits.map((fen, i) => (isMoney(lines[i]) ? Math.max(0, -sign * fen) : 0)));
    const whole = sumOf(weights);
    if (moved === 0 || whole === 0) continue;
    const parts = moved >= whole ? weights : apportion(moved, weights);
    parts.forEach((part, i) => {
      if (part !== 0) paid[i] = (paid[i] ?? 0) + sign * part;
    });
  }
  return paid;
}

function creditFen({ side, amountFen }: Line): number {
  return side === 'credit' ? amountFen : -amountFen;
}

function isMoney(line: Line | undefined): boolean {
  return line !== undefined && settlementOf(line.account) === 'money';
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, fen) => exact(sum + fen), 0);
}
