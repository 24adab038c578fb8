import { Refusal } from '../refusal.js';
import { refusePersonalData } from '../rules.js';
import { disclosurePurposes, type PersonalDataPart } from './categories.js';
import type { DisclosePersonalData, EnterPersonalData, ErasePersonalData, ExportPersonalData } from './commands.js';
import { refuseWithoutConsent } from './consent.js';
import type {
  PersonalDataCorrected,
  PersonalDataDisclosed,
  PersonalDataEntered,
  PersonalDataRestricted,
  SubjectKeyDestroyed,
} from './facts.js';
import { type HeldPart, type Household, type HouseholdSetting, registeredVillage } from './household.js';
import { allowedPurpose } from './purpose.js';

/** The vault holds something new of a household, or holds it otherwise. */
export function enterPersonalData(
  command: EnterPersonalData,
  household: Household,
  beside: HouseholdSetting,
): PersonalDataEntered | PersonalDataCorrected {
  const { part, newKeyId, fields, retainUntil, corrects } = command;
  const { id, today: effectiveOn } = beside;
  const division = registeredVillage(household, id, effectiveOn, 'household');
  if (part === 'CONSENT') refuseWithoutConsent(household, id, 'BENEFIT_TRACKING', 'household');
  const held = corrects ? heldPart(household, part, id) : household.held?.get(part);
  refuseRestricted(held, part, id);
  if (held !== undefined && !corrects) throw new Refusal('PERSONAL_DATA_HELD', { household: id, part }, 'part');
  const retention = retainUntil === undefined ? {} : { retainUntil };
  const data = { household: id, part, keyId: held?.keyId ?? newKeyId, fields, ...retention };
  const type = corrects ? 'PersonalDataCorrected' : 'PersonalDataEntered';
  return { type, version: 1, division, effectiveOn, data };
}

/** Somebody is shown it, for a purpose that the part may be shown for, by whom it may. */
export function disclosePersonalData(
  command: DisclosePersonalData,
  household: Household,
  beside: HouseholdSetting,
): PersonalDataDisclosed {
  const { part, fields, basis, allowed } = command;
  refusePersonalData({ basis });
  const { id, today: effectiveOn } = beside;
  const division = registeredVillage(household, id, effectiveOn, 'household');
  const purpose = allowedPurpose(command.purpose, allowed, disclosurePurposes, 'purpose');
  const held = heldPart(household, part, id);
  if (purpose === 'BENEFIT_TRACKING') refuseWithoutConsent(household, id, purpose, 'purpose');
  if (purpose !== 'SUBJECT_REQUEST' && (purpose !== 'LEGAL_DUTY' || basis === undefined)) {
    refuseRestricted(held, part, id);
  }
  const data = {
    household: id,
    part,
    fields,
    purpose,
    to: 'OFFICER',
    ...(basis === undefined ? {} : { basis }),
  } as const;
  return { type: 'PersonalDataDisclosed', version: 1, division, effectiveOn, data };
}

/** The people concerned are given all that is held of them, a fact for each part. */
export function exportPersonalData(
  { fieldsOf, basis }: ExportPersonalData,
  household: Household,
  beside: HouseholdSetting,
): PersonalDataDisclosed[] {
  refusePersonalData({ basis });
  const { id, today: effectiveOn } = beside;
  const division = registeredVillage(household, id, effectiveOn, 'household');
  const parts = [...(household.held?.keys() ?? [])].toSorted();
  if (parts.length === 0) throw new Refusal('PERSONAL_DATA_UNKNOWN', { household: id, part: 'CONSENT' }, 'household');
  const rest = { purpose: 'SUBJECT_REQUEST', to: 'SUBJECT', ...(basis === undefined ? {} : { basis }) } as const;
  return parts.map((part) => {
    const data = { household: id, part, fields: fieldsOf[part] ?? [], ...rest };
    return { type: 'PersonalDataDisclosed', version: 1, division, effectiveOn, data };
  });
}

/** The key goes, and with it every copy; what the law wants kept is locked away until then. */
export function erasePersonalData(
  command: ErasePersonalData,
  household: Household,
  beside: HouseholdSetting,
): PersonalDataRestricted | SubjectKeyDestroyed {
  const { part, basis } = command;
  const { id, today: effectiveOn } = beside;
  const division = registeredVillage(household, id, effectiveOn, 'household');
  const { keyId, retainUntil, restricted } = heldPart(household, part, id);
  const head = { version: 1, division, effectiveOn } as const;
  if (retainUntil === undefined || retainUntil < effectiveOn) {
    return { type: 'SubjectKeyDestroyed', ...head, data: { household: id, part, keyId, basis } };
  }
  if (restricted) throw new Refusal('RETENTION_NOT_OVER', { household: id, retainUntil }, 'part');
  return { type: 'PersonalDataRestricted', ...head, data: { household: id, part, keyId, basis, retainUntil } };
}

function heldPart({ held }: Household, part: PersonalDataPart, household: string): HeldPart {
  const found = held?.get(part);
  if (found === undefined) throw new Refusal('PERSONAL_DATA_UNKNOWN', { household, part }, 'part');
  return found;
}

function refuseRestricted(held: HeldPart | undefined, part: PersonalDataPart, household: string): void {
  if (held?.restricted !== true) return;
  throw new Refusal('PERSONAL_DATA_RESTRICTED', { household, retainUntil: held.retainUntil ?? '' }, 'part');
}
