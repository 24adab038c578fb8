import { ErasePersonalData, shanghaiDate } from '@ledger/domain';
import { Body, Controller, Get, Inject, Param, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { permitOf } from '../access/permit.js';
import { Acts } from '../acts.js';
import { refuseQuery } from '../boot/shapes.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { Reads } from '../read/documented.js';
import { day, object, orNull, text } from '../read/schemas.js';
import { Asked, type Asking } from '../write/asked.js';
import { Writes } from '../write/documented.js';
import { PersonalData } from './documents.js';
import { enteredPart } from './entered.js';
import { masked } from './masking.js';
import { heldData, ON_RECORD, receiptFields } from './schemas.js';
import { Subjects } from './subjects.js';

/** Nothing is asked of it but what is held now: what was erased has no past. */
class PersonalDataQuery {}

const ENTRY = {
  takes: {
    body: PersonalData,
    example: { consent: { people: [{ name: '示例户主', relation: 'HEAD', phone: '13800000000' }], address: '一组' } },
  },
  answer: object(receiptFields),
  headers: ['IdempotencyKey', 'IfMatch'],
  refusals: [
    'HOUSEHOLD_UNKNOWN',
    'CONSENT_MISSING',
    'ID_CHECKSUM',
    'HOUSEHOLD_DUPLICATE',
    'PERSONAL_DATA_HELD',
    'PERSONAL_DATA_UNKNOWN',
    'PERSONAL_DATA_RESTRICTED',
    ...ON_RECORD,
  ],
} as const;

/** What the vault holds of a household: entered, corrected, shown masked, erased. */
@Controller('households/:id/personal-data')
export class PersonalDataController {
  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(Subjects) private readonly subjects: Subjects,
  ) {}

  @Get()
  @Reads(PersonalDataQuery, {
    summary: '农户的个人信息(遮盖显示)· What is held of a household, masked',
    answer: object({ household: text, ...heldData, restrictedUntil: orNull(day) }),
    refusals: ['HOUSEHOLD_UNKNOWN', 'VAULT_SEALED'],
  })
  async masked(@Param('id') id: string, @Req() request: FastifyRequest) {
    refuseQuery(request.query as object);
    const household = await this.subjects.visible(id, permitOf(request));
    const { CONSENT: consent, STATUTORY: statutory } = this.subjects.held(id, household);
    const { restricted, retainUntil } = household.held?.get('STATUTORY') ?? {};
    return {
      household: id,
      consent: consent === undefined ? null : masked(consent),
      statutory: statutory === undefined || restricted ? null : masked(statutory),
      restrictedUntil: restricted ? (retainUntil ?? null) : null,
    };
  }

  @Post()
  @Acts({ name: 'enterPersonalData', summary: '登记个人信息 · Enter the people of a household', ...ENTRY })
  enter(@Param('id') id: string, @Body() body: PersonalData, @Asked() asked: Asking) {
    return this.subjects.enter(id, { ...enteredPart(body, this.#today), corrects: false }, asked);
  }

  @Put()
  @Acts({ name: 'correctPersonalData', summary: '更正个人信息 · Correct what is held, whole', ...ENTRY })
  correct(@Param('id') id: string, @Body() body: PersonalData, @Asked() asked: Asking) {
    return this.subjects.enter(id, { ...enteredPart(body, this.#today), corrects: true }, asked);
  }

  @Post('erasure')
  @Writes(ErasePersonalData, {
    summary:
      '删除个人信息;依法须保存的先限制使用,本人要求删除的须重新征得同意 · Erase what is held; what the law wants kept is restricted until then, and who asked for it is asked to agree anew',
    example: { part: 'CONSENT', basis: 'SUBJECT_REQUEST' },
    refusals: ['HOUSEHOLD_UNKNOWN', 'PERSONAL_DATA_UNKNOWN', 'RETENTION_NOT_OVER'],
  })
  erase(@Param('id') id: string, @Body() command: ErasePersonalData, @Asked() asked: Asking) {
    return this.subjects.erase(id, command, asked);
  }

  get #today(): string {
    return shanghaiDate(this.runtime.log.now());
  }
}
