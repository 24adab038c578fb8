import type { Draft } from '@ledger/drafts';
import { type GrantedScopes, type Scope } from '@ledger/readmodel';
import { mayEverything, type Permit, scopeForAlso } from '../access/permit.js';
import type { Operation } from '../access/rules/index.js';
import { BOOKS_READ_BY } from '../access/told-refusals.js';
import { draftsReadBy } from './read-by.js';
import { operationOf } from './signed-commands.js';

/** Of a draft what says who may see it. */
export type DraftPlace = Pick<Draft, 'command' | 'division' | 'touched' | 'book' | 'preparedBy'>;

/** Which drafts the asker is shown. */
export interface DraftSight {
  /** Asked by the code that a draft was submitted under: it goes with its village. */
  readonly scope: Scope;
  readonly sees: (draft: DraftPlace) => boolean;
  /** Whether he reads the book that it is of, or the books of all whom it touches, and may be told why these refuse it. */
  readonly readsBook: (draft: DraftPlace) => boolean;
}

/** As far as the permit reaches or, where an operation is named, as far as it would for that one too. */
export function sightOfDrafts(permit: Permit, scopes: GrantedScopes, operation?: Operation): DraftSight {
  const known = new Map<Operation, Scope>();
  const scopeAlso = (also: Operation): Scope => {
    const found = known.get(also) ?? scopes.ofPlaces(scopeForAlso(permit, also, scopes));
    known.set(also, found);
    return found;
  };
  const reach = (of: Permit): Scope =>
    scopes.ofPlaces(operation === undefined ? of.scope : scopeForAlso(of, operation, scopes));
  const scope = reach(permit);
  const whole = reach(ofWholePlaces(permit, scopes));
  return {
    scope,
    sees: (draft) => {
      if (!isWithin(draft, scope)) return false;
      // Whoever may submit it there reads what he has submitted.
      const { book, command, preparedBy } = draft;
      if (preparedBy === permit.principal.id && isWithin(draft, scopeAlso(operationOf(command)))) return true;
      // What is of no book is posted in several: it is not for who is given some of them.
      if (book === null && !isWithin(draft, whole)) return false;
      const read = draftsReadBy.get(command);
      return read !== undefined && isWithin(draft, scopeAlso(read));
    },
    readsBook: (draft) => isWithin(draft, scopeAlso(BOOKS_READ_BY)),
  };
}

/** Without the grants of some books alone. */
function ofWholePlaces(permit: Permit, scopes: GrantedScopes): Permit {
  if (mayEverything(permit)) return permit;
  const grants = permit.grants.filter(({ books }) => books === undefined);
  return { ...permit, grants, scope: scopes.of(grants) };
}

/** Like a fact, a draft cannot be given in part: one that touches several villages is there for who sees them all. */
function isWithin({ division, touched, book }: DraftPlace, scope: Scope): boolean {
  if (!touched.every((code) => scope.includesDivision(code))) return false;
  return book === null || scope.includesBook(book, division);
}
