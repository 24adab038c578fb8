/** One amount is at most 10^13 fen (a hundred billion yuan), far below the integers that JSON can lose. */
export const MAX_AMOUNT_FEN = 10_000_000_000_000;

/** Sums of one book stay below this, so that every sum is exact. */
export const MAX_SUM_FEN = 4_000_000_000_000_000;

/** `1,234.56` for people; amounts are stored and sent as integer fen. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const whole = Math.trunc(Math.abs(fen) / 100).toString();
  const cents = (Math.abs(fen) % 100).toString().padStart(2, '0');
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}
