import { DisclosePersonalData, ExportPersonalData, householdStream, readFact } from '@ledger/domain';
import type { RecordedFact } from '@ledger/eventlog';
import { type Subject, subjectPage } from '@ledger/reports';
import { enrolment, gain, type History, job } from '@ledger/views';
import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { permitOf } from '../access/permit.js';
import { Acts } from '../acts.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { type Moment, Moments } from '../read/moments.js';
import { enrolmentRow, gainRow, jobRow } from '../read/project-schemas.js';
import { answersPage } from '../read/report-format.js';
import { day, list, object, text } from '../read/schemas.js';
import { Asked, type Asking } from '../write/asked.js';
import { aboutHousehold, disclosurePurpose, eitherPart, heldData, ON_RECORD, part, receiptFields } from './schemas.js';
import { Subjects } from './subjects.js';

const PAGE = 1_000;

/** What the vault holds, shown as it is: on record before anybody sees it. */
@Controller('households/:id/personal-data')
export class DisclosureController {
  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(Moments) private readonly moments: Moments,
    @Inject(Subjects) private readonly subjects: Subjects,
  ) {}

  @Post('reveal')
  @Acts({
    name: 'revealPersonalData',
    summary: '按用途查阅个人信息明文,留有记录 · Have personal data shown for a purpose, on record',
    takes: { body: DisclosePersonalData, example: { part: 'STATUTORY', purpose: 'PAYMENT' } },
    answer: object({ household: text, part, purpose: disclosurePurpose, data: eitherPart, ...receiptFields }),
    headers: ['IdempotencyKey', 'IfMatch'],
    refusals: [
      'HOUSEHOLD_UNKNOWN',
      'PERSONAL_DATA_UNKNOWN',
      'PERSONAL_DATA_CHANGED',
      'PERSONAL_DATA_RESTRICTED',
      'PURPOSE_NOT_ALLOWED',
      'CONSENT_MISSING',
      'PERSONAL_DATA_IN_TEXT',
      ...ON_RECORD,
    ],
  })
  async reveal(@Param('id') id: string, @Body() command: DisclosePersonalData, @Asked() asked: Asking) {
    const { receipt, document } = await this.subjects.disclose(id, command, asked);
    void asked.reply.header('cache-control', 'no-store');
    return { household: id, part: command.part, purpose: command.purpose, data: document, ...receipt };
  }

  @Post('export')
  @Acts({
    name: 'exportPersonalData',
    summary: '应本人要求导出其全部信息 · All that is held and recorded of a household, for its own people',
    takes: { body: ExportPersonalData, example: { basis: 'request-2024-7' } },
    answer: object({
      household: text,
      village: text,
      registeredFrom: day,
      ...heldData,
      facts: list(aboutHousehold),
      enrolments: list(enrolmentRow),
      jobs: list(jobRow),
      gains: list(gainRow),
    }),
    headers: ['IdempotencyKey', 'IfMatch'],
    alsoAs: ['text/html'],
    refusals: [
      'HOUSEHOLD_UNKNOWN',
      'PERSONAL_DATA_UNKNOWN',
      'PERSONAL_DATA_CHANGED',
      'PERSONAL_DATA_IN_TEXT',
      ...ON_RECORD,
    ],
  })
  async export(
    @Param('id') id: string,
    @Body() command: ExportPersonalData,
    @Asked() asked: Asking,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Subject | string> {
    const { receipt, documents } = await this.subjects.export(id, command, asked);
    const { request } = reply;
    const { registered } = await this.subjects.visible(id, permitOf(request));
    const at = await this.moments.after(receipt.position);
    const village = registered?.village ?? '';
    const subject: Subject = {
      household: id,
      village: this.runtime.views.codeThen(village, at),
      registeredFrom: registered?.registeredFrom ?? '',
      consent: documents.CONSENT ?? null,
      statutory: documents.STATUTORY ?? null,
      facts: await this.#facts(id),
      enrolments: this.#ofHousehold(enrolment, id, at),
      jobs: this.#ofHousehold(job, id, at),
      gains: this.#ofHousehold(gain, id, at),
    };
    void reply.header('cache-control', 'no-store');
    return answersPage(request, reply) ? subjectPage(subject, this.runtime.origin) : subject;
  }

  async #facts(id: string): Promise<Subject['facts']> {
    const facts: RecordedFact[] = [];
    for (;;) {
      const page = await this.runtime.log.readStream(householdStream(id), facts.length, PAGE);
      facts.push(...page);
      if (page.length < PAGE) break;
    }
    return facts.map(({ fact, position, recordedAtMs }) => {
      const { type, effectiveOn } = readFact(fact);
      return { type, effectiveOn, recordedAt: new Date(recordedAtMs).toISOString(), position, fact };
    });
  }

  #ofHousehold<S extends object>(view: History<S>, id: string, at: Moment): (S & { readonly position: number })[] {
    const rows = this.runtime.views.history.page(view, { find: { household: [id] } }, at);
    return rows.map(({ state, position }) => ({ ...state, position }));
  }
}
