import type { Grant } from '@ledger/domain';
import type { Operation } from './index.js';

/** What a villager reads of the household that his grant names, and of no other in his village. */
export const ofOwnHousehold = [
  'getHouseholdsById',
  'getHouseholdsConsent',
  'getHouseholdsPersonalData',
  'getHouseholdsEnrolments',
  'getHouseholdsJobs',
  'getHouseholdsGains',
] as const satisfies readonly Operation[];

/** The grants by which an operation reaches places: to be a villager gives none where one's own household alone is told of. */
export function grantsOfPlaces(operation: Operation, grants: readonly Grant[]): readonly Grant[] {
  return LIMITED.has(operation) ? grants.filter(({ role }) => role !== 'VILLAGER') : grants;
}

const LIMITED: ReadonlySet<Operation> = new Set(ofOwnHousehold);
