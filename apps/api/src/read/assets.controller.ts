import { Refusal } from '@ledger/domain';
import { type BookSelection, ReadModel, type Scope } from '@ledger/readmodel';
import { assetKey, assetPosting } from '@ledger/views';
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { onlyBooks, permitOf, scopeOf } from '../access/permit.js';
import { READ_MODEL } from '../boot/runtime.js';
import { known, versions } from './answers.js';
import { assetPostingRow, assetRow, assetTotal, comparisonRows, comparisonTotal, next } from './asset-schemas.js';
import { Reads } from './documented.js';
import { type Moment, Moments } from './moments.js';
import { knownDivision, knownVillage } from './places.js';
import { AtQuery, keyCursor, keyIn, limitOf, PageQuery } from './queries.js';
import { list, object, ofBooks } from './schemas.js';

const text = { type: 'string' };

/** The cards of assets as of any day and as known at any moment, and how they agree with the books. */
@Controller()
export class AssetReads {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get('assets/:id')
  @Reads(AtQuery, {
    summary: '资产卡片 · The card of an asset',
    answer: object({ asset: assetRow }),
    refusals: ['ASSET_UNKNOWN'],
  })
  async asset(@Param('id') id: string, @Query() query: AtQuery, @Req() request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    const asset = this.views.asset(id, at, scopeOf(request));
    if (asset === undefined) throw new Refusal('ASSET_UNKNOWN', { asset: id }, 'asset');
    return { ...at, views: versions(this.views, 'asset', 'book'), asset };
  }

  @Get('books/:id/assets')
  @Reads(PageQuery, {
    summary: '账套资产登记簿 · The asset register of a book',
    answer: object({ book: text, rows: list(assetRow), next }),
    refusals: ['BOOK_UNKNOWN'],
  })
  async ofBook(@Param('id') id: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    known(this.views.book(id, at.knownAt, scope), id);
    const page = this.#page({ ids: [id] }, query, at, scope);
    return { ...at, views: versions(this.views, 'asset', 'book'), book: id, ...page };
  }

  @Get('villages/:code/assets')
  @Reads(PageQuery, {
    summary: '村级资产登记簿 · The asset register of a village, all its books',
    answer: object({ division: text, rows: list(assetRow), next }),
    refusals: ['DIVISION_CODE_INVALID', 'VILLAGE_UNKNOWN', 'VILLAGE_ABOLISHED', 'DIVISION_RECODED'],
  })
  async ofVillage(@Param('code') code: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const village = knownVillage(this.views, code, 'assets', at, scope);
    return this.#ofDivision(village, query, at, scope);
  }

  @Get('divisions/:code/assets')
  @Reads(PageQuery, {
    summary: '镇街、区资产登记簿 · The asset register of a township or district',
    heavy: true,
    answer: object({ division: text, rows: list(assetRow), next }),
    refusals: ['DIVISION_CODE_INVALID', 'DIVISION_UNKNOWN', 'DIVISION_ABOLISHED', 'DIVISION_RECODED'],
  })
  async ofDivision(@Param('code') code: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    return this.#ofDivision(knownDivision(this.views, code, at, scope), query, at, scope);
  }

  @Get('divisions/:code/asset-totals')
  @Reads(AtQuery, {
    summary: '资产汇总 · Assets by village, class and use',
    heavy: true,
    answer: object({ division: text, rows: list(assetTotal), ...ofBooks }, ['onlyBooks']),
    refusals: ['DIVISION_CODE_INVALID', 'DIVISION_UNKNOWN', 'DIVISION_ABOLISHED', 'DIVISION_RECODED'],
  })
  async totals(@Param('code') code: string, @Query() query: AtQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const division = knownDivision(this.views, code, at, scope);
    const rows = this.views.assetTotals({ division, books: 'all' }, at, scope);
    const limits = onlyBooks(permitOf(request), division, this.views.scopes);
    return { ...at, views: versions(this.views, 'asset', 'book', 'division'), division, rows, ...limits };
  }

  @Get('books/:id/asset-comparison')
  @Reads(AtQuery, {
    summary: '账卡核对 · The cards beside the lines on the accounts of assets',
    answer: object({ book: text, rows: comparisonRows, total: comparisonTotal, consistent: { type: 'boolean' } }),
    refusals: ['BOOK_UNKNOWN'],
  })
  async comparison(@Param('id') id: string, @Query() query: AtQuery, @Req() request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    const comparison = known(this.views.assetComparison(id, at, scopeOf(request)), id);
    return { ...at, views: versions(this.views, 'asset', 'asset_entry', 'book'), book: id, ...comparison };
  }

  @Get('books/:id/asset-postings')
  @Reads(AtQuery, {
    summary: '资产业务的入账情况 · What assets asked the book to post: waiting, posted, refused',
    answer: object({ book: text, rows: list(assetPostingRow) }),
    refusals: ['BOOK_UNKNOWN'],
  })
  async postings(@Param('id') id: string, @Query() query: AtQuery, @Req() request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    known(this.views.book(id, at.knownAt, scopeOf(request)), id);
    const found = this.views.history.page(assetPosting, { find: { book: [id] } }, at);
    const rows = found.map(({ state, validFrom, position }) => ({ ...state, effectiveOn: validFrom, position }));
    return { ...at, views: versions(this.views, 'asset_posting', 'book'), book: id, rows };
  }

  #ofDivision(division: string, query: PageQuery, at: Moment, scope: Scope) {
    const page = this.#page({ division, books: 'all' }, query, at, scope);
    return { ...at, views: versions(this.views, 'asset', 'book', 'division'), division, ...page };
  }

  #page(selection: BookSelection, query: PageQuery, at: Moment, scope: Scope) {
    const limit = limitOf(query);
    const page = { after: keyIn(query.after), limit };
    const rows = this.views.assets(selection, page, at, scope);
    const last = rows.at(-1);
    return { rows, next: rows.length < limit || last === undefined ? null : keyCursor(assetKey(last.asset)) };
  }
}
