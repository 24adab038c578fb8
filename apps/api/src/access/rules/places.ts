import { roleNames } from '@ledger/domain';
import { placeReaders } from './groups.js';
import type { Rules } from './rule.js';

const bureau = ['DISTRICT_AGRI'] as const;
const bookkeeper = ['TOWN_ACCOUNTANT'] as const;

/** Divisions, organisations and their books (row of organisations and books). */
export const placeRules = {
  // The tree is one of the whole district and changes for all of it.
  registerDivision: bureau,
  renameDivision: bureau,
  recodeDivision: bureau,
  mergeVillages: bureau,
  abolishDivision: bureau,
  // Who gives grants, and who guards personal data, names places too. A handler has cases, and there are none yet.
  getDivisions: roleNames.filter((role) => role !== 'HANDLER'),
  registerOrganization: [...bookkeeper, ...bureau],
  getOrganizations: placeReaders,
  openBook: [...bookkeeper, ...bureau],
  getBooks: placeReaders,
  getBooksById: placeReaders,
  getBooksAccounts: placeReaders,
  // What begins in the books and not with a paper of the village is the bookkeeper's.
  addAccount: bookkeeper,
  retireAccount: bookkeeper,
  recordOpeningBalances: bookkeeper,
  convertStandard: bookkeeper,
} as const satisfies Rules;
