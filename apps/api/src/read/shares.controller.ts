import { bookIdOf } from '@ledger/domain';
import { type HistoryRow, ReadModel, type Scope } from '@ledger/readmodel';
import { exact, share, type ShareState } from '@ledger/views';
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { onlyBooks, onlyBooksOfSome, permitOf, scopeOf } from '../access/permit.js';
import { READ_MODEL } from '../boot/runtime.js';
import { versions } from './answers.js';
import { Reads } from './documented.js';
import { type Moment, Moments } from './moments.js';
import { knownDivision, knownVillage } from './places.js';
import { knownProject } from './project-pages.js';
import { AtQuery, keyCursor, keyIn, limitOf, SharesQuery } from './queries.js';
import { fen, list, next, object, ofBooks } from './schemas.js';
import { settlementRow, shareRow } from './share-schemas.js';

const page = object({ division: { type: 'string' }, rows: list(shareRow), next, ...ofBooks }, ['onlyBooks']);

/** What joint projects have shared out, and where each share stands. */
@Controller()
export class ShareReads {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get('projects/:id/settlements')
  @Reads(AtQuery, {
    summary: '项目各月结算与各村份额 · The settlements of a project, month by month, with every share',
    answer: object({ project: { type: 'string' }, rows: list(settlementRow), amountFen: fen, ...ofBooks }, [
      'onlyBooks',
    ]),
    refusals: ['PROJECT_UNKNOWN'],
  })
  async settlements(@Param('id') id: string, @Query() query: AtQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const project = knownProject(this.views, id, at, scope).key;
    const found = this.views.history.page(share, { find: { project: [project] } }, at);
    const shares = found.map(({ state }) => ({ ...state, village: this.views.codeThen(state.village, at) }));
    const there = shares.filter(({ village }) => scope.includesDivision(village));
    const rows = settled(there.filter((each) => isSeen(each, scope)));
    const amountFen = rows.reduce((sum, row) => exact(sum + row.amountFen), 0);
    const villages = [...new Set(there.map(({ village }) => village))];
    return {
      ...at,
      views: versions(this.views, 'project', 'share', 'division'),
      project,
      rows,
      amountFen,
      ...onlyBooksOfSome(permitOf(request), villages, this.views.scopes),
    };
  }

  @Get('villages/:code/shares')
  @Reads(SharesQuery, {
    summary: '一村从各抱团项目分得的份额 · A village’s shares of joint projects',
    answer: page,
    refusals: ['DIVISION_CODE_INVALID', 'VILLAGE_UNKNOWN', 'VILLAGE_ABOLISHED', 'DIVISION_RECODED'],
  })
  async ofVillage(@Param('code') code: string, @Query() query: SharesQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const village = knownVillage(this.views, code, 'shares', at, scope);
    return this.#page(village, query, at, request);
  }

  @Get('divisions/:code/shares')
  @Reads(SharesQuery, {
    summary: '镇街、区内各村的份额,可只看未入账的 · Shares of the villages of a division, or only those refused',
    heavy: true,
    answer: page,
    refusals: ['DIVISION_CODE_INVALID', 'DIVISION_UNKNOWN', 'DIVISION_ABOLISHED', 'DIVISION_RECODED'],
  })
  async ofDivision(@Param('code') code: string, @Query() query: SharesQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const division = knownDivision(this.views, code, at, scope);
    return this.#page(division, query, at, request);
  }

  /** A status and a book are states and no keys, so the shares are gone through until a page of those asked for is full. */
  #page(division: string, query: SharesQuery, at: Moment, request: FastifyRequest) {
    const scope = scopeOf(request);
    const recorded = this.views.recordedVillages(division, at, scope);
    const limit = limitOf(query);
    const find = { village: [...recorded.keys()] };
    const rows: ShareState[] = [];
    let after: string | null = keyIn(query.after) ?? '';
    while (after !== null && rows.length < limit) {
      const found: HistoryRow<ShareState>[] = this.views.history.page(share, { find, after, limit }, at);
      for (const { key, state } of found) {
        after = key;
        if (query.status !== undefined && state.status !== query.status) continue;
        const row = { ...state, village: recorded.get(state.village) ?? state.village };
        if (isSeen(row, scope)) rows.push(row);
        if (rows.length === limit) break;
      }
      if (rows.length < limit && found.length < limit) after = null;
    }
    const used = versions(this.views, 'share', 'division');
    const limits = onlyBooks(permitOf(request), division, this.views.scopes);
    return { ...at, views: used, division, rows, next: after === null ? null : keyCursor(after), ...limits };
  }
}

/** A share goes into a book, and is seen with it; one that names no collective goes into none yet. */
function isSeen({ village, organization, bookedIn }: ShareState, scope: Scope): boolean {
  const book = bookedIn?.book ?? (organization === null ? undefined : bookIdOf(organization));
  return book === undefined || scope.includesBook(book, village);
}

/** By month; what a month's shares add up to is what was settled of it. */
function settled(rows: readonly ShareState[]) {
  const months = Map.groupBy(rows, ({ settledPeriod }) => settledPeriod);
  return [...months]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([period, shares]) => ({
      period,
      amountFen: shares.reduce((sum, each) => exact(sum + each.amountFen), 0),
      shares,
    }));
}
