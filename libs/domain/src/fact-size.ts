/** Evidence and tile bundles hold entries of at most 65,535 bytes; facts stay below that with room for their position. */
export const MAX_FACT_BYTES = 65_000;

/** A voucher's data stays this far below, because its reversal repeats its lines with a sign and gives its reason twice. */
export const MAX_REVERSIBLE_BYTES = 58_000;
