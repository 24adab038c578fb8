import { ReadModel } from '@ledger/readmodel';
import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { scopeOf } from '../access/permit.js';
import { READ_MODEL } from '../boot/runtime.js';
import { versions } from './answers.js';
import { Reads } from './documented.js';
import { Moments } from './moments.js';
import { AtQuery } from './queries.js';
import { list, object, organizationRow } from './schemas.js';

@Controller('organizations')
export class OrganizationReads {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get()
  @Reads(AtQuery, {
    summary: '机构列表 · The organisations of the villages',
    answer: object({ rows: list(organizationRow) }),
    refusals: [],
  })
  async organizations(@Query() query: AtQuery, @Req() request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    const rows = this.views.organizations(at, scopeOf(request));
    return { ...at, views: versions(this.views, 'organization', 'division'), rows };
  }
}
