import type { accountRefusals, RefusalFacts } from '@ledger/domain';

const SESSION = '0b8f5a0e-6a7d-4c3b-9a55-6f2b1c9e4d10';

/** One case of every code of accounts, sessions and tokens. */
export const accountRefusalExamples: { readonly [C in keyof typeof accountRefusals]: RefusalFacts<C> } = {
  LOGIN_FAILED: {},
  PASSWORD_WRONG: {},
  LOGIN_LOCKED: { waitSeconds: 30 },
  PASSWORD_CHANGE_REQUIRED: {},
  PASSWORD_NOT_ALLOWED: { because: 'length', minLength: 12, maxLength: 128 },
  STAFF_ACCOUNT_UNKNOWN: { account: 'accountant-9' },
  STAFF_ACCOUNT_DUPLICATE: { account: 'accountant-1' },
  STAFF_ACCOUNT_RESERVED: { account: 'operator' },
  OWN_ACCOUNT: { account: 'admin' },
  SESSION_REQUIRED: {},
  SESSION_UNKNOWN: { session: SESSION },
  API_TOKEN_UNKNOWN: { token: SESSION },
  API_TOKEN_DAY: { to: '2026-01-01', today: '2024-06-15', latest: '2025-06-16' },
  API_TOKEN_LIMIT: { account: 'accountant-1', limit: 20 },
  ACCOUNTS_NOT_IN_USE: {},
  OIDC_NOT_CONFIGURED: {},
  OIDC_UNAVAILABLE: {},
  OIDC_FLOW_UNKNOWN: {},
  OIDC_LOGIN_FAILED: {},
  OIDC_SUBJECT_UNKNOWN: { subject: '248289761001' },
  OIDC_SUBJECT_TAKEN: { account: 'accountant-1' },
};
