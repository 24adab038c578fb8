import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { sightOfFacts } from '../access/facts-in-sight.js';
import { permitOf } from '../access/permit.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { eventOf } from './answers.js';
import { Reads } from './documented.js';
import { eventPage } from './event-pages.js';
import { Moments } from './moments.js';
import { cursorAt, cursorPosition, EventsQuery, limitOf } from './queries.js';
import { eventRow, list, object } from './schemas.js';

/** The facts themselves, exactly as stored, for auditors and for whoever keeps a copy, as far as they may see. */
@Controller('events')
export class EventReads {
  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get()
  @Reads(EventsQuery, {
    summary: '事实流 · The facts in the order of the ledger, exactly as stored',
    answer: object({
      knownAt: { type: 'integer' },
      rows: list(eventRow),
      next: { type: 'string', description: '下一页的游标 · the cursor for what comes after' },
    }),
    refusals: [],
  })
  async events(@Query() query: EventsQuery, @Req() request: FastifyRequest) {
    const { log, views } = this.runtime;
    const after = query.after === undefined ? 0 : (cursorPosition(query.after) ?? 0);
    const limit = limitOf(query);
    const knownAt = query.knownAt === undefined ? await log.head() : await this.moments.position(query.knownAt);
    const sees = sightOfFacts(permitOf(request), views.scopes);
    const { facts, reached } = await eventPage(log, { after, knownAt, limit, sees });
    return { knownAt, rows: facts.map(eventOf), next: cursorAt(reached) };
  }
}
