import { charts, type ChartId, codeOf, isUnder } from '@ledger/accounting';

/** What turnovers are read by. */
export type Role = 'income' | 'expense';

const known = new Map<string, Role | undefined>();

/** What a qualified account is in its own chart: income, expense or neither. Remembered, as accounts are few. */
export function roleOf(account: string): Role | undefined {
  if (known.has(account)) return known.get(account);
  const chart = charts[account.slice(0, account.indexOf(':')) as ChartId] as (typeof charts)[ChartId] | undefined;
  if (chart === undefined) throw new Error(`account ${account} is of no chart that this program knows`);
  const code = codeOf(account);
  const role = isUnder(code, chart.roles.income)
    ? 'income'
    : isUnder(code, chart.roles.expense)
      ? 'expense'
      : undefined;
  known.set(account, role);
  return role;
}

/** The side on which income and expense grow, positive: credit − debit of income, debit − credit of expense. */
export function growth(role: Role, debitFen: number, creditFen: number): number {
  return role === 'income' ? creditFen - debitFen : debitFen - creditFen;
}
