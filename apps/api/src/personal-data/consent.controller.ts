import { GiveConsent, WithdrawConsent } from '@ledger/domain';
import { ReadModel } from '@ledger/readmodel';
import { householdConsent } from '@ledger/views';
import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { permitOf } from '../access/permit.js';
import { READ_MODEL } from '../boot/runtime.js';
import { versions } from '../read/answers.js';
import { Reads } from '../read/documented.js';
import { knownHousehold } from '../read/household-pages.js';
import { Moments } from '../read/moments.js';
import { AtQuery } from '../read/queries.js';
import { list, object, text } from '../read/schemas.js';
import { Asked, type Asking } from '../write/asked.js';
import { Writes } from '../write/documented.js';
import { Receipts } from '../write/receipts.js';
import { consentRow, heldRow } from './schemas.js';
import { Subjects } from './subjects.js';

/** To what a household agrees. Its refusals name it, never its people. */
@Controller('households/:id/consent')
export class ConsentController {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
    @Inject(Receipts) private readonly receipts: Receipts,
    @Inject(Subjects) private readonly subjects: Subjects,
  ) {}

  @Post()
  @Writes(GiveConsent, {
    summary: '登记同意 · Record that a household agrees',
    example: { purposes: ['BENEFIT_TRACKING'], noticeVersion: 'notice-2024-1', effectiveOn: '2024-02-01' },
    refusals: ['HOUSEHOLD_UNKNOWN', 'HOUSEHOLD_DISSOLVED', 'PURPOSE_NOT_ALLOWED', 'CONSENT_WITHDRAWN'],
  })
  give(@Param('id') id: string, @Body() command: GiveConsent, @Asked() asked: Asking) {
    return this.receipts.of(command, { household: id }, asked);
  }

  @Post('withdrawal')
  @Writes(WithdrawConsent, {
    summary: '撤回同意;撤回增收跟踪的,凭同意登记的信息随即删除 · Take consent back, and with it what is held by it',
    example: { purposes: ['BENEFIT_TRACKING'], effectiveOn: '2024-06-30' },
    refusals: ['HOUSEHOLD_UNKNOWN', 'PURPOSE_NOT_ALLOWED', 'CONSENT_MISSING'],
  })
  withdraw(@Param('id') id: string, @Body() command: WithdrawConsent, @Asked() asked: Asking) {
    return this.subjects.erase(id, command, asked);
  }

  @Get()
  @Reads(AtQuery, {
    summary: '同意与信息保存情况 · To what a household agrees, and what is held of it',
    answer: object({ household: text, village: text, consents: list(consentRow), held: list(heldRow) }),
    refusals: ['HOUSEHOLD_UNKNOWN'],
  })
  async consents(@Param('id') id: string, @Query() query: AtQuery, @Req() request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    const { village } = knownHousehold(this.views, id, at, permitOf(request)).state;
    const found = this.views.history.one(householdConsent, id, at);
    const { consents = [], held = [] } = found?.state ?? {};
    const used = versions(this.views, 'household', 'household_consent', 'division');
    return { ...at, views: used, household: id, village: this.views.codeThen(village, at), consents, held };
  }
}
