import { accessScenes } from './access.js';
import { accountsScenes } from './accounts.js';
import { assetsScenes } from './assets.js';
import { attachmentsScenes } from './attachments.js';
import { booksScenes } from './books.js';
import { divisionChangesScenes } from './division-changes.js';
import { divisionsAndOrganizationsScenes } from './divisions-and-organizations.js';
import { handoversScenes } from './handovers.js';
import { householdsScenes } from './households.js';
import { indicatorsScenes } from './indicators.js';
import { periodsScenes } from './periods.js';
import { personalDataScenes } from './personal-data.js';
import { projectsScenes } from './projects.js';
import { requestsScenes } from './requests.js';
import type { Scene } from './scene.js';
import { settlementsScenes } from './settlements.js';
import { standardsScenes } from './standards.js';

/** One scene a code: how a client meets it. The files are those of the catalogue. */
export const scenes: Readonly<Record<string, Scene>> = {
  ...divisionsAndOrganizationsScenes,
  ...divisionChangesScenes,
  ...booksScenes,
  ...handoversScenes,
  ...standardsScenes,
  ...periodsScenes,
  ...attachmentsScenes,
  ...householdsScenes,
  ...personalDataScenes,
  ...indicatorsScenes,
  ...projectsScenes,
  ...accountsScenes,
  ...requestsScenes,
  ...settlementsScenes,
  ...assetsScenes,
  ...accessScenes,
};
