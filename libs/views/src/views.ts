import { accountBalance } from './account-balance.js';
import { asset } from './asset.js';
import { assetEntry } from './asset-entry.js';
import { assetPosting } from './asset-posting.js';
import { book, bookAccount, bookStandard } from './book.js';
import { periodClose, yearClose } from './close.js';
import { division } from './division.js';
import { collection, correction, entry } from './entry.js';
import { evidence } from './evidence.js';
import { handover } from './handover.js';
import type { History } from './history.js';
import { householdConsent } from './household-consent.js';
import { household, householdCount } from './household.js';
import { indicatorReading } from './indicator-reading.js';
import { ledger } from './ledger.js';
import { openingIncome } from './opening-income.js';
import { organization } from './organization.js';
import { gain, sale, visitorCount } from './project-figures.js';
import { enrolment, job, projectCount } from './project-people.js';
import { participation, project } from './project.js';
import { receivable } from './receivable.js';
import type { Register } from './register.js';
import { share } from './share.js';
import type { Tally } from './tally.js';
import { turnover } from './turnover.js';
import { voucher } from './voucher.js';

export type View = Tally | Register | History;

export const tallies: readonly Tally[] = [accountBalance, turnover];

export const registers: readonly Register[] = [
  ledger,
  division,
  organization,
  book,
  bookStandard,
  bookAccount,
  voucher,
  entry,
  correction,
  collection,
  openingIncome,
  receivable,
  periodClose,
  yearClose,
  handover,
  householdCount,
  indicatorReading,
  projectCount,
  sale,
  assetEntry,
  evidence,
];

/** Things with states over time; a fact that is dated back folds its thing anew. */
export const histories: readonly History[] = [
  household,
  householdConsent,
  project,
  participation,
  enrolment,
  job,
  visitorCount,
  gain,
  share,
  asset,
  assetPosting,
];

export const views: readonly View[] = [...tallies, ...registers, ...histories];
