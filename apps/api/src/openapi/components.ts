import { mediaTypes } from '@ledger/attachments';
import { draftDetail, draftRow } from '../drafts/draft-schemas.js';
import { object } from '../read/schemas.js';
import type { Schema } from './schema.js';
import { internalError, problemExamples, problemSchemas } from './problems.js';
import { shape, shapes } from './shapes.js';

const header = (description: string, schema: Schema, example: string | number): Schema => ({
  description,
  schema,
  example,
});

const answers: Readonly<Record<string, Schema>> = {
  Receipt: {
    type: 'object',
    description: '收据:记录了什么,在何处。What was recorded, and where.',
    required: ['position', 'stream', 'revision', 'facts'],
    properties: {
      position: {
        ...shape('Position'),
        description: '最后一条事项在账本中的位置。Where the last of the facts stands in the ledger.',
      },
      stream: { type: 'string', minLength: 1, description: '所写入的流。The stream that was written to.' },
      revision: {
        type: 'integer',
        minimum: 0,
        description: '流的新版本,用于If-Match。The new revision of the stream.',
      },
      facts: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/ReceiptFact' } },
      id: {
        type: 'string',
        minLength: 1,
        description:
          '所建账套、项目、农户、资产或授权的编号。The id of the book, project, household, asset or grant that was made.',
      },
    },
  },
  ReceiptFact: {
    type: 'object',
    description: '一条已记录的事项。One fact.',
    required: ['id', 'type', 'revision'],
    properties: {
      id: { type: 'string', format: 'uuid', description: '事项编号,重试不变。The same for a retry.' },
      type: { type: 'string', minLength: 1, description: '事项类型,例如IncomeRecorded。What happened.' },
      revision: { type: 'integer', minimum: 0, description: '在流中的序号,从0起。Its order in the stream.' },
    },
  },
  Attachment: {
    type: 'object',
    description: '一个附件,没有名称。An attachment; it has no name.',
    required: ['sha256', 'mediaType', 'bytes'],
    properties: {
      sha256: { ...shape('Sha256') },
      mediaType: { type: 'string', enum: mediaTypes, description: '由内容判断的类型。The type that its bytes show.' },
      bytes: { type: 'integer', minimum: 1, description: '长度(字节)。Its length.' },
    },
  },
  Draft: { ...draftRow, description: '送审单。What was submitted for review, and how far it is.' },
  DraftDetail: {
    ...draftDetail,
    description: '送审单及其内容和记账结果预览。A draft, what was sent, and what would be recorded of it now.',
  },
  SubmittedDraft: {
    ...object({ draft: { $ref: '#/components/schemas/Draft' } }),
    description: '等待他人签名的送审单。A draft that waits for the signature of another.',
  },
  ViewVersions: {
    type: 'object',
    description: '所用视图及其版本。The views that the answer came from, and their versions.',
    additionalProperties: { type: 'integer', minimum: 1 },
  },
};

const parameters: Readonly<Record<string, Schema>> = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description:
      '幂等键:每个新请求用新的值,重试用原值,永久有效。A new value for each new request, the same for a retry; it holds for ever.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
    example: 'rent-2024-q1',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: '流必须仍为此版本,否则412。The revision that the stream must still have, in double quotes; else 412.',
    schema: { type: 'string', pattern: '^"\\d{1,15}"$' },
    example: '"12"',
  },
  DraftVersion: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description:
      '所看过的送审单的ETag;内容或将记录的金额已改动则412,请重新查看。The ETag of the draft that was looked at; 412 when its content or what it would record has changed since: look again.',
    schema: { type: 'string', pattern: '^"\\d{1,15}(-[0-9a-f]{1,16})?"$' },
    example: '"1"',
  },
  LedgerMinPosition: {
    name: 'Ledger-Min-Position',
    in: 'header',
    required: false,
    description: '收据中的位置:读取会等到视图包含它。A receipt’s position: the read waits until the views have it.',
    schema: { type: 'string', pattern: '^\\d{1,15}$' },
    example: '128',
  },
  LastEventId: {
    name: 'Last-Event-ID',
    in: 'header',
    required: false,
    description:
      '已收到的最后一个事件的id,优先于after。The id of the last event that arrived, as browsers send it; goes before after.',
    schema: { type: 'string', pattern: '^\\d{1,15}$' },
    example: '128',
  },
};

/** Everything that operations refer to, but the schemas of the commands. */
export function components(): Readonly<Record<string, Readonly<Record<string, Schema>>>> {
  return {
    schemas: { ...shapes, ...answers, ...problemSchemas },
    responses: { InternalError: internalError },
    examples: problemExamples(),
    parameters,
    headers: {
      ETag: header(
        '流的版本,用于If-Match。The revision of the stream.',
        { type: 'string', pattern: '^"\\d+(-[0-9a-f]{1,16})?"$' },
        '"12"',
      ),
      LedgerPosition: header('位置,同收据。The position, as in the receipt.', shape('Position'), 128),
      IdempotencyReplayed: header('只在重发时出现。Only on a receipt given again.', { const: 'true' }, 'true'),
      RetryAfter: header('几秒后重试。Seconds after which to try again.', { type: 'integer', minimum: 1 }, 1),
    },
    securitySchemes: {
      token: {
        type: 'http',
        scheme: 'bearer',
        description:
          '会话令牌(POST /api/v1/session)或接口令牌(POST /api/v1/tokens);只用一个令牌的账本,见启动时的提示。浏览器读取时,接口令牌可作为Basic认证的密码,用户名为账号。The token of a session or an API token; in a ledger with one token for all, the one that the first start shows. For reading, a browser may send an API token as the password of Basic authentication, with its account as the name.',
      },
    },
  };
}
