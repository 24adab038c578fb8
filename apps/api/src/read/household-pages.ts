import { Refusal } from '@ledger/domain';
import type { HistoryRow, ReadModel } from '@ledger/readmodel';
import { household, type HouseholdState } from '@ledger/views';
import { sightOfHouseholds } from '../access/households-in-sight.js';
import type { Permit } from '../access/permit.js';
import type { Moment } from './moments.js';
import { keyCursor, keyIn, limitOf, type PageQuery } from './queries.js';

export interface HouseholdRow {
  readonly household: string;
  readonly village: string;
  readonly registeredFrom: string;
  readonly dissolvedOn: string | null;
  readonly reason: string | null;
  readonly position: number;
  readonly origin: string | null;
}

/** The villages of a place: the codes that households were registered under, each with the one it has then. */
export type Villages = ReadonlyMap<string, string>;

/** A household that the reader is told of; refuses any other. */
export function knownHousehold(views: ReadModel, id: string, at: Moment, permit: Permit): HistoryRow<HouseholdState> {
  const found = views.history.one(household, id, at);
  if (found === undefined || !sightOfHouseholds(permit, views.scopes)(id, found.state.village)) {
    throw new Refusal('HOUSEHOLD_UNKNOWN', { household: id }, 'id');
  }
  return found;
}

export function householdRow({ key, position, state }: HistoryRow<HouseholdState>, villages?: Villages): HouseholdRow {
  const { village, registeredFrom, dissolvedOn, reason, origin } = state;
  const place = villages?.get(village) ?? village;
  return { household: key, village: place, registeredFrom, dissolvedOn, reason, position, origin };
}

/**
 * One page of the households that are there, village by village, so that a page costs the same wherever it lies in a
 * district.
 */
export function householdsOf(
  views: ReadModel,
  villages: Villages,
  query: PageQuery,
  at: Moment,
): { rows: HouseholdRow[]; next: string | null } {
  const limit = limitOf(query);
  const [lastVillage = '', lastHousehold = ''] = (keyIn(query.after) ?? '').split('/');
  const rows: HouseholdRow[] = [];
  const left = [...villages.keys()].toSorted().filter((code) => code >= lastVillage);
  for (const village of views.history.withAny(household, 'village', left, at.knownAt)) {
    let after = village === lastVillage ? lastHousehold : '';
    for (;;) {
      const page = views.history.page(household, { find: { village: [village] }, after, limit }, at);
      for (const row of page) {
        after = row.key;
        if (row.state.dissolvedOn === null) rows.push(householdRow(row, villages));
        if (rows.length === limit) return { rows, next: keyCursor(`${village}/${after}`) };
      }
      // Those that are dissolved left room for more of this village.
      if (page.length < limit) break;
    }
  }
  return { rows, next: null };
}

/** Counts by the code that each village has then. */
export function countsByVillage(
  counts: readonly { village: string; households: number }[],
  villages: Villages,
): { village: string; households: number }[] {
  const sums = new Map<string, number>();
  for (const { village: recorded, households } of counts) {
    const village = villages.get(recorded) ?? recorded;
    sums.set(village, (sums.get(village) ?? 0) + households);
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([village, households]) => ({ village, households }));
}
