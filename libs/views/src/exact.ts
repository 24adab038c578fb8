/** Returns a sum of fen, or throws when it is beyond the integers that JavaScript and JSON keep exactly. */
export function exact(fen: number): number {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`a sum of ${fen} fen can no longer be kept exactly`);
  return fen;
}
