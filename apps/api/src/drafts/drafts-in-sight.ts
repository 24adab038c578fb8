import type { Draft } from '@ledger/drafts';
import type { GrantedScopes, Scope } from '@ledger/readmodel';
import { type Permit, scopeForAlso } from '../access/permit.js';

/** Which drafts the asker is shown. */
export interface DraftSight {
  /** Asked by the code that a draft was submitted under: it goes with its village. */
  readonly scope: Scope;
  readonly sees: (draft: Pick<Draft, 'division' | 'book'>) => boolean;
}

/** As far as the permit reaches or, where an operation is named, as far as it would for that one too. */
export function sightOfDrafts(permit: Permit, scopes: GrantedScopes, operation?: string): DraftSight {
  const scope = scopes.ofPlaces(operation === undefined ? permit.scope : scopeForAlso(permit, operation, scopes));
  return {
    scope,
    sees: ({ division, book }) =>
      scope.includesDivision(division) && (book === null || scope.includesBook(book, division)),
  };
}
