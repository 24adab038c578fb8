import type { GrantedScopes } from '@ledger/readmodel';
import type { Permit } from './permit.js';

/** Whether the asker is told of a household that was registered in a village. */
export type HouseholdSight = (household: string, village: string) => boolean;

/** Those of his places and, wherever its village has gone since, the one that his grant names. */
export function sightOfHouseholds({ grants, scope }: Permit, scopes: GrantedScopes): HouseholdSight {
  const places = scopes.ofPlaces(scope);
  const own = new Set(grants.flatMap(({ household }) => household ?? []));
  return (household, village) => own.has(household) || places.includesDivision(village);
}
