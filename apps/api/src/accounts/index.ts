import { AccessRecordController } from './access-record.controller.js';
import { AccountsController } from './accounts.controller.js';
import { MeController } from './me.controller.js';
import { SessionController } from './session.controller.js';
import { SessionsController } from './sessions.controller.js';
import { TokensController } from './tokens.controller.js';

export const accountControllers = [
  SessionController,
  SessionsController,
  TokensController,
  AccountsController,
  AccessRecordController,
  MeController,
];
