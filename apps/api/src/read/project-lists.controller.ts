import { ReadModel, type Scope } from '@ledger/readmodel';
import { enrolment, gain, type History, job, type ProjectState, visitorCount } from '@ledger/views';
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mayEverything, type Permit, permitOf, scopeOf } from '../access/permit.js';
import { READ_MODEL } from '../boot/runtime.js';
import { wrongInput } from '../input.js';
import { versions } from './answers.js';
import { Reads } from './documented.js';
import { type Moment, Moments } from './moments.js';
import { knownProject, leadVillageOf, pageOf } from './project-pages.js';
import { enrolmentRow, gainRow, jobRow, saleRow, visitorCountRow } from './project-schemas.js';
import { keyCursor, keyIn, limitOf, PageQuery } from './queries.js';
import { list, next, object } from './schemas.js';

const project = { type: 'string' };

/** The long lists of one project, page by page. */
@Controller('projects/:id')
export class ProjectLists {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get('enrolments')
  @Reads(PageQuery, {
    summary: '项目的在约农户 · The households that are enrolled in a project',
    answer: object({ project, rows: list(enrolmentRow), next }),
    refusals: ['PROJECT_UNKNOWN'],
  })
  enrolments(@Param('id') id: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    return this.#page(enrolment, id, query, request);
  }

  @Get('jobs')
  @Reads(PageQuery, {
    summary: '项目的在岗用工 · The jobs that there are in a project',
    answer: object({ project, rows: list(jobRow), next }),
    refusals: ['PROJECT_UNKNOWN'],
  })
  jobs(@Param('id') id: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    return this.#page(job, id, query, request);
  }

  @Get('gains')
  @Reads(PageQuery, {
    summary: '项目的年增收 · The gains of years through a project',
    answer: object({ project, rows: list(gainRow), next }),
    refusals: ['PROJECT_UNKNOWN'],
  })
  gains(@Param('id') id: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    return this.#page(gain, id, query, request);
  }

  @Get('visitor-counts')
  @Reads(PageQuery, {
    summary: '项目的游客统计 · The counts of visitors of a project',
    answer: object({ project, rows: list(visitorCountRow), next }),
    refusals: ['PROJECT_UNKNOWN'],
  })
  visitorCounts(@Param('id') id: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    return this.#page(visitorCount, id, query, request);
  }

  @Get('sales')
  @Reads(PageQuery, {
    summary: '项目的销售 · The sales of a project, by number',
    answer: object({ project, rows: list(saleRow), next }),
    refusals: ['PROJECT_UNKNOWN'],
  })
  async sales(@Param('id') id: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    const after = saleNoIn(query);
    const at = await this.moments.resolve(query, request);
    const scope = scopeOf(request);
    const leads = this.#leads(knownProject(this.views, id, at, scope).state, at, scope);
    const limit = limitOf(query);
    const rows = leads ? this.views.projects.sales(id, { after, limit }, at) : [];
    const last = rows.length < limit ? undefined : rows.at(-1);
    return {
      ...at,
      views: versions(this.views, 'project', 'sale'),
      project: id,
      rows,
      next: last === undefined ? null : keyCursor(String(last.saleNo)),
    };
  }

  async #page<S extends object>(view: History<S>, id: string, query: PageQuery, request: FastifyRequest) {
    const permit = permitOf(request);
    const { scope } = permit;
    const at = await this.moments.resolve(query, request);
    const leads = this.#leads(knownProject(this.views, id, at, scope).state, at, scope);
    const village = this.#villagesSeen(view, leads, at, permit);
    const find = { project: [id], ...(village && { village }) };
    const page =
      leads || view.find.includes('village') ? pageOf(this.views, view, find, query, at) : { rows: [], next: null };
    const rows = page.rows.map(({ state, position }) => ({ ...state, ...this.#placeOf(state, at), position }));
    const used = versions(this.views, 'project', view.name, 'division');
    return { ...at, views: used, project: id, rows, next: page.next };
  }

  /** What is of no single village stands with the one that leads. */
  #leads(state: ProjectState, at: Moment, scope: Scope): boolean {
    return leadVillageOf(this.views, state, at, scope) !== null;
  }

  /** By which codes rows are looked for, so that neither page nor cursor is made of those of others. */
  #villagesSeen(view: History, leads: boolean, at: Moment, permit: Permit): string[] | undefined {
    if (mayEverything(permit) || !view.find.includes('village')) return undefined;
    return [...this.views.recordedVillages(undefined, at, permit.scope).keys(), ...(leads ? [''] : [])];
  }

  /** The village of what is in one, under the code that it has then. */
  #placeOf(state: object, at: Moment): { village?: string } {
    if (!('village' in state) || typeof state.village !== 'string') return {};
    return { village: this.views.codeThen(state.village, at) };
  }
}

function saleNoIn({ after }: PageQuery): number {
  const key = keyIn(after) ?? '0';
  if (/^\d{1,9}$/.test(key)) return Number(key);
  throw wrongInput('after', '不是本接口给出的游标', 'is not a cursor that this route gave out');
}
