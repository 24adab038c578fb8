/**
 * A chart of accounts is data. The same number can name another account in another chart (131, 132, 153, 154, 211, 212,
 * 502, 511 and 521 do), so outside this lib an account is always written `chart:code`, for example `rural-collective-2024:50102`.
 */

export type ChartId = 'rural-collective-2024' | 'village-2004';
export type Side = 'debit' | 'credit';
export type AccountClass = 'asset' | 'liability' | 'equity' | 'cost' | 'income' | 'expense';

export interface Account {
  /** Digits in the pattern 3-2-2-2; the first three are the first-level account. */
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly class: AccountClass;
  readonly normalSide: Side;
  /** Fixed when the account is created. Only an account that is not postable takes children. */
  readonly postable: boolean;
}

/** What an account does, whatever its number. Lists hold account codes; a code stands for itself and all below it. */
export interface ChartRoles {
  readonly income: readonly string[];
  readonly operatingIncome: readonly string[];
  readonly expense: readonly string[];
  readonly cash: string;
  readonly bank: string;
  readonly incomeSettlement: readonly string[];
  readonly expenseSettlement: readonly string[];
  /** Where tax on income is owed; absent where the chart has no such account. */
  readonly taxesPayable?: string;
  readonly surplusOfYear: string;
  readonly appropriations: string;
  readonly undistributedSurplus: string;
  /** Must stand at zero before a close. */
  readonly clearedBeforeClose: readonly string[];
  readonly needsGrant: readonly string[];
  readonly needsParty: readonly string[];
  /** Assets are followed one by one here, so a line says which. */
  readonly needsAsset: readonly string[];
  readonly fixedAssets: string;
  readonly accumulatedDepreciation: string;
  /** Through which assets leave the books. */
  readonly assetDisposal: string;
  readonly disposalGain: string;
  readonly disposalLoss: string;
  /** Where the cost of an asset may come from. */
  readonly assetSettlement: readonly string[];
  /** What a month's depreciation is charged to. */
  readonly depreciationCharge: readonly string[];
  /** What is given to the collective, and what a revaluation finds. */
  readonly reserve: string;
}

export interface Chart {
  readonly id: ChartId;
  readonly nameZh: string;
  readonly nameEn: string;
  /** The official document that sets it. */
  readonly source: string;
  readonly inForceFrom: string;
  readonly inForceTo?: string;
  readonly accounts: readonly Account[];
  readonly roles: ChartRoles;
}

/** How the books of one standard go on under the next: a table, and whatever it leaves open an officer says. */
export interface Conversion {
  readonly from: ChartId;
  readonly to: ChartId;
  /** The first month under the new standard, always a January. */
  readonly period: string;
  /**
   * Where an account goes on, by code; a code stands for all below it that are not named themselves. Where an account
   * splits, all that it may go to, what most of it is first.
   */
  readonly successors: Readonly<Record<string, readonly string[]>>;
  /** Accounts that have no true successor, so that even the only one is for an officer to name. */
  readonly neverByItself: readonly string[];
  /** Where depreciation is charged from then on, by where it was charged before. */
  readonly depreciationCharge: Readonly<Record<string, string>>;
}

/** The name of an account everywhere outside this lib. */
export function qualified(chart: ChartId, code: string): string {
  return `${chart}:${code}`;
}

/** The code of a qualified account, for example `50102`. */
export function codeOf(account: string): string {
  return account.slice(account.indexOf(':') + 1);
}

/** The chart of a qualified account; nothing of a bare code. */
export function chartIdOf(account: string): string {
  return account.slice(0, Math.max(0, account.indexOf(':')));
}

/** Whether a code is one of the listed accounts or stands below one of them. */
export function isUnder(code: string, accounts: readonly string[]): boolean {
  return accounts.some((account) => code.startsWith(account));
}

/** The code of the account directly above, or undefined for a first-level account. */
export function parentOf(code: string): string | undefined {
  return code.length > 3 ? code.slice(0, -2) : undefined;
}
