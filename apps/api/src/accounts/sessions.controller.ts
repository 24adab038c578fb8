import type { Identity } from '@ledger/identity';
import { Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { permitOf } from '../access/permit.js';
import { Acts } from '../acts.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { Reads } from '../read/documented.js';
import { list, object, text } from '../read/schemas.js';
import { askedBy, reachOf } from './asked-by.js';
import { SessionsQuery } from './queries.js';
import { sessionAnswer, sessionRow } from './schemas.js';

/** Sessions that are open: one's own, and for administrators everybody's. */
@Controller('sessions')
export class SessionsController {
  readonly #identity: Identity;

  constructor(@Inject(RUNTIME) { identity }: Runtime) {
    this.#identity = identity;
  }

  @Get()
  @Reads(SessionsQuery, {
    summary: '会话列表 · The open sessions of an account',
    answer: object({ rows: list(sessionRow) }),
    refusals: [],
  })
  sessions(@Query() { account }: SessionsQuery, @Req() request: FastifyRequest) {
    const { id, credential } = permitOf(request).principal;
    const reach = reachOf(request);
    const of = account ?? id;
    // What is not the asker's to see is as if there were no such account.
    const sessions = reach === undefined || reach === of ? this.#identity.sessions(of) : [];
    return { rows: sessions.map((session) => sessionAnswer(session, credential)) };
  }

  @Post(':id/revoke')
  @Acts({
    name: 'revokeSession',
    summary: '结束会话 · End a session',
    answer: object({ session: text }),
    refusals: ['SESSION_UNKNOWN'],
  })
  revoke(@Param('id') session: string, @Req() request: FastifyRequest) {
    this.#identity.endSession(session, askedBy(request), reachOf(request));
    return { session };
  }
}
