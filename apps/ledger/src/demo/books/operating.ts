import { allocate } from '@ledger/domain';
import { BRAND_SHARES, brandFen } from '../projects/brand-figures.js';
import type { IncomeStream, Village } from '../county/village.js';

/** Under 501 and 502 of the chart of 2024. */
export function isOperating({ account }: Pick<IncomeStream, 'account'>): boolean {
  return account.startsWith('501') || account.startsWith('502');
}

/** The operating income of 2024 that a village's book will show: its own, and its shares of the brand. */
export function operatingFenOf(village: Village): number {
  const slip = village.mistyped;
  const ownYuan = village.incomes.filter(isOperating).reduce((sum, { yearYuan }) => sum + yearYuan, 0);
  const againYuan = slip !== undefined && isOperating(slip.entered) ? slip.rightYuan : 0;
  return (ownYuan + againYuan) * 100 + brandShareFen(village, 2024);
}

function brandShareFen({ key }: Village, year: number): number {
  const shares = brandFen(year).flatMap((amountFen) => allocate(amountFen, BRAND_SHARES));
  return shares.reduce((sum, { village, amountFen }) => (village === key ? sum + amountFen : sum), 0);
}
