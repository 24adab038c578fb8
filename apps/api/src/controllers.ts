import { GrantsController } from './access/grants.controller.js';
import { accountControllers } from './accounts/index.js';
import { AttachmentsController } from './attachments.controller.js';
import { DraftsController } from './drafts/drafts.controller.js';
import { HealthController } from './health.controller.js';
import { personalDataControllers } from './personal-data/index.js';
import { ProblemsController } from './problems.controller.js';
import { readControllers } from './read/index.js';
import { writeControllers } from './write/index.js';

export const PREFIX = 'api/v1';
/** Whoever asks these knows no versions: a load balancer, or a reader who follows the `type` of a problem. */
export const OUTSIDE_PREFIX = ['health/live', 'health/ready', 'problems/:code'];

/** Every controller of the interface; the server and its OpenAPI document are made from this one list. */
export const controllers = [
  HealthController,
  ProblemsController,
  AttachmentsController,
  GrantsController,
  ...accountControllers,
  DraftsController,
  ...personalDataControllers,
  ...writeControllers,
  ...readControllers,
];
