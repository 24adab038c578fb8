import { ReadModel } from '@ledger/readmodel';
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { scopeOf } from '../access/permit.js';
import { READ_MODEL } from '../boot/runtime.js';
import { known, versions } from './answers.js';
import { Reads } from './documented.js';
import { Moments } from './moments.js';
import { AtQuery } from './queries.js';
import { handoverRow, list, object } from './schemas.js';

@Controller('books')
export class HandoverReads {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get(':id/handovers')
  @Reads(AtQuery, {
    summary: '会计交接记录 · Who has handed a book over to whom, before which witness, and what was unfinished',
    answer: object({ book: { type: 'string' }, handovers: list(handoverRow) }),
    refusals: ['BOOK_UNKNOWN'],
  })
  async handovers(@Param('id') id: string, @Query() query: AtQuery, @Req() request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    const handovers = known(this.views.handovers(id, at, scopeOf(request)), id);
    return { ...at, views: versions(this.views, 'book', 'handover'), book: id, handovers };
  }
}
