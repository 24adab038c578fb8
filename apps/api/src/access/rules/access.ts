import type { Rules } from './rule.js';

/** Who may do what: given by administrators, who do nothing else. */
export const accessRules = {
  grantRole: ['SYS_ADMIN'],
  revokeRole: ['SYS_ADMIN'],
  getGrants: ['SYS_ADMIN', 'DISTRICT_AGRI', 'AUDITOR'],
} as const satisfies Rules;
