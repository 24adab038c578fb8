/** Evidence and tile bundles hold entries of at most 65,535 bytes; facts stay below that with room for their position. */
export const MAX_FACT_BYTES = 65_000;

/** To a fact; one has at most some 170 bytes in it. */
export const MAX_EVIDENCE = 20;

/**
 * A voucher's data stays this far below, because its reversal repeats its lines with a sign, gives its reason twice, and
 * may have evidence of its own.
 */
export const MAX_REVERSIBLE_BYTES = 54_000;
