import { yuan } from '@ledger/domain';

/** `12.34%` of basis points, as the page and the workbook show it. */
export function percent(basisPoints: number): string {
  return `${yuan(basisPoints)}%`;
}

/** `1,234.57` ten thousands of yuan, rounded half away from zero: for a look; the exact amount stands beside it. */
export function wan(fen: number): string {
  return yuan(wanHundredths(fen));
}

/** Hundredths of ten thousand yuan: 10,000 fen each. */
export function wanHundredths(fen: number): number {
  return Math.sign(fen) * Math.floor((Math.abs(fen) + 5_000) / 10_000);
}

/** `1234.56` without thousands, for programs: as many digits as the amount has, never a rounded one. */
export function plainYuan(fen: number): string {
  return yuan(fen).replaceAll(',', '');
}
