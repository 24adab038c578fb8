import { EraseSubjectData, shanghaiDate, validResidentId } from '@ledger/domain';
import { Body, Controller, Get, Inject, Param, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { scopeOf } from '../access/permit.js';
import { Acts } from '../acts.js';
import { refuseQuery } from '../boot/limits.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { wrongInput } from '../input.js';
import { Reads } from '../read/documented.js';
import { day, object, orNull, text } from '../read/schemas.js';
import { Asked, type Asking } from '../write/asked.js';
import { Writes } from '../write/documented.js';
import { type CollectiveMember, ConsentData, type HouseholdMember, StatutoryData } from './documents.js';
import { masked } from './masking.js';
import { heldData, receiptFields } from './schemas.js';
import { Subjects } from './subjects.js';

/** Nothing is asked of it but what is held now: what was erased has no past. */
class PersonalDataQuery {}

const OF_ENTRY = ['HOUSEHOLD_UNKNOWN', 'ID_CHECKSUM', 'HOUSEHOLD_DUPLICATE', 'PERSONAL_DATA_RESTRICTED'] as const;
const EVERY = [
  'VAULT_SEALED',
  'IDEMPOTENCY_KEY_REUSED',
  'CONCURRENT_CHANGE',
  'OUTCOME_UNKNOWN',
  'REVISION_STALE',
] as const;

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
    const household = await this.subjects.visible(id, scopeOf(request));
    const { CONSENT: consent, STATUTORY: statutory } = this.subjects.held(id, household);
    const { restricted, retainUntil } = household.held?.get('STATUTORY') ?? {};
    return {
      household: id,
      consent: consent === undefined ? null : masked(consent),
      statutory: statutory === undefined || restricted ? null : masked(statutory),
      restrictedUntil: restricted ? (retainUntil ?? null) : null,
    };
  }

  @Put('consent')
  @Acts({
    name: 'enterConsentData',
    summary: '登记、更正凭同意保存的信息 · Enter or correct the people of a household, by its consent',
    takes: {
      body: ConsentData,
      example: { people: [{ name: '示例户主', relation: 'HEAD', phone: '13800000000' }], address: '一组' },
    },
    answer: object(receiptFields),
    headers: ['IdempotencyKey', 'IfMatch'],
    refusals: [...OF_ENTRY, 'CONSENT_MISSING', ...EVERY],
  })
  enterConsentData(@Param('id') id: string, @Body() body: ConsentData, @Asked() asked: Asking) {
    const { people, residentIds } = this.#checked('people', body.people);
    const document = plain({ ...body, people });
    return this.subjects.enter(id, { part: 'CONSENT', document, residentIds }, asked);
  }

  @Put('statutory')
  @Acts({
    name: 'enterStatutoryData',
    summary: '登记、更正依法保存的收款人和成员 · Enter or correct the payee and the members, kept by law',
    takes: {
      body: StatutoryData,
      example: {
        payee: { name: '示例户主', bankAccount: '6200000000000000', bank: '示例银行' },
        retainUntil: '2054-12-31',
      },
    },
    answer: object(receiptFields),
    headers: ['IdempotencyKey', 'IfMatch'],
    refusals: [...OF_ENTRY, ...EVERY],
  })
  enterStatutoryData(@Param('id') id: string, @Body() body: StatutoryData, @Asked() asked: Asking) {
    const { retainUntil, payee } = body;
    if (retainUntil < this.#today) throw wrongInput('retainUntil', '不得早于今天', 'must not be before today');
    if (payee === undefined && body.members === undefined) {
      throw wrongInput('payee', '与members至少填写一项', 'or members is needed');
    }
    const { people: members, residentIds } = this.#checked('members', body.members ?? []);
    const document = plain({ payee, ...(body.members === undefined ? {} : { members }), retainUntil });
    return this.subjects.enter(id, { part: 'STATUTORY', document, residentIds, retainUntil }, asked);
  }

  @Post('erasure')
  @Writes(EraseSubjectData, {
    summary:
      '删除个人信息;依法须保存的先限制使用 · Erase what is held; what the law wants kept is restricted until then',
    example: { part: 'CONSENT', basis: 'SUBJECT_REQUEST' },
    refusals: ['HOUSEHOLD_UNKNOWN', 'PERSONAL_DATA_UNKNOWN', 'RETENTION_NOT_OVER'],
  })
  erase(@Param('id') id: string, @Body() command: EraseSubjectData, @Asked() asked: Asking) {
    return this.subjects.erase(id, command, asked);
  }

  get #today(): string {
    return shanghaiDate(this.runtime.log.now());
  }

  /** With numbers as they are kept; one of them twice is somebody twice. */
  #checked<P extends HouseholdMember | CollectiveMember>(list: string, given: readonly P[]) {
    const residentIds: { number: string; field: string }[] = [];
    const people = given.map((person, i) => {
      if (person.residentId === undefined) return person;
      const field = `${list}.${i}.residentId`;
      const number = validResidentId(person.residentId, this.#today, field);
      if (residentIds.some((other) => other.number === number)) {
        throw wrongInput(field, '与前面的人相同', 'is the same as that of somebody before');
      }
      residentIds.push({ number, field });
      return { ...person, residentId: number };
    });
    return { people, residentIds };
  }
}

/** Without the classes and fields left out that validation has made. */
function plain(document: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
}
