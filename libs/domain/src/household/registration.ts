import { refuseUnknownVillage, validDivisionCode } from '../division-tree.js';
import { Refusal } from '../refusal.js';
import { originOf, refusePersonalData } from '../rules.js';
import type { DissolveHousehold, RegisterHousehold } from './commands.js';
import type { HouseholdDissolved, HouseholdRegistered } from './facts.js';
import { type Household, type HouseholdSetting, refuseUnknownHousehold } from './household.js';

export function registerHousehold(command: RegisterHousehold, beside: HouseholdSetting): HouseholdRegistered {
  const { effectiveOn } = command;
  const village = validDivisionCode(command.village, 'village');
  refuseUnknownVillage(beside.divisions, village, effectiveOn, 'village');
  const data = { household: beside.id, village, ...originOf(command) };
  return { type: 'HouseholdRegistered', version: 1, division: village, effectiveOn, data };
}

export function dissolveHousehold(
  command: DissolveHousehold,
  household: Household,
  beside: HouseholdSetting,
): HouseholdDissolved {
  const { reason, effectiveOn } = command;
  refusePersonalData({ reason });
  // Enrolments rest on a household that is there, so what has ended stays ended, also for an earlier day.
  const { dissolvedOn } = household;
  if (dissolvedOn !== undefined) {
    throw new Refusal('HOUSEHOLD_DISSOLVED', { household: beside.id, dissolvedOn }, 'household');
  }
  const division = refuseUnknownHousehold(household, beside.id, effectiveOn, 'household');
  const data = { household: beside.id, reason, ...originOf(command) };
  return { type: 'HouseholdDissolved', version: 1, division, effectiveOn, data };
}
