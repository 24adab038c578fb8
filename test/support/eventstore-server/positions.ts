import { invalidPosition } from './answers.js';
import type { LogIndex } from './log-index.js';

/** The event at a position. Within the log only where a record begins can be read from, as in a transaction file. */
export function ordinalAt(index: LogIndex, position: number): number {
  const ordinal = index.firstAtOrAfter(position);
  const isBoundary = position === 0 || ordinal === index.count || index.position(ordinal) === position;
  if (!isBoundary) throw invalidPosition();
  return ordinal;
}
