import type { Sight } from '@ledger/domain';
import type { Permit } from './permit.js';

/** How far a command may see: as far as reads do. One token for everything has no sight, and costs nothing. */
export function sightOf({ principal, scope, seesAttachment }: Permit): Sight | undefined {
  if (principal.via === 'token') return undefined;
  return {
    seesDivision: (code) => scope.includesDivision(code),
    seesBook: (book, village) => scope.includesDivision(village) && scope.includesBook(book, village),
    seesAttachment,
  };
}
