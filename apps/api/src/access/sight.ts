import type { Sight } from '@ledger/domain';
import { mayEverything, type Permit } from './permit.js';

/** How far a command may see: as far as reads do. One token for everything has no sight, and costs nothing. */
export function sightOf(permit: Permit): Sight | undefined {
  if (mayEverything(permit)) return undefined;
  const { scope, seesAttachment } = permit;
  return {
    seesDivision: (code) => scope.includesDivision(code),
    seesBook: (book, village) => scope.includesDivision(village) && scope.includesBook(book, village),
    seesAttachment,
  };
}
