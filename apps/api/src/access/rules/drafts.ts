import { submitters } from './groups.js';
import type { Rules } from './rule.js';

/** Who sees what is submitted: those who submit and sign it, who answer for the village, and who oversees them. */
const draftReaders = [
  ...submitters,
  'VILLAGE_HEAD',
  'VILLAGE_SUPERVISOR',
  'TOWN_REVIEWER',
  'TOWN_LEADER',
  'AUDITOR',
] as const;

/** An accountant may find what is wrong with a draft and return it, but the reviewer alone signs. */
export const draftRules = {
  getDrafts: draftReaders,
  getDraftsById: draftReaders,
  approveDraft: ['TOWN_REVIEWER'],
  returnDraft: ['TOWN_REVIEWER', 'TOWN_ACCOUNTANT'],
  withdrawDraft: submitters,
  resubmitDraft: submitters,
} as const satisfies Rules;
