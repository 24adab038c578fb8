import type { Ratio } from './measures.js';
import { type Qualifier, qualifierHolds } from './qualifiers.js';

/** The two figures that a ratio is of, both in one unit. */
export interface RatioOfParts {
  readonly numerator: number;
  readonly denominator: number;
}

/** A ratio in basis points, rounded half up to a step. */
export function ratioBasisPoints({ numerator, denominator }: RatioOfParts, stepBasisPoints = 1): number {
  return (
    Number(roundedHalfUp(BigInt(numerator) * 10_000n, BigInt(denominator) * BigInt(stepBasisPoints))) * stepBasisPoints
  );
}

/**
 * Whether a stated ratio is that of its parts under its qualifier. "1.56" says two decimals, not four: an exact ratio is
 * compared after rounding to the step in which its measure is published.
 */
export function isRatioOf(
  parts: RatioOfParts,
  stated: { readonly value: number; readonly qualifier: Qualifier },
  { stepBasisPoints }: Ratio,
): boolean {
  const actual = ratioBasisPoints(parts, stated.qualifier === 'exact' ? stepBasisPoints : 1);
  return qualifierHolds(stated.qualifier, actual, stated.value);
}

/** An average of whole things, rounded half up. */
export function roundedAverage(sum: number, count: number): number {
  return Number(roundedHalfUp(BigInt(sum), BigInt(count)));
}

/** Half is rounded towards the greater; the divisor is above zero. */
function roundedHalfUp(dividend: bigint, divisor: bigint): bigint {
  const doubled = 2n * dividend + divisor;
  const quotient = doubled / (2n * divisor);
  // BigInt division cuts towards zero, a floor goes down.
  return doubled < 0n && doubled % (2n * divisor) !== 0n ? quotient - 1n : quotient;
}
