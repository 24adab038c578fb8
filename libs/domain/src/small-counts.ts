/** A public answer tells no count under it: so few can be told by name. */
export const SMALLEST_PUBLIC_COUNT = 5;

/** A count of a public answer: `null` where it is left out. */
export type PublicCount = number | null;

/** Counts from 1 to 4 are left out of a public answer; zero says nothing of anybody. */
export function publicCount(count: number): PublicCount {
  return count > 0 && count < SMALLEST_PUBLIC_COUNT ? null : count;
}

/**
 * The sum of cells that stand beside it. It is left out with the first of its cells: sum less the others would tell that
 * one, and of several that are known to be small a sum can tell each, as 8 does of two.
 */
export function publicSum(cells: readonly PublicCount[]): PublicCount {
  return cells.reduce<PublicCount>((sum, cell) => (sum === null || cell === null ? null : sum + cell), 0);
}
