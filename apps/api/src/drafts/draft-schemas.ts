import { signatureNames } from '@ledger/domain';
import { draftStatuses } from '@ledger/drafts';
import type { Schema } from '../openapi/schema.js';
import { shape } from '../openapi/shapes.js';
import { count, day, fen, list, month, object, orNull, text } from '../read/schemas.js';

const instant: Schema = { type: 'string', format: 'date-time' };
const none: Schema = { type: 'null' };
const signature: Schema = { type: 'string', enum: [...signatureNames] };

/** A fact's data, or what was sent: its fields are those of its type, or of its route. */
const fields = (description: string): Schema => ({
  type: 'object',
  description,
  additionalProperties: {
    type: ['string', 'number', 'boolean', 'array', 'object'],
    items: { type: ['string', 'object'] },
    description: '见该接口或事项类型。As its route or its type of fact has it.',
  },
});

const refused = object({ by: text, at: instant, code: text, messageZh: text, messageEn: text });

const step = object(
  {
    did: { type: 'string', enum: ['SUBMITTED', 'RETURNED', 'RESUBMITTED', 'WITHDRAWN', 'SIGNED', 'APPROVED'] },
    by: text,
    at: instant,
    version: count,
    as: signature,
    reason: text,
  },
  ['as', 'reason'],
);

const rowProperties = {
  id: text,
  command: { ...text, description: '所送审的命令 · the command, such as RecordIncome' },
  path: {
    type: 'object',
    description: '路径中的字段 · the fields that its route has in the path',
    additionalProperties: { type: ['string', 'integer'] },
  },
  division: text,
  book: orNull(text),
  status: { type: 'string', enum: [...draftStatuses] },
  version: { ...count, description: '内容的版本;If-Match用ETag · the version of its content; If-Match takes the ETag' },
  preparedBy: text,
  reviewer: { ...text, description: '请谁审核 · who was asked to review it' },
  signatures: {
    type: 'object',
    description: '已签名的人 · who has signed',
    properties: Object.fromEntries(signatureNames.map((name) => [name, shape('StaffId')])),
    additionalProperties: false,
  },
  missing: { ...list(signature), description: '还缺谁的签名 · whose signatures are missing' },
  summary: orNull(text),
  amountFen: orNull(fen),
  steps: list(step),
  refused: {
    oneOf: [refused, none],
    description: '上次审核时账本为何未予记录 · why the ledger did not take it when it was approved',
  },
  recorded: { oneOf: [{ $ref: '#/components/schemas/Receipt' }, none] },
} satisfies Record<string, Schema>;

/** A draft in a list, and in the answer to whoever did something with it. */
export const draftRow = object(rowProperties);

const voucherLine = fields('一条分录 · a line: account, side, amountFen and what it concerns');

const wouldBeVoucher = object({
  period: orNull(month),
  bookedOn: orNull(day),
  voucherNo: { ...orNull(count), description: '现在记账会得到的凭证号 · the number that it would get now' },
  summary: orNull(text),
  debitFen: fen,
  creditFen: fen,
  lines: list(voucherLine),
});

const wouldRecord = object({
  vouchers: list(wouldBeVoucher),
  facts: list(object({ type: text, division: text, effectiveOn: day, data: fields('事项内容 · what the fact says') })),
});

export const draftDetail = object({
  ...rowProperties,
  body: fields('所提交的内容 · as it was sent'),
  contents: {
    ...list(object({ version: count, body: fields('该版本的内容 · as it was sent under this version') })),
    description: '提交过的全部版本 · every version that was submitted',
  },
  wouldRecord: {
    oneOf: [wouldRecord, none],
    description: '现在审核会记录什么;已办结的为空 · what would be recorded now; null for one that is closed',
  },
  refusedNow: {
    oneOf: [object({ code: text, messageZh: text, messageEn: text }), none],
    description: '现在审核为何会被拒绝 · why the ledger would refuse it now',
  },
});
