import { AdjustSettlement, SettleIncome } from '@ledger/domain';
import type { Draft } from '@ledger/drafts';
import type { GrantedScopes, Scope } from '@ledger/readmodel';
import { type Permit, scopeForAlso } from '../access/permit.js';
import type { Operation } from '../access/rules/index.js';

/** Which drafts the asker is shown. */
export interface DraftSight {
  /** Asked by the code that a draft was submitted under: it goes with its village. */
  readonly scope: Scope;
  readonly sees: (draft: Pick<Draft, 'command' | 'division' | 'book'>) => boolean;
}

/** By the command, the read that tells what came of it: to whom that is refused, the draft is not shown either. */
export const draftsReadBy: ReadonlyMap<string, Operation> = new Map([
  [SettleIncome.name, 'getProjectsSettlements'],
  [AdjustSettlement.name, 'getProjectsSettlements'],
]);

/** As far as the permit reaches or, where an operation is named, as far as it would for that one too. */
export function sightOfDrafts(permit: Permit, scopes: GrantedScopes, operation?: Operation): DraftSight {
  const scope = scopes.ofPlaces(operation === undefined ? permit.scope : scopeForAlso(permit, operation, scopes));
  const told = (command: string, division: string): boolean => {
    const read = draftsReadBy.get(command);
    return read === undefined || scopes.ofPlaces(scopeForAlso(permit, read, scopes)).includesDivision(division);
  };
  return {
    scope,
    sees: ({ command, division, book }) =>
      scope.includesDivision(division) &&
      (book === null || scope.includesBook(book, division)) &&
      told(command, division),
  };
}
