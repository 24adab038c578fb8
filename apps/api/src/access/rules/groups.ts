import type { Role } from '@ledger/domain';

/** Who lives with a village for a term. They work as each other does, and never touch money. */
export const instructors = ['INSTRUCTOR', 'FIRST_SECRETARY'] as const satisfies readonly Role[];

/** Who carries the projects of a village on. */
export const projectWorkers = ['VILLAGE_CLERK', ...instructors, 'TEAM_LEAD'] as const satisfies readonly Role[];

/** Who sends in what is to be posted from the papers of a village. A reviewer of the township approves it, or not. */
export const submitters = ['VILLAGE_CLERK', 'TOWN_ACCOUNTANT'] as const satisfies readonly Role[];

/** Who keeps, reviews and oversees the books of a township, the cashier apart. Facts as they are stored are theirs. */
export const overseers = [
  'TOWN_ACCOUNTANT',
  'TOWN_REVIEWER',
  'TOWN_LEADER',
  'DISTRICT_AGRI',
  'AUDITOR',
] as const satisfies readonly Role[];

/** Who answers for a village before its people. */
export const village = ['VILLAGE_CLERK', 'VILLAGE_HEAD', 'VILLAGE_SUPERVISOR'] as const satisfies readonly Role[];

/** Who knows which organisations and books there are. */
export const placeReaders = [...village, ...overseers] as const satisfies readonly Role[];

/** Who checks the books as a whole: each month's trial balance, and the cards beside the accounts. */
export const bookCheckers = ['VILLAGE_SUPERVISOR', ...overseers] as const satisfies readonly Role[];

/**
 * Who sees what is booked, and what it comes to. The clerk sees the vouchers that he may ask to reverse; the balances are
 * their sums, he counts the petty cash, and a refusal of what he submits names its balance.
 */
export const voucherReaders = ['VILLAGE_CLERK', ...bookCheckers] as const satisfies readonly Role[];

/** Who sees what came in and the papers of it: those who work with the money or in the village. */
export const incomeReaders = [...placeReaders, 'TOWN_CASHIER', ...instructors] as const satisfies readonly Role[];

/** Who sees the cards of assets. */
export const assetReaders = [...placeReaders, ...instructors] as const satisfies readonly Role[];

/** Who sees projects with all their figures. */
export const projectReaders = [
  ...placeReaders,
  'DISTRICT_ORG',
  ...instructors,
  'TEAM_LEAD',
] as const satisfies readonly Role[];

/** Who sees counts, sums and lists that are disclosed: with the villagers, whose own village they tell of. */
export const disclosureReaders = [...projectReaders, 'VILLAGER'] as const satisfies readonly Role[];

/** Who sees single households, under their pseudonyms. Townships and district see their numbers. */
export const householdReaders = [...village, 'AUDITOR', ...instructors, 'TEAM_LEAD'] as const satisfies readonly Role[];
