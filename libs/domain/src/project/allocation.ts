/** A village's part of the whole, in ten-thousandths (基点). */
export interface Share {
  readonly village: string;
  readonly basisPoints: number;
  /** The credit code of the legal person whose book takes the share. */
  readonly organization?: string;
}

export interface AllocatedShare {
  readonly village: string;
  readonly amountFen: number;
}

/** All shares of a scheme together. */
export const WHOLE_BASIS_POINTS = 10_000;

/**
 * Shares out an amount by the method of largest remainders: each gets the whole part of A·s/S, and the fen that are left
 * go one by one to the largest fractions, ties to the smaller village code. A negative amount is shared as its opposite.
 * The parts come in the order of the shares and add up to the amount, to the fen. Exact for every amount of up to
 * 4·10^15 fen and whole shares of up to 10^4: A is split by S, so that no product leaves the exact integers.
 */
export function allocate(amountFen: number, shares: readonly Share[]): AllocatedShare[] {
  const whole = shares.reduce((sum, { basisPoints }) => sum + basisPoints, 0);
  const amount = Math.abs(amountFen);
  const times = Math.floor(amount / whole);
  const rest = amount % whole;
  const parts = shares.map(({ village, basisPoints }) => {
    const product = rest * basisPoints;
    return { village, fen: times * basisPoints + Math.floor(product / whole), fraction: product % whole };
  });
  let left = amount - parts.reduce((sum, { fen }) => sum + fen, 0);
  for (const part of parts.toSorted((a, b) => b.fraction - a.fraction || (a.village < b.village ? -1 : 1))) {
    if (left === 0) break;
    part.fen++;
    left--;
  }
  return parts.map(({ village, fen }) => ({ village, amountFen: amountFen < 0 && fen > 0 ? -fen : fen }));
}
