import { chartIdOf, charts, codeOf } from '@ledger/accounting';

export interface AccountName {
  readonly name: string;
  /** English, where the chart gives one. */
  readonly nameEn: string | null;
}

/** What an account is called: by its own chart, else by what the books call it; also where a link names one that is not. */
export function accountName(account: string, own: ReadonlyMap<string, string>): AccountName {
  const code = codeOf(account);
  const chart = Object.values(charts).find(({ id }) => id === chartIdOf(account));
  const ofChart = chart?.accounts.find((each) => each.code === code);
  if (ofChart !== undefined) return { name: ofChart.nameZh, nameEn: ofChart.nameEn };
  return { name: own.get(account) ?? code, nameEn: null };
}
