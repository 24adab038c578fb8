import { IsString, MaxLength } from 'class-validator';
import { IsLocalDate, IsText } from './checks.js';
import { Command, type Origin } from './command.js';
import { type DivisionTree, refuseUnknownVillage, validDivisionCode } from './division-tree.js';
import type { Fact, FactDraft } from './fact.js';
import { uuidV8 } from './identity.js';
import type { LocalDate } from './local-date.js';
import { Refusal } from './refusal.js';
import { originOf, refuseForeignOrigin, refuseFuture, refusePersonalData, type Setting } from './rules.js';

/** A household under a pseudonym: the ledger knows its village and nothing else of it. */
export class RegisterHousehold extends Command {
  /** The 12-digit code of the village it belongs to, for as long as it lasts. */
  @IsString() @MaxLength(18) village!: string;
  @IsLocalDate() effectiveOn!: LocalDate;
}

/** It moved away, became one with another, or ended. Where it lives on elsewhere, it is registered there anew. */
export class DissolveHousehold extends Command {
  /** From the path. */
  household!: string;
  @IsText() reason!: string;
  /** The first day on which there is no such household. */
  @IsLocalDate() effectiveOn!: LocalDate;
}

export type HouseholdCommand = RegisterHousehold | DissolveHousehold;

export type HouseholdRegistered = FactDraft<
  'HouseholdRegistered',
  { household: string; village: string; origin?: Origin }
>;
export type HouseholdDissolved = FactDraft<
  'HouseholdDissolved',
  { household: string; reason: string; origin?: Origin }
>;
export type HouseholdFact = HouseholdRegistered | HouseholdDissolved;

export interface Household {
  registered?: { village: string; registeredFrom: LocalDate };
  dissolvedOn?: LocalDate;
}

/** What a decision about a household looks at beside it; the tree of its village for its registration. */
export interface HouseholdSetting extends Setting {
  readonly id: string;
  readonly divisions?: DivisionTree;
}

export const householdStream = (id: string): string => `household-${id}`;

export const newHouseholdId = (commandId: string): string => uuidV8(`household\n${commandId}`);

export function emptyHousehold(): Household {
  return {};
}

/** Refuses a household that is not registered, not yet on the given date, or no longer; gives the village it is in. */
export function refuseUnknownHousehold(household: Household, id: string, on: LocalDate, field: string): string {
  const { registered, dissolvedOn } = household;
  if (registered === undefined || registered.registeredFrom > on) {
    const start = registered === undefined ? {} : { registeredFrom: registered.registeredFrom };
    throw new Refusal('HOUSEHOLD_UNKNOWN', { household: id, ...start }, field);
  }
  if (dissolvedOn !== undefined && dissolvedOn <= on) {
    throw new Refusal('HOUSEHOLD_DISSOLVED', { household: id, dissolvedOn }, field);
  }
  return registered.village;
}

export function decideHousehold(
  command: HouseholdCommand,
  household: Household,
  beside: HouseholdSetting,
): HouseholdFact[] {
  refuseFuture(command.effectiveOn, beside.today, 'effectiveOn');
  refuseForeignOrigin(command.origin, beside.demo);
  return command instanceof RegisterHousehold ? [register(command, beside)] : [dissolve(command, household, beside)];
}

function register(command: RegisterHousehold, beside: HouseholdSetting): HouseholdRegistered {
  const { effectiveOn } = command;
  const village = validDivisionCode(command.village, 'village');
  refuseUnknownVillage(beside.divisions, village, effectiveOn, 'village');
  const data = { household: beside.id, village, ...originOf(command) };
  return { type: 'HouseholdRegistered', version: 1, division: village, effectiveOn, data };
}

function dissolve(command: DissolveHousehold, household: Household, beside: HouseholdSetting): HouseholdDissolved {
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

export function evolveHousehold(household: Household, fact: Fact): Household {
  const stated = fact as unknown as HouseholdFact;
  switch (stated.type) {
    case 'HouseholdRegistered':
      household.registered = { village: stated.data.village, registeredFrom: fact.effectiveOn };
      break;
    case 'HouseholdDissolved':
      household.dissolvedOn = fact.effectiveOn;
      break;
  }
  return household;
}
