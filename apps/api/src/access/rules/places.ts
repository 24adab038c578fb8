import { roleNames } from '@ledger/domain';
import { bookReaders, submitters } from './groups.js';
import type { Rules } from './rule.js';

const bureau = ['DISTRICT_AGRI'] as const;

/** Divisions, organisations and their books (row of organisations and books). */
export const placeRules = {
  // The tree is one of the whole district and changes for all of it.
  registerDivision: bureau,
  renameDivision: bureau,
  recodeDivision: bureau,
  mergeVillages: bureau,
  abolishDivision: bureau,
  // Everybody who has a grant sees the places that it is for; the administrator gives grants by them.
  getDivisions: roleNames,
  registerOrganization: ['TOWN_ACCOUNTANT', ...bureau],
  getOrganizations: bookReaders,
  openBook: ['TOWN_ACCOUNTANT', ...bureau],
  // The accounts of a book are its bookkeeper's affair, as the book is.
  addAccount: ['TOWN_ACCOUNTANT'],
  retireAccount: ['TOWN_ACCOUNTANT'],
  recordOpeningBalances: submitters,
  convertStandard: submitters,
} as const satisfies Rules;
