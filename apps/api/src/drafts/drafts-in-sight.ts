import { AdjustSettlement, SettleIncome } from '@ledger/domain';
import type { Draft } from '@ledger/drafts';
import { everything, type GrantedScopes, type Scope } from '@ledger/readmodel';
import { type Permit, scopeForAlso } from '../access/permit.js';
import type { Operation } from '../access/rules/index.js';

/** Of a draft what says who may see it. */
export type DraftPlace = Pick<Draft, 'command' | 'division' | 'touched' | 'book'>;

/** Which drafts the asker is shown. */
export interface DraftSight {
  /** Asked by the code that a draft was submitted under: it goes with its village. */
  readonly scope: Scope;
  readonly sees: (draft: DraftPlace) => boolean;
}

/** By the command, the read that tells what came of it: to whom that is refused, the draft is not shown either. */
export const draftsReadBy: ReadonlyMap<string, Operation> = new Map([
  [SettleIncome.name, 'getProjectsSettlements'],
  [AdjustSettlement.name, 'getProjectsSettlements'],
]);

/** As far as the permit reaches or, where an operation is named, as far as it would for that one too. */
export function sightOfDrafts(permit: Permit, scopes: GrantedScopes, operation?: Operation): DraftSight {
  const reach = (of: Permit, also?: Operation): Scope =>
    scopes.ofPlaces(also === undefined ? of.scope : scopeForAlso(of, also, scopes));
  const scope = reach(permit, operation);
  const whole = reach(ofWholePlaces(permit, scopes), operation);
  return {
    scope,
    sees: (draft) => {
      // What is of no book is posted in several: it is not for who is given some of them.
      if (!isWithin(draft, draft.book === null ? whole : scope)) return false;
      const read = draftsReadBy.get(draft.command);
      return read === undefined || isWithin(draft, reach(permit, read));
    },
  };
}

/** Without the grants of some books alone. */
function ofWholePlaces(permit: Permit, scopes: GrantedScopes): Permit {
  if (permit.scope === everything) return permit;
  const grants = permit.grants.filter(({ books }) => books === undefined);
  return { ...permit, grants, scope: scopes.of(grants) };
}

/** Like a fact, a draft cannot be given in part: one that touches several villages is there for who sees them all. */
function isWithin({ division, touched, book }: DraftPlace, scope: Scope): boolean {
  if (!touched.every((code) => scope.includesDivision(code))) return false;
  return book === null || scope.includesBook(book, division);
}
