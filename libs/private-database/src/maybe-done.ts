/**
 * A server that was not reached has not said whether a transaction was done. `wasDone` asks it again, and throws while it does
 * not answer.
 */
export interface MaybeDone extends Error {
  wasDone(): boolean;
}

export function isMaybeDone(error: unknown): error is MaybeDone {
  return error instanceof Error && 'wasDone' in error;
}
