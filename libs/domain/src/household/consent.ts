import { Refusal } from '../refusal.js';
import { originOf, refusePersonalData } from '../rules.js';
import { type ConsentPurpose, consentPurposes } from './categories.js';
import type { GiveConsent, WithdrawConsent } from './commands.js';
import type { ConsentGiven, ConsentWithdrawn, SubjectKeyDestroyed } from './facts.js';
import { type Household, type HouseholdSetting, refuseUnknownHousehold, registeredVillage } from './household.js';
import { allowedPurpose } from './purpose.js';

/** A household agrees. What it has taken back since is asked for anew: an older paper does not bring it back. */
export function giveConsent(command: GiveConsent, household: Household, beside: HouseholdSetting): ConsentGiven {
  const { noticeVersion, effectiveOn } = command;
  refusePersonalData({ noticeVersion });
  const division = refuseUnknownHousehold(household, beside.id, effectiveOn, 'household');
  const purposes = purposesNamed(command.purposes);
  for (const purpose of purposes) {
    const known = household.consents?.get(purpose);
    // Who asks for the erasure in the morning may agree anew in the afternoon.
    const isOlder = known?.byErasure ? effectiveOn < known.since : known !== undefined && effectiveOn <= known.since;
    if (known?.given === false && isOlder) {
      throw new Refusal(
        'CONSENT_WITHDRAWN',
        { household: beside.id, purpose, withdrawnOn: known.since },
        'effectiveOn',
      );
    }
  }
  const data = { household: beside.id, purposes, noticeVersion, ...originOf(command) };
  return { type: 'ConsentGiven', version: 1, division, effectiveOn, data };
}

/** What is held by consent is held to track benefits: with that consent goes its key, in the same append. */
export function withdrawConsent(
  command: WithdrawConsent,
  household: Household,
  beside: HouseholdSetting,
): (ConsentWithdrawn | SubjectKeyDestroyed)[] {
  const { effectiveOn } = command;
  const division = registeredVillage(household, beside.id, effectiveOn, 'household');
  const purposes = purposesNamed(command.purposes);
  for (const purpose of purposes) {
    const known = household.consents?.get(purpose);
    if (known?.given !== true || known.since > effectiveOn) refuseMissing(beside.id, purpose, 'purposes');
  }
  const head = { version: 1, division } as const;
  const withdrawn: ConsentWithdrawn = {
    type: 'ConsentWithdrawn',
    ...head,
    effectiveOn,
    data: { household: beside.id, purposes, ...originOf(command) },
  };
  const held = household.held?.get('CONSENT');
  if (held === undefined || !purposes.includes('BENEFIT_TRACKING')) return [withdrawn];
  const { keyId } = held;
  const data = { household: beside.id, part: 'CONSENT', keyId, basis: 'CONSENT_WITHDRAWN' } as const;
  return [withdrawn, { type: 'SubjectKeyDestroyed', ...head, effectiveOn: beside.today, data }];
}

export function refuseWithoutConsent(household: Household, id: string, purpose: ConsentPurpose, field: string): void {
  if (household.consents?.get(purpose)?.given !== true) refuseMissing(id, purpose, field);
}

/**
 * Nobody is behind the pseudonym of a household that was never asked, so its benefits may be recorded. One that was
 * asked is known by name, or was, and is tracked only while it agrees: also for days before it took its consent back.
 */
export function refuseUntracked(household: Household, id: string): void {
  if (household.consents !== undefined) refuseWithoutConsent(household, id, 'BENEFIT_TRACKING', 'household');
}

function refuseMissing(household: string, purpose: ConsentPurpose, field: string): never {
  throw new Refusal('CONSENT_MISSING', { household, purpose }, field);
}

function purposesNamed(purposes: readonly string[]): ConsentPurpose[] {
  const known = Object.keys(consentPurposes) as ConsentPurpose[];
  return purposes.map((purpose, i) => allowedPurpose(purpose, known, consentPurposes, `purposes.${i}`));
}
