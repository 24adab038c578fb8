import type { accessRefusals, RefusalFacts } from '@ledger/domain';

/** One case of every code of access. */
export const accessRefusalExamples: { readonly [C in keyof typeof accessRefusals]: RefusalFacts<C> } = {
  ROLE_NOT_ALLOWED: { operation: 'approveDraft', roles: ['TOWN_REVIEWER'], held: ['VILLAGE_CLERK'] },
  GRANT_TOO_NARROW: { needs: 'allVillages' },
  RETRY_CHANGES_TERMS: { of: 'share', fields: ['account', 'settlement.party'] },
  SELF_GRANT: { account: 'admin' },
  ROLE_LEVEL: { role: 'VILLAGE_CLERK', division: '330603008000', level: 'village' },
  ROLE_BOOKS: { role: 'TOWN_REVIEWER' },
  ROLE_HOUSEHOLD: { role: 'VILLAGE_CLERK' },
  GRANT_PERIOD: { from: '2024-03-01', to: '2024-02-29' },
  ROLE_CONFLICT: {
    account: 'cashier-1',
    role: 'TOWN_ACCOUNTANT',
    held: 'TOWN_CASHIER',
    grant: '5b0f4a52-3a57-8c1e-9d2b-6f0b3f0c2a11',
    from: '2024-01-01',
  },
  GRANT_DUPLICATE: {
    account: 'reviewer-1',
    role: 'TOWN_REVIEWER',
    division: '330603008000',
    grant: '5b0f4a52-3a57-8c1e-9d2b-6f0b3f0c2a11',
    from: '2024-01-01',
  },
  GRANT_UNKNOWN: { grant: '5b0f4a52-3a57-8c1e-9d2b-6f0b3f0c2a11' },
  GRANT_REVOKED: { grant: '5b0f4a52-3a57-8c1e-9d2b-6f0b3f0c2a11' },
  LAST_ADMINISTRATOR: { account: 'admin' },
};
