import { bookCheckers, incomeReaders, projectWorkers, submitters, voucherReaders } from './groups.js';
import type { Rules } from './rule.js';

const bookkeeper = ['TOWN_ACCOUNTANT'] as const;
const documentReaders = [...incomeReaders, 'TEAM_LEAD'] as const;

/** Postings, closes and what the books say (rows of vouchers, reversals, closes), with the papers behind it. */
export const bookRules = {
  recordIncome: submitters,
  recordExpense: submitters,
  postVoucher: submitters,
  reverseVoucher: submitters,
  runDepreciation: bookkeeper,
  closePeriod: bookkeeper,
  closeYear: bookkeeper,
  // By who leaves or who comes; the reviewer who approves it is its witness.
  handOverBook: bookkeeper,
  getBooksVouchers: voucherReaders,
  getBooksVouchersByPeriodAndVoucherNo: voucherReaders,
  getBooksCloses: voucherReaders,
  getBooksHandovers: voucherReaders,
  getBooksBalances: voucherReaders,
  getBooksTrialBalance: bookCheckers,
  getDivisionsIncomeEntries: incomeReaders,
  // Whoever states something may prove it.
  putAttachmentsBySha256: [...projectWorkers, 'VILLAGE_HEAD', ...bookkeeper, 'TOWN_LEADER', 'DISTRICT_AGRI'],
  // Which of them, the facts say that name one.
  getAttachmentsBySha256: documentReaders,
  headAttachmentsBySha256: documentReaders,
} as const satisfies Rules;
