import { ReadModel } from '@ledger/readmodel';
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { scopeOf } from '../access/permit.js';
import { READ_MODEL } from '../boot/runtime.js';
import { known, versions } from './answers.js';
import { Reads } from './documented.js';
import { Moments } from './moments.js';
import { AtQuery } from './queries.js';
import { list, object, periodCloseRow, yearCloseRow } from './schemas.js';

@Controller('books')
export class CloseReads {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get(':id/closes')
  @Reads(AtQuery, {
    summary: '结账记录 · The months and years of a book that are closed, and who closed them',
    answer: object({ book: { type: 'string' }, periods: list(periodCloseRow), years: list(yearCloseRow) }),
    refusals: ['BOOK_UNKNOWN'],
  })
  async closes(@Param('id') id: string, @Query() query: AtQuery, @Req() request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    const { periods, years } = known(this.views.closes(id, at, scopeOf(request)), id);
    return { ...at, views: versions(this.views, 'book', 'period_close', 'year_close'), book: id, periods, years };
  }
}
