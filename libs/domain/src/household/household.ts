import type { DivisionTree } from '../division-tree.js';
import type { Fact } from '../fact.js';
import { uuidV8 } from '../identity.js';
import type { LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import type { Setting } from '../rules.js';
import type { ConsentPurpose, PersonalDataPart } from './categories.js';
import type { HouseholdFact } from './facts.js';

export interface Household {
  registered?: { village: string; registeredFrom: LocalDate };
  dissolvedOn?: LocalDate;
  /** Of each purpose that it was ever asked about: since when its consent stands or is withdrawn. */
  consents?: Map<ConsentPurpose, { given: boolean; since: LocalDate; byErasure?: true }>;
  /** What the vault holds of it. */
  held?: Map<PersonalDataPart, HeldPart>;
}

export interface HeldPart {
  readonly keyId: string;
  /** The revision of the fact that last said what is held. */
  readonly enteredAt: number;
  readonly retainUntil?: LocalDate;
  readonly restricted?: true;
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
  const village = registeredVillage(household, id, on, field);
  const { dissolvedOn } = household;
  if (dissolvedOn !== undefined && dissolvedOn <= on) {
    throw new Refusal('HOUSEHOLD_DISSOLVED', { household: id, dissolvedOn }, field);
  }
  return village;
}

/** The same of one that may be dissolved by then: its people have their rights still. */
export function registeredVillage({ registered }: Household, id: string, on: LocalDate, field: string): string {
  if (registered === undefined || registered.registeredFrom > on) {
    const start = registered === undefined ? {} : { registeredFrom: registered.registeredFrom };
    throw new Refusal('HOUSEHOLD_UNKNOWN', { household: id, ...start }, field);
  }
  return registered.village;
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
    case 'ConsentGiven':
    case 'ConsentWithdrawn':
      setConsents(household, stated.data.purposes, stated.type === 'ConsentGiven', fact.effectiveOn);
      break;
    case 'PersonalDataEntered':
    case 'PersonalDataCorrected': {
      const { part, keyId, retainUntil } = stated.data;
      const retention = retainUntil === undefined ? {} : { retainUntil };
      (household.held ??= new Map()).set(part, { keyId, enteredAt: fact.revision, ...retention });
      break;
    }
    case 'PersonalDataRestricted': {
      const { part, keyId, retainUntil } = stated.data;
      const held = (household.held ??= new Map());
      const enteredAt = held.get(part)?.enteredAt ?? fact.revision;
      held.set(part, { keyId, enteredAt, retainUntil, restricted: true });
      break;
    }
    case 'SubjectKeyDestroyed':
      household.held?.delete(stated.data.part);
      if (endsTracking(stated.data)) endTracking(household, fact.effectiveOn);
      break;
    case 'PersonalDataDisclosed':
      break;
  }
  return household;
}

/** Who wants gone what is held by consent agrees no longer: nothing is entered again before a new consent. */
export function endsTracking({ part, basis }: { readonly part: string; readonly basis?: string | null }): boolean {
  return part === 'CONSENT' && basis === 'SUBJECT_REQUEST';
}

function endTracking(household: Household, since: LocalDate): void {
  const { consents } = household;
  if (consents?.get('BENEFIT_TRACKING')?.given) {
    consents.set('BENEFIT_TRACKING', { given: false, since, byErasure: true });
  }
}

function setConsents(
  household: Household,
  purposes: readonly ConsentPurpose[],
  given: boolean,
  since: LocalDate,
): void {
  const consents = (household.consents ??= new Map());
  for (const purpose of purposes) consents.set(purpose, { given, since });
}
