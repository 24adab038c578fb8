import type { Grant } from '@ledger/domain';
import { isWithin } from '@ledger/domain';
import type { ReadModel, Scope } from '@ledger/readmodel';

/** What a set of grants lets somebody see: the union of what each does. */
export function scopeOfGrants(grants: readonly Grant[], _views: ReadModel): Scope {
  return {
    includesDivision: (code) => grants.some(({ division }) => isWithin(code, division)),
    includesBook: (id) => grants.some(({ books }) => books === undefined || books.includes(id)),
  };
}
