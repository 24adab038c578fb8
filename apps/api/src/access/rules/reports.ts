import { factReaders, statisticsReaders } from './groups.js';
import type { Rules } from './rule.js';

/** Sums, reports, published figures (row of statistics), and the facts themselves (row of the raw log). */
export const reportRules = {
  getReportsMonthlyIncome: statisticsReaders,
  getVillagesIncome: statisticsReaders,
  getDivisionsIncome: statisticsReaders,
  // What a place publishes is entered where statistics are answered for.
  reportIndicator: ['DISTRICT_AGRI'],
  getIndicatorsMeasures: 'everybody',
  getIndicators: statisticsReaders,
  getIndicatorsComparison: statisticsReaders,
  getEvents: factReaders,
  getFeed: factReaders,
} as const satisfies Rules;
