import type { Rules } from './rule.js';

/** Whoever has an account deals with his own session, password and tokens; administrators with those of all. */
export const accountRules = {
  logOut: 'everybody',
  changePassword: 'everybody',
  getSessions: 'everybody',
  revokeSession: 'everybody',
  createToken: 'everybody',
  getTokens: 'everybody',
  revokeToken: 'everybody',
  getMe: 'everybody',
  createAccount: ['SYS_ADMIN'],
  getAccounts: ['SYS_ADMIN'],
  linkAccount: ['SYS_ADMIN'],
  disableAccount: ['SYS_ADMIN'],
  enableAccount: ['SYS_ADMIN'],
  resetPassword: ['SYS_ADMIN'],
  getAccessRecord: ['SYS_ADMIN', 'AUDITOR', 'PII_OFFICER'],
} as const satisfies Rules;
