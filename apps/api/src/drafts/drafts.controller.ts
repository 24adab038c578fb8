import { draftPage, reportFormats } from '@ledger/reports';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { permitOf, scopeOf } from '../access/permit.js';
import { Acts } from '../acts.js';
import { refuseQuery } from '../boot/shapes.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { shape } from '../openapi/shapes.js';
import { Reads } from '../read/documented.js';
import { Moments } from '../read/moments.js';
import { answersPage } from '../read/report-format.js';
import { list, object } from '../read/schemas.js';
import { answersDraft, answersReceipt } from '../write/receipts.js';
import { draftAnswer } from './draft-answers.js';
import { DraftQueue } from './draft-queue.js';
import { DraftQuery, DraftsQuery, ResubmitDraft, ReturnDraft } from './draft-requests.js';
import { sightOfDrafts } from './drafts-in-sight.js';
import { lookedAt, tagOf } from './figures.js';
import { printedDraft } from './printed-draft.js';
import { Review } from './review.js';

const DRAFT = { $ref: '#/components/schemas/Draft' };
const ANSWER = { $ref: '#/components/schemas/SubmittedDraft' };

/** What waits for the signatures of others. */
@Controller('drafts')
export class DraftsController {
  constructor(
    @Inject(DraftQueue) private readonly queue: DraftQueue,
    @Inject(Review) private readonly review: Review,
    @Inject(Moments) private readonly moments: Moments,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  @Get()
  @Reads(DraftsQuery, {
    summary: '送审列表 · Drafts: what waits, what came back, what was recorded',
    answer: object({ rows: list(DRAFT), next: { oneOf: [shape('Cursor'), { type: 'null' }] } }),
    refusals: ['DIVISION_CODE_INVALID'],
  })
  async drafts(@Query() query: DraftsQuery, @Req() request: FastifyRequest) {
    const { rows, next } = await this.queue.page(query, request);
    const { readsBook } = sightOfDrafts(permitOf(request), this.runtime.views.scopes);
    return { rows: rows.map((draft) => draftAnswer(draft, readsBook(draft))), next };
  }

  @Get(':id')
  @Reads(DraftQuery, {
    summary: '送审单,及现在审核会记录什么 · A draft, and what would be recorded of it now',
    answer: object({ draft: { $ref: '#/components/schemas/DraftDetail' } }),
    alsoAs: [reportFormats.html.mediaType],
    refusals: ['DRAFT_UNKNOWN'],
  })
  async draft(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    refuseQuery(request.query as object);
    const { draft, tag } = await this.review.detail(id, request);
    void reply.header('etag', `"${tag}"`);
    if (!answersPage(request, reply)) return { draft };
    const at = await this.moments.resolve({}, request);
    return draftPage(await printedDraft(draft, this.runtime, at, scopeOf(request)));
  }

  @Post(':id/approve')
  @Acts({
    name: 'approveDraft',
    summary: '审核签名;签名齐全即记账 · Sign a draft; with the last signature it is recorded',
    answer: { $ref: '#/components/schemas/Receipt' },
    status: 201,
    otherwise: { 202: ANSWER },
    headers: ['DraftVersion'],
    decidesDrafts: true,
    refusals: ['DRAFT_UNKNOWN', 'DRAFT_NOT_OPEN'],
  })
  async approve(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const approved = await this.review.approve(id, lookedAt(request.headers['if-match']), request);
    if ('draft' in approved) {
      answersDraft(reply, tagOf(approved.draft, approved.draft.signedFigures));
      return { draft: draftAnswer(approved.draft) };
    }
    answersReceipt(reply, approved.receipt, approved.replayed);
    return approved.receipt;
  }

  @Post(':id/return')
  @Acts({
    name: 'returnDraft',
    summary: '退回 · Send a draft back to its preparer, with the reason',
    takes: { body: ReturnDraft, example: { reason: '缺少发票,请补传附件' } },
    answer: ANSWER,
    refusals: ['DRAFT_UNKNOWN', 'DRAFT_NOT_OPEN', 'SAME_PERSON', 'PERSONAL_DATA_IN_TEXT'],
  })
  async giveBack(@Param('id') id: string, @Body() { reason }: ReturnDraft, @Req() request: FastifyRequest) {
    return { draft: draftAnswer(await this.review.giveBack(id, reason, request)) };
  }

  @Post(':id/withdraw')
  @Acts({
    name: 'withdrawDraft',
    summary: '撤回 · Withdraw a draft of one’s own',
    answer: ANSWER,
    refusals: ['DRAFT_UNKNOWN', 'DRAFT_NOT_OPEN', 'DRAFT_NOT_YOURS'],
  })
  async withdraw(@Param('id') id: string, @Req() request: FastifyRequest) {
    return { draft: draftAnswer(await this.review.withdraw(id, request)) };
  }

  @Post(':id/resubmit')
  @Acts({
    name: 'resubmitDraft',
    summary: '退回后重新提交 · Submit a returned draft again',
    takes: {
      body: ResubmitDraft,
      example: {
        body: {
          effectiveOn: '2024-01-25',
          account: '51302',
          amountFen: 86000,
          settlement: { account: '102' },
          summary: '办公用品',
          preparedBy: 'clerk-1',
          reviewedBy: 'reviewer-1',
        },
      },
    },
    answer: ANSWER,
    decidesDrafts: true,
    refusals: ['DRAFT_UNKNOWN', 'DRAFT_NOT_OPEN', 'DRAFT_NOT_YOURS'],
  })
  async resubmit(@Param('id') id: string, @Body() { body }: ResubmitDraft, @Req() request: FastifyRequest) {
    return { draft: draftAnswer(await this.review.resubmit(id, body, request)) };
  }
}
