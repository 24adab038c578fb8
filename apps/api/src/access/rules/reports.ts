import { disclosureReaders, overseers, projectReaders } from './groups.js';
import type { Rules } from './rule.js';

/** Sums, reports, published figures (row of statistics), and the facts themselves (row of the raw log). */
export const reportRules = {
  getReportsMonthlyIncome: [...disclosureReaders, 'TOWN_CASHIER'],
  getVillagesIncome: [...projectReaders, 'TOWN_CASHIER'],
  getDivisionsIncome: [...projectReaders, 'TOWN_CASHIER'],
  // What a place publishes is entered where statistics are answered for.
  reportIndicator: ['DISTRICT_AGRI'],
  getIndicatorsMeasures: disclosureReaders,
  getIndicators: disclosureReaders,
  getIndicatorsComparison: projectReaders,
  getEvents: overseers,
  getFeed: overseers,
} as const satisfies Rules;
