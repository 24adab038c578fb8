import { bookReaders, documentReaders, submitters, villageWorkers } from './groups.js';
import type { Rules } from './rule.js';

/** Postings, closes and what the books say (rows of vouchers, reversals, closes). */
export const bookRules = {
  recordIncome: submitters,
  recordExpense: submitters,
  postVoucher: submitters,
  reverseVoucher: submitters,
  runDepreciation: submitters,
  closePeriod: ['TOWN_ACCOUNTANT'],
  closeYear: ['TOWN_ACCOUNTANT'],
  getBooks: bookReaders,
  getBooksById: bookReaders,
  getBooksAccounts: bookReaders,
  getBooksBalances: bookReaders,
  getBooksTrialBalance: bookReaders,
  getBooksVouchers: bookReaders,
  getBooksVouchersByPeriodAndVoucherNo: bookReaders,
  getBooksCloses: bookReaders,
  // Lines of vouchers with their summaries, however they are chosen.
  getDivisionsIncomeEntries: bookReaders,
  // Whoever states something may prove it.
  putAttachmentsBySha256: [...villageWorkers, 'VILLAGE_HEAD', 'TOWN_ACCOUNTANT', 'TOWN_LEADER', 'DISTRICT_AGRI'],
  getAttachmentsBySha256: documentReaders,
  headAttachmentsBySha256: documentReaders,
} as const satisfies Rules;
