import { type PublicCount, publicCount, publicSum } from '@ledger/domain';
import { ReadModel, type Scope } from '@ledger/readmodel';
import { enrolment, gain, type History, job, participation, project, type ProjectState } from '@ledger/views';
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { permitOf, publicPlaces, scopeOf } from '../access/permit.js';
import { READ_MODEL } from '../boot/runtime.js';
import { versions } from './answers.js';
import { Reads } from './documented.js';
import { type Moment, Moments } from './moments.js';
import { knownDivision, knownVillage } from './places.js';
import { leadVillageOf, pageOf, shareOf } from './project-pages.js';
import {
  enrolmentCount,
  enrolmentRow,
  gainRow,
  jobRow,
  sums,
  villageProjectRow,
  villageProjects,
} from './project-schemas.js';
import { AtQuery, PageQuery } from './queries.js';
import { count, list, next, object, suppressed } from './schemas.js';
import { suppression } from './suppression.js';

type Villages = ReadonlyMap<string, string>;

const OF_VILLAGE = ['DIVISION_CODE_INVALID', 'VILLAGE_UNKNOWN'] as const;
const OF_DIVISION = ['DIVISION_CODE_INVALID', 'DIVISION_UNKNOWN'] as const;
const division = { type: 'string' };

/** Projects and their people by the villages that they are in, under the codes that these have then. */
@Controller()
export class PlaceProjectReads {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get('villages/:code/projects')
  @Reads(PageQuery, {
    summary: '村参与的项目 · The projects that a village takes part in',
    answer: object({ division, rows: list(villageProjectRow), next, suppressed }, ['suppressed']),
    refusals: OF_VILLAGE,
  })
  async ofVillage(@Param('code') code: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const village = knownVillage(this.views, code, 'projects', at, scope);
    const recorded = this.views.recordedVillages(village, at, scope);
    const counts = this.#counts(recorded, at, request);
    return {
      ...this.#lasting(at, village),
      ...this.#said(counts, recorded, request),
      ...this.#projects(recorded, counts, query, at, scope),
    };
  }

  @Get('divisions/:code/projects')
  @Reads(PageQuery, {
    summary: '镇街、区的项目及按村汇总 · The projects of a village, township or district, with counts by village',
    heavy: true,
    answer: object(
      {
        division,
        projects: count,
        ...sums,
        villages: list(villageProjects),
        rows: list(villageProjectRow),
        next,
        suppressed,
      },
      ['suppressed'],
    ),
    refusals: OF_DIVISION,
  })
  async ofDivision(@Param('code') code: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const of = knownDivision(this.views, code, at, scope);
    const recorded = this.views.recordedVillages(of, at, scope);
    const taking = this.views.history.page(participation, { find: { village: [...recorded.keys()] } }, at);
    const counts = this.#counts(recorded, at, request);
    return {
      ...this.#lasting(at, of),
      ...this.#said(counts, recorded, request),
      projects: new Set(taking.map(({ state }) => state.project)).size,
      ...summed(counts),
      villages: byVillage(
        taking.map(({ state }) => ({ project: state.project, village: now(state.village, recorded) })),
        counts,
      ),
      ...this.#projects(recorded, counts, query, at, scope),
    };
  }

  @Get('villages/:code/enrolments')
  @Reads(PageQuery, {
    summary: '村的在约农户 · The households of a village that are enrolled',
    answer: object({ division, rows: list(enrolmentRow), next }),
    refusals: OF_VILLAGE,
  })
  enrolments(@Param('code') code: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    return this.#list(enrolment, 'enrolments', code, query, request);
  }

  @Get('villages/:code/jobs')
  @Reads(PageQuery, {
    summary: '村的在岗用工 · The jobs that count in a village',
    answer: object({ division, rows: list(jobRow), next }),
    refusals: OF_VILLAGE,
  })
  jobs(@Param('code') code: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    return this.#list(job, 'enrolments', code, query, request);
  }

  @Get('villages/:code/gains')
  @Reads(PageQuery, {
    summary: '村的年增收 · The gains of the households and populations of a village',
    answer: object({ division, rows: list(gainRow), next }),
    refusals: OF_VILLAGE,
  })
  gains(@Param('code') code: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    return this.#list(gain, 'enrolments', code, query, request);
  }

  @Get('divisions/:code/enrolments')
  @Reads(AtQuery, {
    summary: '镇街、区的签约和用工,按村和项目 · Enrolled households and jobs, by village and project',
    heavy: true,
    answer: object({ division, ...sums, rows: list(enrolmentCount), suppressed }, ['suppressed']),
    refusals: OF_DIVISION,
  })
  async divisionEnrolments(@Param('code') code: string, @Query() query: AtQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const of = knownDivision(this.views, code, at, scope);
    const recorded = this.views.recordedVillages(of, at, scope);
    const counts = this.#counts(recorded, at, request);
    const states = this.#states(counts, at);
    const rows = counts.map((row) => ({ ...row, name: states.get(row.project)?.name ?? '' }));
    return { ...this.#lasting(at, of), ...this.#said(counts, recorded, request), ...summed(counts), rows };
  }

  #lasting(at: Moment, of: string) {
    return {
      ...at,
      views: versions(this.views, 'project', 'participation', 'project_count', 'division'),
      division: of,
    };
  }

  #states(rows: readonly { project: string }[], at: Moment): ReadonlyMap<string, ProjectState> {
    const keys = [...new Set(rows.map((row) => row.project))];
    return new Map(this.views.history.page(project, { keys }, at).map(({ key, state }) => [key, state]));
  }

  #projects(recorded: Villages, counted: readonly Count[], query: PageQuery, at: Moment, scope: Scope) {
    const page = pageOf(this.views, participation, { village: [...recorded.keys()] }, query, at);
    const counts = new Map(counted.map((row) => [`${row.project}/${row.village}`, row]));
    const states = this.#states(
      page.rows.map(({ state }) => state),
      at,
    );
    const rows = page.rows.flatMap(({ state: { project: id, village: code, since } }) => {
      const state = states.get(id);
      if (state === undefined) return [];
      const village = now(code, recorded);
      const { name, kind, status } = state;
      const leadVillage = leadVillageOf(this.views, state, at, scope);
      const { enrolled = 0, jobs = 0 } = counts.get(`${id}/${village}`) ?? {};
      const basisPoints = shareOf(state, code);
      return [{ project: id, name, kind, status, leadVillage, village, since, basisPoints, enrolled, jobs }];
    });
    return { rows, next: page.next };
  }

  /** By the code that each village has then, and by project; without those of a few where they go to the public. */
  #counts(recorded: Villages, at: Moment, request: FastifyRequest): Count[] {
    const rows = this.views.projects.counts({ villages: [...recorded.keys()] }, at);
    const known = Map.groupBy(rows, ({ project: id, village }) => `${now(village, recorded)}/${id}`);
    const isPublic = publicPlaces(permitOf(request), this.views.scopes);
    return [...known]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, own]) => {
        const [village = '', id = ''] = key.split('/');
        const shown = (of: 'enrolled' | 'jobs'): PublicCount => {
          const sum = own.reduce((total, row) => total + row[of], 0);
          return isPublic(village) ? publicCount(sum) : sum;
        };
        return { village, project: id, enrolled: shown('enrolled'), jobs: shown('jobs') };
      });
  }

  #said(counts: readonly Count[], recorded: Villages, request: FastifyRequest): { suppressed?: boolean } {
    const told = counts.flatMap(({ enrolled, jobs }) => [enrolled, jobs]);
    return suppression(recorded, publicPlaces(permitOf(request), this.views.scopes), told);
  }

  async #list<S extends { readonly village: string | null }>(
    view: History<S>,
    what: string,
    code: string,
    query: PageQuery,
    request: FastifyRequest,
  ) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const village = knownVillage(this.views, code, what, at, scope);
    const recorded = this.views.recordedVillages(village, at, scope);
    const page = pageOf(this.views, view, { village: [...recorded.keys()] }, query, at);
    const rows = page.rows.map(({ state, position }) => ({ ...state, village, position }));
    return { ...at, views: versions(this.views, view.name, 'division'), division: village, rows, next: page.next };
  }
}

interface Count {
  readonly village: string;
  readonly project: string;
  readonly enrolled: PublicCount;
  readonly jobs: PublicCount;
}

function now(code: string, recorded: Villages): string {
  return recorded.get(code) ?? code;
}

function summed(counts: readonly Count[]): { enrolled: PublicCount; jobs: PublicCount } {
  return {
    enrolled: publicSum(counts.map(({ enrolled }) => enrolled)),
    jobs: publicSum(counts.map(({ jobs }) => jobs)),
  };
}

/** How many projects each village takes part in, and how many of its people do. */
function byVillage(taking: readonly { project: string; village: string }[], counts: readonly Count[]) {
  const villages = [...new Set([...taking, ...counts].map(({ village }) => village))].toSorted();
  const projects = Map.groupBy(taking, ({ village }) => village);
  const people = Map.groupBy(counts, ({ village }) => village);
  return villages.map((village) => ({
    village,
    projects: new Set(projects.get(village)?.map((row) => row.project)).size,
    ...summed(people.get(village) ?? []),
  }));
}
