import { ReadModel } from '@ledger/readmodel';
import { enrolment, gain, type History, job } from '@ledger/views';
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { permitOf } from '../access/permit.js';
import { READ_MODEL } from '../boot/runtime.js';
import { versions } from './answers.js';
import { Reads } from './documented.js';
import { knownHousehold } from './household-pages.js';
import { Moments } from './moments.js';
import { pageOf } from './project-pages.js';
import { enrolmentRow, gainRow, jobRow } from './project-schemas.js';
import { PageQuery } from './queries.js';
import { list, next, object, text } from './schemas.js';

/** What one household has of projects, page by page: all of it is recorded in the village of the household. */
@Controller('households/:id')
export class HouseholdLists {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get('enrolments')
  @Reads(PageQuery, {
    summary: '农户在约的项目 · The projects in which a household is enrolled',
    answer: object({ household: text, rows: list(enrolmentRow), next }),
    refusals: ['HOUSEHOLD_UNKNOWN'],
  })
  enrolments(@Param('id') id: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    return this.#page(enrolment, id, query, request);
  }

  @Get('jobs')
  @Reads(PageQuery, {
    summary: '农户的在岗用工 · The jobs that the people of a household have in projects',
    answer: object({ household: text, rows: list(jobRow), next }),
    refusals: ['HOUSEHOLD_UNKNOWN'],
  })
  jobs(@Param('id') id: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    return this.#page(job, id, query, request);
  }

  @Get('gains')
  @Reads(PageQuery, {
    summary: '农户的年增收 · The gains of years of a household',
    answer: object({ household: text, rows: list(gainRow), next }),
    refusals: ['HOUSEHOLD_UNKNOWN'],
  })
  gains(@Param('id') id: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    return this.#page(gain, id, query, request);
  }

  async #page<S extends object>(view: History<S>, id: string, query: PageQuery, request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    const { village: registeredIn } = knownHousehold(this.views, id, at, permitOf(request)).state;
    const village = this.views.codeThen(registeredIn, at);
    const page = pageOf(this.views, view, { household: [id] }, query, at);
    const rows = page.rows.map(({ state, position }) => ({ ...state, village, position }));
    const used = versions(this.views, 'household', view.name, 'division');
    return { ...at, views: used, household: id, rows, next: page.next };
  }
}
