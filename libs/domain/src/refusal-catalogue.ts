import { accessRefusals } from './refusals/access.js';
import { accountRefusals } from './refusals/accounts.js';
import { attachmentRefusals } from './refusals/attachments.js';
import { assetRefusals } from './refusals/assets.js';
import { bookRefusals } from './refusals/books.js';
import { divisionChangeRefusals } from './refusals/division-changes.js';
import { divisionAndOrganizationRefusals } from './refusals/divisions-and-organizations.js';
import { draftRefusals } from './refusals/drafts.js';
import { handoverRefusals } from './refusals/handovers.js';
import { householdRefusals } from './refusals/households.js';
import { indicatorRefusals } from './refusals/indicators.js';
import { personalDataRefusals } from './refusals/personal-data.js';
import { periodRefusals } from './refusals/periods.js';
import { projectRefusals } from './refusals/projects.js';
import { requestRefusals } from './refusals/requests.js';
import { settlementRefusals } from './refusals/settlements.js';
import { standardRefusals } from './refusals/standards.js';

/** Every code that the ledger answers with. A code without a test that provokes it fails the build. */
export const refusals = {
  ...divisionAndOrganizationRefusals,
  ...divisionChangeRefusals,
  ...bookRefusals,
  ...handoverRefusals,
  ...standardRefusals,
  ...periodRefusals,
  ...attachmentRefusals,
  ...householdRefusals,
  ...personalDataRefusals,
  ...indicatorRefusals,
  ...projectRefusals,
  ...settlementRefusals,
  ...assetRefusals,
  ...accessRefusals,
  ...accountRefusals,
  ...draftRefusals,
  ...requestRefusals,
} as const;

export type RefusalCode = keyof typeof refusals;
export type RefusalFacts<C extends RefusalCode> = Parameters<(typeof refusals)[C]['zh']>[0];
