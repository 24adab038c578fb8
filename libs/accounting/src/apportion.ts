/**
 * Shares out an amount by weights, by the method of largest remainders: each gets the whole part of A·w/W, and the fen
 * that are left go one by one to the largest fractions, ties to the first. The parts add up to the amount, to the fen, and
 * those of the opposite amount are their opposites. Weights are not negative, and one of them is above zero.
 */
export function apportion(amountFen: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const amount = Math.abs(amountFen);
  const parts = weights.map((weight) => divided(amount, weight, whole));
  let left = amount - parts.reduce((sum, { quotient }) => sum + quotient, 0);
  const fens = parts.map(({ quotient }) => quotient);
  const order = parts.map((_, i) => i).toSorted((a, b) => compare(parts[b]?.rest ?? 0n, parts[a]?.rest ?? 0n) || a - b);
  for (const i of order) {
    if (left === 0) break;
    fens[i] = (fens[i] ?? 0) + 1;
    left--;
  }
  return fens.map((fen) => (amountFen < 0 && fen > 0 ? -fen : fen));
}

/** Two amounts of money multiplied leave the exact numbers, so the product is a BigInt. */
function divided(amount: number, weight: number, whole: number): { quotient: number; rest: bigint } {
  const product = BigInt(amount) * BigInt(weight);
  return { quotient: Number(product / BigInt(whole)), rest: product % BigInt(whole) };
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}
