import type { Origin } from '../command.js';
import type { FactDraft } from '../fact.js';
import type { LocalDate } from '../local-date.js';
import type { ConsentPurpose, DisclosurePurposeName, ErasureBasis, PersonalDataPart } from './categories.js';

export type HouseholdRegistered = FactDraft<
  'HouseholdRegistered',
  { household: string; village: string; origin?: Origin }
>;
export type HouseholdDissolved = FactDraft<
  'HouseholdDissolved',
  { household: string; reason: string; origin?: Origin }
>;
export type ConsentGiven = FactDraft<
  'ConsentGiven',
  { household: string; purposes: ConsentPurpose[]; noticeVersion: string; origin?: Origin }
>;
export type ConsentWithdrawn = FactDraft<
  'ConsentWithdrawn',
  { household: string; purposes: ConsentPurpose[]; origin?: Origin }
>;

/** That the vault holds something from now on, under which key, and the names of its fields: never what they say. */
export interface HeldData {
  household: string;
  part: PersonalDataPart;
  keyId: string;
  fields: string[];
  /** Until when the law wants it kept; only of what is kept by law. */
  retainUntil?: LocalDate;
}

export type PersonalDataEntered = FactDraft<'PersonalDataEntered', HeldData>;
export type PersonalDataCorrected = FactDraft<'PersonalDataCorrected', HeldData>;
export type PersonalDataDisclosed = FactDraft<
  'PersonalDataDisclosed',
  {
    household: string;
    part: PersonalDataPart;
    fields: string[];
    purpose: DisclosurePurposeName;
    to: 'OFFICER' | 'SUBJECT';
    basis?: string;
  }
>;
/** The law wants it kept and nobody wants it used: it stays, and is shown for a duty by law only. */
export type PersonalDataRestricted = FactDraft<
  'PersonalDataRestricted',
  { household: string; part: PersonalDataPart; keyId: string; basis: ErasureBasis; retainUntil: LocalDate }
>;
/** Nobody can read any more what was under this key, in no copy. */
export type SubjectKeyDestroyed = FactDraft<
  'SubjectKeyDestroyed',
  { household: string; part: PersonalDataPart; keyId: string; basis: ErasureBasis }
>;

export type HouseholdFact =
  | HouseholdRegistered
  | HouseholdDissolved
  | ConsentGiven
  | ConsentWithdrawn
  | PersonalDataEntered
  | PersonalDataCorrected
  | PersonalDataDisclosed
  | PersonalDataRestricted
  | SubjectKeyDestroyed;
