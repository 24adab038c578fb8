import type { Rules } from './rule.js';

/** Who may do what: given by administrators, who do nothing else. */
export const accessRules = {
  grantRole: ['SYS_ADMIN'],
  revokeRole: ['SYS_ADMIN'],
  // A grant says whose household an account is given: it is for who may read households, and for who gives it.
  getGrants: ['SYS_ADMIN', 'AUDITOR'],
} as const satisfies Rules;
