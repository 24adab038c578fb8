import type { Role } from '@ledger/domain';

/** Who lives with a village for a term. They work as each other does, and money is never theirs to decide. */
export const instructors = ['INSTRUCTOR', 'FIRST_SECRETARY'] as const satisfies readonly Role[];

/** Who tells what happens in a village, and carries its projects on. */
export const villageWorkers = ['VILLAGE_CLERK', ...instructors, 'TEAM_LEAD'] as const satisfies readonly Role[];

/** Who sends in what is to be posted. Nothing of it is posted before a reviewer of the township approves it. */
export const submitters = ['VILLAGE_CLERK', 'TOWN_ACCOUNTANT'] as const satisfies readonly Role[];

/** Who answers for a village before its people. */
const village = ['VILLAGE_CLERK', 'VILLAGE_HEAD', 'VILLAGE_SUPERVISOR'] as const satisfies readonly Role[];

/** Who keeps, reviews and oversees the books of a township, the cashier apart. */
const overseers = [
  'TOWN_ACCOUNTANT',
  'TOWN_REVIEWER',
  'TOWN_LEADER',
  'DISTRICT_AGRI',
  'AUDITOR',
] as const satisfies readonly Role[];

/** Who reads the facts themselves. */
export const factReaders = overseers;

/** Who reads books: vouchers, balances, closes. The cashier reads what he pays by, and posts nothing. */
export const bookReaders = [...village, ...overseers, 'TOWN_CASHIER'] as const satisfies readonly Role[];

/** Who sees the documents behind vouchers (row of income receipts): whoever reads books, and those who work in the village. */
export const documentReaders = [...bookReaders, ...instructors] as const satisfies readonly Role[];

/** Who sees the register of assets; its lists are disclosed to the villagers. */
export const assetReaders = [...village, 'VILLAGER', ...overseers, ...instructors] as const satisfies readonly Role[];

/** Who sees projects and what joint ones share out. */
export const projectReaders = [
  ...village,
  ...overseers,
  'DISTRICT_ORG',
  ...instructors,
  'TEAM_LEAD',
] as const satisfies readonly Role[];

/** Who sees sums, reports and the list of projects: with the villagers, whose own village they tell of. */
export const statisticsReaders = [...projectReaders, 'VILLAGER'] as const satisfies readonly Role[];

/** Who sees single households, under their pseudonyms. Township and district see their numbers. */
export const householdReaders = [...village, 'AUDITOR', ...instructors, 'TEAM_LEAD'] as const satisfies readonly Role[];
