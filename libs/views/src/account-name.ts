import { charts, type ChartId, codeOf } from '@ledger/accounting';

export interface AccountName {
  readonly name: string;
  /** English, where the chart gives one. */
  readonly nameEn: string | null;
}

/** What an account is called: by its own chart, else by what the books call it. */
export function accountName(account: string, own: ReadonlyMap<string, string>): AccountName {
  const chart = charts[account.slice(0, account.indexOf(':')) as ChartId];
  const code = codeOf(account);
  const ofChart = chart.accounts.find((each) => each.code === code);
  if (ofChart !== undefined) return { name: ofChart.nameZh, nameEn: ofChart.nameEn };
  return { name: own.get(account) ?? code, nameEn: null };
}
