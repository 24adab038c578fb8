import {
  firstDay,
  lastDay,
  type LocalDate,
  type Period,
  periodOf,
  Refusal,
  shanghaiDate,
  validDivisionCode,
} from '@ledger/domain';
import { type EntryPlace, type IncomeEntryRow, ReadModel, REPORT_VIEWS } from '@ledger/readmodel';
import {
  dayNumber,
  factHref,
  type IncomeFilter,
  monthNumber,
  type MonthlyIncomeReport,
  voucherHref,
} from '@ledger/views';
import { entriesPage, renderIncomeReport, reportFormats } from '@ledger/reports';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { onlyBooks, permitOf, scopeOf } from '../access/permit.js';
import { READ_MODEL, RUNTIME, type Runtime } from '../boot/runtime.js';
import { wrongInput } from '../input.js';
import { versions } from './answers.js';
import { Reads } from './documented.js';
import { followable } from './followed-links.js';
import { type Moment, Moments } from './moments.js';
import { knownDivision } from './places.js';
import { keyCursor, keyIn, limitOf } from './queries.js';
import { refuseRange } from './ranges.js';
import { acceptedFormat, answersPage, linksFor, nextHref, reportHeaders } from './report-format.js';
import { IncomeEntriesQuery, incomeMeasures, MonthlyIncomeQuery } from './report-queries.js';
import { basis, incomeEntryRow, monthlyIncomeReport } from './report-schemas.js';
import { fen, list, object, ofBooks, orNull, text } from './schemas.js';

const REFUSALS = [
  'DIVISION_CODE_INVALID',
  'DIVISION_UNKNOWN',
  'DIVISION_ABOLISHED',
  'DIVISION_RECODED',
  'VILLAGE_ABOLISHED',
  'GRANT_TOO_NARROW',
] as const;

/** The monthly income report (村级收入月报), and what every amount in it is made of. */
@Controller()
export class IncomeReads {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  @Get('reports/monthly-income')
  @Reads(MonthlyIncomeQuery, {
    summary: '村级收入月报 · The monthly income report of a village, township or district',
    heavy: true,
    answer: monthlyIncomeReport,
    alsoAs: Object.values(reportFormats).map(({ mediaType }) => mediaType),
    refusals: REFUSALS,
  })
  async monthlyIncome(
    @Query() query: MonthlyIncomeQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const report = await this.#report(query, request);
    const format = query.format ?? acceptedFormat(request.headers.accept);
    void reply.header('vary', 'accept');
    const limits = onlyBooks(permitOf(request), report.scope.code, this.views.scopes);
    if (format === 'json') return { ...report, ...limits };
    refusePart(limits);
    const links = linksFor(format, request);
    const follows = followable(request, this.views.scopes);
    const bytes = await renderIncomeReport(report, format, (href) =>
      follows(href, report.scope.code) ? links(href) : undefined,
    );
    void reply.headers(reportHeaders(report, format));
    return Buffer.from(bytes);
  }

  async #report(query: MonthlyIncomeQuery, request: FastifyRequest): Promise<MonthlyIncomeReport> {
    const { period } = query;
    const scope = scopeOf(request);
    this.#refuseToCome(period);
    // The report is a paper of its month: without a day it is the same whenever it is asked for.
    const at = await this.moments.resolve({ ...query, asOf: query.asOf ?? lastDay(period) }, request);
    refuseBefore(at.asOf, period);
    const division = validDivisionCode(query.scope, 'scope');
    this.views.refuseUnknownDivision(division, at, scope, 'scope');
    const since = await this.#since(query.since, at);
    const recordedOn = await this.#begunBy(at.knownAt, period);
    const by = query.basis ?? 'booked';
    const question = { division, period, basis: by, recordedOn, ...(since === undefined ? {} : { since }) };
    return this.views.incomes.report(question, at, scope);
  }

  @Get('divisions/:code/income-entries')
  @Reads(IncomeEntriesQuery, {
    summary: '收入明细 · The voucher lines that an amount of income is made of',
    heavy: true,
    answer: object(
      {
        division: text,
        from: text,
        to: text,
        measure: { type: 'string', enum: [...incomeMeasures] },
        basis,
        totalFen: { ...fen, description: '全部明细合计,单位分 · what all of them come to, in fen' },
        rows: list(incomeEntryRow),
        next: orNull(text),
        ...ofBooks,
      },
      ['onlyBooks'],
    ),
    alsoAs: [reportFormats.html.mediaType],
    refusals: REFUSALS,
  })
  async entries(
    @Param('code') code: string,
    @Query() query: IncomeEntriesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.#entries(code, query, request);
    const limits = onlyBooks(permitOf(request), answer.division, this.views.scopes);
    if (!answersPage(request, reply)) return { ...answer, ...limits };
    refusePart(limits);
    const names = this.views.incomes.entryNames(answer.division, answer.rows, answer, scopeOf(request));
    const follows = followable(request, this.views.scopes);
    const rows = answer.rows.map((row) => ({ ...row, href: follows(row.href, row.village) ? row.href : null }));
    const asked = { filter: filterOf(query), names, nextHref: nextHref(answer.next, request.url) };
    return entriesPage({ ...answer, rows }, asked);
  }

  async #entries(code: string, query: IncomeEntriesQuery, request: FastifyRequest) {
    const scope = scopeOf(request);
    const { from, to, measure = 'recognised', basis: asked = 'booked' } = query;
    refuseRange(from, to);
    const after = placeIn(query.after);
    const filter = filterOf(query);
    const at = await this.moments.resolve(query, request);
    const division = knownDivision(this.views, code, at, scope);
    const months = { from: monthNumber(from), to: monthNumber(to) };
    const { rows, next, totalFen } = this.views.incomes.entries(
      { division, measure, basis: asked, ...months, ...filter },
      { limit: limitOf(query), ...(after === undefined ? {} : { after }) },
      at,
      scope,
    );
    return {
      ...at,
      views: versions(this.views, ...REPORT_VIEWS),
      division,
      from,
      to,
      measure,
      basis: asked,
      totalFen,
      rows: rows.map((row) => ({ ...row, href: hrefOf(row, at) })),
      next: next === undefined ? null : keyCursor(next.join('/')),
    };
  }

  #refuseToCome(period: Period): void {
    const today = shanghaiDate(this.runtime.log.now());
    if (period > periodOf(today)) {
      throw wrongInput('period', `${period}尚未开始(今天是${today})`, `has not begun: today is ${today}`);
    }
  }

  /** The day on which the fact at a position was recorded; refused where the month began only after the next one. */
  async #begunBy(knownAt: number, period: Period): Promise<LocalDate> {
    const { log } = this.runtime;
    const [last, next] = await log.readAfter(Math.max(0, knownAt - 1), 2);
    // A position is what is known until the next fact is recorded.
    const until = shanghaiDate(next?.recordedAtMs ?? log.now());
    if (period > periodOf(until)) {
      const zh = `在账本第${knownAt}条时尚未开始(其后一条记于${until})`;
      throw wrongInput('period', zh, `had not begun at position ${knownAt}: the next fact was recorded on ${until}`);
    }
    return shanghaiDate(last?.recordedAtMs ?? 0);
  }

  async #since(asked: string | undefined, { knownAt }: Moment): Promise<number | undefined> {
    if (asked === undefined) return undefined;
    const since = await this.moments.position(asked, 'since');
    if (since <= knownAt) return since;
    throw wrongInput('since', `应不晚于knownAt(第${knownAt}条)`, `must not be after knownAt, position ${knownAt}`);
  }
}

/** A paper goes from hand to hand without its question, so it is of a whole place. */
function refusePart(limits: ReturnType<typeof onlyBooks>): void {
  if (limits.onlyBooks !== undefined) throw new Refusal('GRANT_TOO_NARROW', { needs: 'allBooksThere' });
}

function refuseBefore(asOf: LocalDate, period: Period): void {
  if (asOf >= firstDay(period)) return;
  throw wrongInput('asOf', `早于报告月份${period}`, `is before ${period}, the month of the report`);
}

function filterOf({ role, accounts, project, withoutProject }: IncomeEntriesQuery): IncomeFilter {
  if (project !== undefined && withoutProject !== undefined) {
    throw wrongInput('withoutProject', '不能与project同时使用', 'cannot be used together with project');
  }
  return {
    ...(role === undefined ? {} : { role }),
    ...(accounts === undefined ? {} : { accounts: accounts.split(',') }),
    ...(project === undefined ? {} : { project }),
    ...(withoutProject === undefined ? {} : { project: null }),
  };
}

function hrefOf({ book, voucher, bookedOn, position }: IncomeEntryRow, { knownAt }: Moment): string {
  return voucher === null ? factHref(position, knownAt) : voucherHref(book, voucher, dayNumber(bookedOn), knownAt);
}

function placeIn(cursor: string | undefined): EntryPlace | undefined {
  if (cursor === undefined) return undefined;
  const numbers = (keyIn(cursor) ?? '').split('/').map(Number);
  if (numbers.length === 6 && numbers.every((number) => Number.isSafeInteger(number))) {
    return numbers as unknown as EntryPlace;
  }
  throw wrongInput('after', '应为上一页给出的游标', 'must be a cursor that the page before gave out');
}
