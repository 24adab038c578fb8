import type { Origin } from '@ledger/domain';
import { dayNumber } from './calendar.js';
import { history } from './history.js';
import { register } from './register.js';

export interface HouseholdState {
  readonly village: string;
  readonly registeredFrom: string;
  /** Set once it is dissolved; it can still be looked up then. */
  readonly dissolvedOn: string | null;
  readonly reason: string | null;
  readonly origin: Origin | null;
}

type HouseholdChange =
  { readonly registeredIn: string; readonly origin: Origin | null } | { readonly dissolvedFor: string };

/** Households under their pseudonyms, with the village they are in. */
export const household = history<HouseholdState, HouseholdChange>({
  name: 'household',
  version: 1,
  find: ['village'],
  on: {
    HouseholdRegistered: ({ data: { household: key, village, origin = null } }) => [
      { key, find: { village }, change: { registeredIn: village, origin } },
    ],
    HouseholdDissolved: ({ data, division }) => [
      { key: data.household, find: { village: division }, change: { dissolvedFor: data.reason } },
    ],
  },
  evolve: (state, change, { effectiveOn }) => {
    if ('registeredIn' in change) {
      const { registeredIn: village, origin } = change;
      return { village, registeredFrom: effectiveOn, dissolvedOn: null, reason: null, origin };
    }
    return state && { ...state, dissolvedOn: effectiveOn, reason: change.dissolvedFor };
  },
});

/**
 * What each fact adds to the number of households of its village. A household is registered once and dissolved at most
 * once, so a count at both times is a plain sum, and nobody looks at every household of a district for it.
 */
export const householdCount = register({
  name: 'household_count',
  version: 1,
  columns: { village: 'text', effective_on: 'integer', position: 'integer', added: 'integer' },
  key: ['village', 'effective_on', 'position'],
  on: {
    HouseholdRegistered: ({ division, effectiveOn }, position) => [
      { village: division, effective_on: dayNumber(effectiveOn), position, added: 1 },
    ],
    HouseholdDissolved: ({ division, effectiveOn }, position) => [
      { village: division, effective_on: dayNumber(effectiveOn), position, added: -1 },
    ],
  },
});
