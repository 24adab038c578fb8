import { Refusal } from '../refusal.js';
import type { Reach } from '../refusals/access.js';

/**
 * How far whoever asks may see. What lies outside is to a decision as if it were not there, so that a refusal tells
 * nothing of it. What is decided without a sight sees everything: processes of the ledger, and a ledger of one token.
 */
export interface Sight {
  seesDivision(code: string): boolean;
  /** A book, by the village that it stands in. */
  seesBook(book: string, village: string): boolean;
  seesAttachment(sha256: string): boolean;
}

/** Refuses what only somebody may do who sees a division, whether it is there or not. */
export function refuseBeyond(sight: Sight | undefined, code: string, needs: Reach, field: string): void {
  if (sight !== undefined && !sight.seesDivision(code)) throw new Refusal('GRANT_TOO_NARROW', { needs }, field);
}
