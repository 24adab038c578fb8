import type { Rule } from './rule.js';

/** What the vault holds: the clerk asks people, the township pays them, one officer answers for all of it. */
export const personalDataRules: Readonly<Record<string, Rule>> = {
  giveConsent: ['VILLAGE_CLERK'],
  withdrawConsent: ['VILLAGE_CLERK', 'PII_OFFICER'],
  getHouseholdsConsent: ['VILLAGE_CLERK', 'VILLAGE_HEAD', 'TOWN_LEADER', 'AUDITOR', 'PII_OFFICER'],
  enterConsentData: ['VILLAGE_CLERK'],
  enterStatutoryData: ['VILLAGE_CLERK', 'TOWN_ACCOUNTANT'],
  getHouseholdsPersonalData: ['VILLAGE_CLERK', 'TOWN_ACCOUNTANT', 'TOWN_CASHIER', 'PII_OFFICER'],
  disclosePersonalData: ['VILLAGE_CLERK', 'TOWN_ACCOUNTANT', 'TOWN_CASHIER', 'PII_OFFICER'],
  exportPersonalData: ['PII_OFFICER'],
  eraseSubjectData: ['PII_OFFICER'],
};
