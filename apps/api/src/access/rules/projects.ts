import { projectReaders, statisticsReaders, submitters, villageWorkers } from './groups.js';
import type { Rules } from './rule.js';

const deciders = ['VILLAGE_HEAD', 'TOWN_LEADER'] as const;
/** What villages share, the bureau decides on too. */
const sharers = [...deciders, 'DISTRICT_AGRI'] as const;

/** Projects, joint ones and their shares (rows of projects and of joint shares). */
export const projectRules = {
  proposeProject: villageWorkers,
  approveProject: deciders,
  startProject: villageWorkers,
  suspendProject: villageWorkers,
  resumeProject: villageWorkers,
  completeProject: villageWorkers,
  closeProject: villageWorkers,
  recordSale: villageWorkers,
  withdrawSale: villageWorkers,
  countVisitors: villageWorkers,
  withdrawVisitorCount: villageWorkers,
  joinVillage: sharers,
  leaveVillage: sharers,
  setAllocationScheme: sharers,
  // It posts in the books of every village that takes part.
  settleIncome: submitters,
  adjustSettlement: submitters,
  retryShare: ['TOWN_ACCOUNTANT'],
  getProjectsCategories: 'everybody',
  getProjects: statisticsReaders,
  getProjectsById: statisticsReaders,
  getVillagesProjects: statisticsReaders,
  getDivisionsProjects: statisticsReaders,
  getProjectsSales: projectReaders,
  getProjectsVisitorCounts: projectReaders,
  getProjectsSettlements: projectReaders,
  getVillagesShares: projectReaders,
  getDivisionsShares: projectReaders,
} as const satisfies Rules;
