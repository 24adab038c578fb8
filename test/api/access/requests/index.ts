import { accountRequests } from './accounts.js';
import type { OperationRequests } from './asked.js';
import { assetRequests } from './assets.js';
import { draftRequests } from './drafts.js';
import { peopleRequests } from './people.js';
import { personalDataRequests } from './personal-data.js';
import { placeRequests } from './places.js';
import { projectRequests } from './projects.js';
import { readRequests } from './reads.js';

export type { Asked, Asking, Target } from './asked.js';

/** One request for each operation, by the ids of a place: valid there, and the same for ids that nothing has. */
export const requests: OperationRequests = {
  ...readRequests,
  ...accountRequests,
  ...placeRequests,
  ...assetRequests,
  ...peopleRequests,
  ...projectRequests,
  ...draftRequests,
  ...personalDataRequests,
};
