import type { Rules } from './rule.js';

/** What the vault holds: the clerk asks people, the township pays them, one officer answers for all of it. It is their own. */
export const personalDataRules = {
  giveConsent: ['VILLAGE_CLERK'],
  withdrawConsent: ['VILLAGE_CLERK', 'PII_OFFICER'],
  getHouseholdsConsent: ['VILLAGE_CLERK', 'VILLAGER', 'PII_OFFICER'],
  enterPersonalData: ['VILLAGE_CLERK'],
  correctPersonalData: ['VILLAGE_CLERK', 'PII_OFFICER'],
  getHouseholdsPersonalData: ['VILLAGE_CLERK', 'VILLAGER', 'TOWN_ACCOUNTANT', 'PII_OFFICER'],
  revealPersonalData: ['VILLAGE_CLERK', 'TOWN_ACCOUNTANT', 'PII_OFFICER'],
  exportPersonalData: ['PII_OFFICER'],
  erasePersonalData: ['PII_OFFICER'],
} as const satisfies Rules;
