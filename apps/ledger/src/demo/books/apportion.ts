import { allocate } from '@ledger/domain';

/** Divides a whole among parts by their weights, by the largest remainders that joint projects share by; nothing is lost. */
export function apportion(
  whole: number,
  parts: readonly { readonly key: string; readonly weight: number }[],
): ReadonlyMap<string, number> {
  const shares = parts.map(({ key, weight }) => ({ village: key, basisPoints: weight }));
  return new Map(allocate(whole, shares).map(({ village, amountFen }) => [village, amountFen]));
}
