import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CommandHandling } from '@ledger/commands';
import type { Observer } from '@ledger/telemetry';
import { AccessGuard } from '../access/access-guard.js';
import { AUTHENTICATOR, type Authenticator, oneToken } from '../access/authenticators.js';
import { byAccount } from '../accounts/account-authenticator.js';
import { recordDenials } from '../accounts/denials.js';
import { Administrators } from '../access/administrators.js';
import { GrantRegister } from '../access/grant-register.js';
import { OPERATIONS, Permissions } from '../access/permissions.js';
import { SeenAttachments } from '../access/seen-attachments.js';
import { controllers, OUTSIDE_PREFIX, PREFIX } from '../controllers.js';
import { DraftedCommands } from '../drafts/drafted-commands.js';
import { DraftKeeping } from '../drafts/draft-keeping.js';
import { DraftQueue } from '../drafts/draft-queue.js';
import { Review } from '../drafts/review.js';
import { Submissions } from '../drafts/submissions.js';
import { WaitingDrafts } from '../drafts/waiting-drafts.js';
import { Subjects } from '../personal-data/subjects.js';
import { Moments } from '../read/moments.js';
import { commandHandlers } from '../write/command-handlers.js';
import { Receipts } from '../write/receipts.js';
import { Recording } from '../write/recording.js';
import { acceptOnlyJson, BODY_LIMIT_BYTES, leaveBytesUnread } from './bodies.js';
import type { Config } from './config.js';
import { MAX_CONNECTIONS, timeLimits } from './connection-limits.js';
import { logRequest, requestLogging } from './logging.js';
import { openapiDocument, operationsByPath, operationsOf, serveDocuments } from '../openapi/document.js';
import { observeRequests } from './observed-requests.js';
import { answerMalformed, answerProblem, ProblemFilter } from './problem-filter.js';
import { limitRates, RATES, type Rates } from './rates.js';
import { CONFIG, READ_MODEL, RUNTIME, type Runtime } from './runtime.js';
import { tellBrowsers } from './security-headers.js';
import { refuseOddShapes } from './shapes.js';
import { validationPipe } from './validation.js';

export { PREFIX };

/** Puts the doors before an open ledger: routes, guard, validation, problems, documents. Listens on nothing yet. */
export async function createApp(
  config: Config,
  runtime: Runtime,
  { logTo, observer }: { logTo?: NodeJS.WritableStream; observer?: Observer | undefined } = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    ...timeLimits(config.requestSeconds),
    trustProxy: config.tlsProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    // While the process stops, what still comes on open connections is answered as ever, and the connection closed.
    return503OnClosing: false,
    frameworkErrors: answerProblem,
    clientErrorHandler: answerMalformed,
    ...requestLogging(config.logLevel, logTo),
  });
  const fastify = adapter.getInstance();
  fastify.server.maxConnections = MAX_CONNECTIONS;
  if (observer !== undefined) observeRequests(fastify, observer, operationsByPath(controllers));
  await tellBrowsers(fastify, config);
  const rates = await limitRates(fastify, config);
  const app = await NestFactory.create<NestFastifyApplication>(rootModule(config, runtime, rates), adapter, {
    logger: ['fatal', 'error', 'warn'],
    abortOnError: false,
    bodyParser: false,
  });
  app.setGlobalPrefix(PREFIX, { exclude: OUTSIDE_PREFIX });
  acceptOnlyJson(fastify);
  leaveBytesUnread(fastify);
  fastify.addHook('preValidation', async (request) => refuseOddShapes(request));
  fastify.addHook('onResponse', logRequest);
  fastify.addHook('onSend', recordDenials(runtime.identity.record));
  serveDocuments(app, openapiDocument(controllers));
  return app;
}

function authenticatorOf({ access, token }: Config, { identity }: Runtime): Authenticator {
  return access === 'accounts' ? byAccount(identity) : oneToken(token);
}

function rootModule(config: Config, runtime: Runtime, rates: Rates) {
  @Module({
    imports: [CqrsModule.forRoot()],
    controllers,
    providers: [
      { provide: CONFIG, useValue: config },
      { provide: RUNTIME, useValue: runtime },
      { provide: READ_MODEL, useValue: runtime.views },
      { provide: CommandHandling, useValue: runtime.handling },
      { provide: RATES, useValue: rates },
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_FILTER, useClass: ProblemFilter },
      { provide: APP_PIPE, useFactory: validationPipe },
      { provide: AUTHENTICATOR, useValue: authenticatorOf(config, runtime) },
      { provide: OPERATIONS, useValue: operationsOf(controllers) },
      GrantRegister,
      Administrators,
      Permissions,
      SeenAttachments,
      Moments,
      Recording,
      Receipts,
      WaitingDrafts,
      DraftedCommands,
      Submissions,
      DraftKeeping,
      Review,
      DraftQueue,
      Subjects,
      ...commandHandlers,
    ],
  })
  class RootModule {}
  return RootModule;
}
