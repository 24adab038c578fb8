import { type Chart, charts, type ChartId, codeOf, isUnder } from '@ledger/accounting';

/** What turnovers are read by. */
export type Role = 'income' | 'expense';

const known = new Map<string, Role | undefined>();

/** What a qualified account is in its own chart: income, expense or neither. Remembered, as accounts are few. */
export function roleOf(account: string): Role | undefined {
  if (known.has(account)) return known.get(account);
  const chart = chartOf(account);
  const code = codeOf(account);
  const role = isUnder(code, chart.roles.income)
    ? 'income'
    : isUnder(code, chart.roles.expense)
      ? 'expense'
      : undefined;
  known.set(account, role);
  return role;
}

/** Which of the accounts of assets a qualified account is in its own chart. */
export function assetAccountOf(account: string): 'cost' | 'depreciation' | 'disposal' | undefined {
  const { fixedAssets, accumulatedDepreciation, assetDisposal } = chartOf(account).roles;
  const code = codeOf(account);
  if (isUnder(code, [fixedAssets])) return 'cost';
  if (isUnder(code, [accumulatedDepreciation])) return 'depreciation';
  return isUnder(code, [assetDisposal]) ? 'disposal' : undefined;
}

/** Where income is received: as money, or as what is owed by others and members. */
export function settlementOf(account: string): 'money' | 'receivable' | undefined {
  const { cash, bank, incomeSettlement } = chartOf(account).roles;
  const code = codeOf(account);
  if (isUnder(code, [cash, bank])) return 'money';
  return isUnder(code, incomeSettlement) ? 'receivable' : undefined;
}

/** Whether a qualified account is operating income in its own chart. */
export function isOperatingIncome(account: string): boolean {
  return isUnder(codeOf(account), chartOf(account).roles.operatingIncome);
}

function chartOf(account: string): Chart {
  const chart = charts[account.slice(0, account.indexOf(':')) as ChartId] as Chart | undefined;
  if (chart === undefined) throw new Error(`account ${account} is of no chart that this program knows`);
  return chart;
}

/** The side on which income and expense grow, positive: credit − debit of income, debit − credit of expense. */
export function growth(role: Role, debitFen: number, creditFen: number): number {
  return role === 'income' ? creditFen - debitFen : debitFen - creditFen;
}
