import { disclosureReaders, householdReaders, instructors } from './groups.js';
import type { Rules } from './rule.js';

const clerk = ['VILLAGE_CLERK'] as const;
const enrollers = [...clerk, ...instructors] as const;
/** A villager sees his own, and no other. */
const ownAndReaders = [...householdReaders, 'VILLAGER'] as const;

/** Households and what they have of projects (row of enrolment). */
export const peopleRules = {
  // The clerk keeps the personal data behind a pseudonym.
  registerHousehold: clerk,
  dissolveHousehold: clerk,
  enrolHousehold: enrollers,
  withdrawHousehold: enrollers,
  recordJob: enrollers,
  endJob: enrollers,
  withdrawJob: enrollers,
  // A gain is money, though nobody books it.
  recordGain: clerk,
  withdrawGain: clerk,
  getHouseholdsById: [...ownAndReaders, 'PII_OFFICER'],
  getHouseholdsEnrolments: ownAndReaders,
  getHouseholdsJobs: ownAndReaders,
  getHouseholdsGains: ownAndReaders,
  getVillagesHouseholds: householdReaders,
  getProjectsEnrolments: householdReaders,
  getProjectsJobs: householdReaders,
  getProjectsGains: householdReaders,
  getVillagesEnrolments: householdReaders,
  getVillagesJobs: householdReaders,
  getVillagesGains: householdReaders,
  // Counts. The households themselves are in the answer for those alone who may read them.
  getDivisionsHouseholds: disclosureReaders,
  getDivisionsEnrolments: disclosureReaders,
} as const satisfies Rules;
