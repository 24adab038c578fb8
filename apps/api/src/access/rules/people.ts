import { householdReaders, instructors } from './groups.js';
import type { Rules } from './rule.js';

const enrollers = ['VILLAGE_CLERK', ...instructors] as const;

/** Households and what they have of projects (row of enrolment). */
export const peopleRules = {
  registerHousehold: enrollers,
  dissolveHousehold: enrollers,
  enrolHousehold: enrollers,
  withdrawHousehold: enrollers,
  recordJob: enrollers,
  endJob: enrollers,
  withdrawJob: enrollers,
  recordGain: enrollers,
  withdrawGain: enrollers,
  getHouseholdsById: householdReaders,
  getVillagesHouseholds: householdReaders,
  getDivisionsHouseholds: householdReaders,
  getProjectsEnrolments: householdReaders,
  getProjectsJobs: householdReaders,
  getProjectsGains: householdReaders,
  getVillagesEnrolments: householdReaders,
  getVillagesJobs: householdReaders,
  getVillagesGains: householdReaders,
  // Counts alone, which township and district see too.
  getDivisionsEnrolments: [...householdReaders, 'TOWN_LEADER', 'DISTRICT_AGRI'],
} as const satisfies Rules;
