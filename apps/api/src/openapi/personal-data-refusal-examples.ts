import { consentPurposes, type personalDataRefusals, type RefusalFacts } from '@ledger/domain';

const household = '6c1f3a52-9d0e-8b47-a3c5-2f8e7d1b4a90';

/** One case of every code about people. */
export const personalDataRefusalExamples: { readonly [C in keyof typeof personalDataRefusals]: RefusalFacts<C> } = {
  CONSENT_MISSING: { household, purpose: 'BENEFIT_TRACKING' },
  CONSENT_WITHDRAWN: { household, purpose: 'PUBLICATION', withdrawnOn: '2024-06-30' },
  PURPOSE_NOT_ALLOWED: {
    purpose: 'MARKETING',
    allowed: Object.entries(consentPurposes).map(([id, { zh, en }]) => ({ id, zh, en })),
  },
  ID_CHECKSUM: { fault: 'checkDigit' },
  HOUSEHOLD_DUPLICATE: { household },
  PERSONAL_DATA_HELD: { household, part: 'CONSENT' },
  PERSONAL_DATA_UNKNOWN: { household, part: 'CONSENT' },
  PERSONAL_DATA_CHANGED: { household, part: 'CONSENT' },
  PERSONAL_DATA_RESTRICTED: { household, retainUntil: '2054-12-31' },
  RETENTION_NOT_OVER: { household, retainUntil: '2054-12-31' },
  VAULT_SEALED: { why: 'keyMissing' },
};
