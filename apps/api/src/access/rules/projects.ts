import { disclosureReaders, instructors, overseers, projectReaders, projectWorkers } from './groups.js';
import type { Rules } from './rule.js';

const clerk = ['VILLAGE_CLERK'] as const;
const bookkeeper = ['TOWN_ACCOUNTANT'] as const;
/** A stop or an end takes the people of a project with it, so somebody decides on it. */
const deciders = ['VILLAGE_HEAD', 'TOWN_LEADER'] as const;
/** What several villages share, none of their heads decides for the others. */
const sharers = ['TOWN_LEADER', 'DISTRICT_AGRI'] as const;
const shareReaders = ['VILLAGE_HEAD', 'VILLAGE_SUPERVISOR', ...overseers, ...instructors, 'TEAM_LEAD'] as const;

/** Projects, joint ones and their shares (rows of projects and of joint shares). */
export const projectRules = {
  proposeProject: projectWorkers,
  approveProject: ['TOWN_LEADER'],
  startProject: projectWorkers,
  suspendProject: deciders,
  resumeProject: deciders,
  completeProject: projectWorkers,
  closeProject: deciders,
  recordSale: clerk,
  withdrawSale: clerk,
  countVisitors: projectWorkers,
  withdrawVisitorCount: projectWorkers,
  joinVillage: sharers,
  leaveVillage: sharers,
  setAllocationScheme: sharers,
  // It posts in the books of every village that takes part.
  settleIncome: bookkeeper,
  adjustSettlement: bookkeeper,
  retryShare: bookkeeper,
  getProjectsCategories: disclosureReaders,
  getProjects: disclosureReaders,
  getVillagesProjects: disclosureReaders,
  getDivisionsProjects: disclosureReaders,
  getProjectsById: projectReaders,
  getProjectsSales: projectReaders,
  getProjectsVisitorCounts: projectReaders,
  getProjectsSettlements: shareReaders,
  getVillagesShares: shareReaders,
  getDivisionsShares: shareReaders,
} as const satisfies Rules;
