import { type LocalDate, periodOf, projectCategories, validDivisionCode } from '@ledger/domain';
import { ReadModel, type Scope } from '@ledger/readmodel';
import { exact, participation, project, type ProjectState, visitorCount } from '@ledger/views';
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mayEverything, onlyBooksOfSome, type Permit, permitOf, scopeOf } from '../access/permit.js';
import { READ_MODEL } from '../boot/runtime.js';
import { byVillage, operatingFen, totalFen, versions } from './answers.js';
import { Reads } from './documented.js';
import { type Moment, Moments } from './moments.js';
import { knownProject, leadVillageOf, pageOf, pageOfProjects, projectRowOf, shareOf } from './project-pages.js';
import { categoryTable, projectFigures, projectRow } from './project-schemas.js';
import { CategoriesQuery, ProjectQuery, ProjectsQuery } from './queries.js';
import { list, next, object, ofBooks } from './schemas.js';

const TABLES = Object.keys(projectCategories);

@Controller('projects')
export class ProjectReads {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get('categories')
  @Reads(CategoriesQuery, {
    summary: '项目各类别表 · What projects and their figures are sorted by',
    answer: object(Object.fromEntries(TABLES.map((name) => [name, categoryTable])), TABLES),
    refusals: [],
  })
  categories(@Query() { table }: CategoriesQuery) {
    const wanted = Object.entries(projectCategories).filter(([name]) => table === undefined || name === table);
    return Object.fromEntries(
      wanted.map(([name, rows]) => [name, Object.entries(rows).map(([id, names]) => ({ id, ...names }))]),
    );
  }

  @Get()
  @Reads(ProjectsQuery, {
    summary: '项目列表 · The projects, of a division by their lead villages or all',
    answer: object({ rows: list(projectRow), next }),
    refusals: ['DIVISION_CODE_INVALID'],
  })
  async projects(@Query() query: ProjectsQuery, @Req() request: FastifyRequest) {
    const division = query.division === undefined ? undefined : validDivisionCode(query.division, 'division');
    const permit = permitOf(request);
    const at = await this.moments.resolve(query, request);
    const page = this.#listed(division, query, at, permit);
    const rows = page.rows.map((row) => projectRowOf(this.views, row, at, permit.scope));
    return { ...at, views: versions(this.views, 'project', 'division'), rows, next: page.next };
  }

  @Get(':id')
  @Reads(ProjectQuery, {
    summary: '项目 · A project: its state, villages, people, sales, visitors, and income from the books',
    answer: object({ project: projectRow, ...projectFigures, ...ofBooks }, ['onlyBooks']),
    refusals: ['PROJECT_UNKNOWN'],
  })
  async project(@Param('id') id: string, @Query() query: ProjectQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const found = knownProject(this.views, id, at, scope);
    const villages = this.#villages(id, found.state, at, scope);
    const leads = leadVillageOf(this.views, found.state, at, scope) !== null;
    const used = ['project', 'participation', 'project_count', 'sale', 'visitor_count', 'turnover', 'entry'];
    return {
      ...at,
      views: versions(this.views, ...used, 'correction', 'book', 'organization', 'division'),
      project: projectRowOf(this.views, found, at, scope),
      villages,
      enrolled: villages.reduce((sum, { enrolled }) => sum + enrolled, 0),
      jobs: villages.reduce((sum, { jobs }) => sum + jobs, 0),
      // They are told of the whole project, which its lead village answers for.
      sales: leads ? this.#sales(id, at) : null,
      visitors: leads ? this.#visitors(id, at) : null,
      income: this.#income(id, query.basis ?? 'booked', at, scope),
      ...onlyBooksOfSome(
        permitOf(request),
        villages.map(({ village }) => village),
        this.views.scopes,
      ),
    };
  }

  /**
   * By their lead villages in a division. Without one, all that the reader may see: found by the villages that he sees, so
   * that neither page nor cursor is made of others.
   */
  #listed(division: string | undefined, query: ProjectsQuery, at: Moment, permit: Permit) {
    if (division === undefined && mayEverything(permit)) return pageOf(this.views, project, {}, query, at);
    const village = [...this.views.recordedVillages(division, at, permit.scope).keys()];
    if (division !== undefined) return pageOf(this.views, project, { village }, query, at);
    return pageOfProjects(this.views, village, query, at);
  }

  /** Those that take part, and those whose people do; what went into another stands with that one. */
  #villages(id: string, state: ProjectState, at: Moment, scope: Scope) {
    const since = new Map<string, LocalDate>();
    for (const row of this.views.history.page(participation, { find: { project: [id] } }, at)) {
      since.set(row.state.village, row.state.since);
    }
    const counts = new Map(this.views.projects.counts({ project: id }, at).map((row) => [row.village, row]));
    const recorded = new Set([...since.keys(), ...counts.keys()]);
    return [...Map.groupBy(recorded, (code) => this.views.codeThen(code, at))]
      .filter(([village]) => scope.includesDivision(village))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([village, codes]) => ({
        village,
        since: codes.flatMap((code) => since.get(code) ?? []).toSorted()[0] ?? null,
        basisPoints: shareOf(state, ...codes),
        enrolled: codes.reduce((sum, code) => sum + (counts.get(code)?.enrolled ?? 0), 0),
        jobs: codes.reduce((sum, code) => sum + (counts.get(code)?.jobs ?? 0), 0),
      }));
  }

  #sales(id: string, at: Moment) {
    const products = this.views.projects.soldByProduct(id, at);
    const sum = (of: 'sales' | 'quantityGrams' | 'amountFen') =>
      products.reduce((total, row) => exact(total + row[of]), 0);
    return {
      sales: sum('sales'),
      quantityGrams: sum('quantityGrams'),
      amountFen: sum('amountFen'),
      products,
    };
  }

  #visitors(id: string, at: Moment) {
    const counts = this.views.history.page(visitorCount, { find: { project: [id] } }, at);
    return { counts: counts.length, visitors: counts.reduce((sum, { state }) => exact(sum + state.count), 0) };
  }

  /** What all books have under the project, in every month up to the day. */
  #income(id: string, basis: 'booked' | 'restated', at: Moment, scope: Scope) {
    const months = { from: FIRST_PERIOD, to: periodOf(at.asOf) };
    const rows = this.views.turnover({ books: 'all' }, { role: 'income', ...months, basis, project: id }, at, scope);
    return { basis, totalFen: totalFen(rows), operatingFen: operatingFen(rows), villages: byVillage(rows) };
  }
}

/** No book begins before. */
const FIRST_PERIOD = '1950-01';
