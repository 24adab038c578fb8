import { mediaTypes } from '@ledger/attachments';
import type { RefusalCode } from '@ledger/domain';
import { problemResponses } from './problems.js';
import type { Schema } from './schema.js';

const EVERY: readonly RefusalCode[] = [
  'INPUT_INVALID',
  'TOKEN_REQUIRED',
  'ROLE_NOT_ALLOWED',
  'RATE_LIMITED',
  'STORE_UNAVAILABLE',
];

const bytes = (mediaType: string): Schema => ({
  schema: { type: 'string', contentMediaType: mediaType, description: '文件原样。The bytes of the file.' },
});

const stored = (description: string): Schema => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Attachment' } } },
});

const header = (description: string, example: string): Schema => ({
  description,
  schema: { type: 'string', minLength: 1 },
  example,
});

const headers = {
  'Content-Disposition': header(
    '总是下载,名称由哈希值得出。Always to be saved, under a name made of the hash.',
    'attachment; filename="2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae.pdf"',
  ),
  'X-Content-Type-Options': header('浏览器不得自行判断类型。No browser may guess another type.', 'nosniff'),
};

/** What the routes take and answer whose bodies are files: neither commands nor queries. */
export const byteOperations: Readonly<Record<string, Schema>> = {
  'put /api/v1/attachments/{sha256}': {
    summary: '上传附件 · Upload an attachment under the hash of its bytes',
    description:
      '请求体即文件本身;类型由内容判断,文件名不保存。可重复上传,结果相同。The body is the file itself; its type is found from its bytes and its name is not kept. Uploading it again changes nothing.',
    requestBody: { required: true, content: { 'application/octet-stream': bytes('application/octet-stream') } },
    responses: {
      200: stored('早已保存。It was stored before.'),
      201: stored('已保存。It is stored.'),
      ...problemResponses([
        ...EVERY,
        'ATTACHMENT_HASH_MISMATCH',
        'ATTACHMENT_TOO_LARGE',
        'ATTACHMENT_TYPE_UNKNOWN',
        'TOO_MANY_AT_ONCE',
      ]),
    },
  },
  'get /api/v1/attachments/{sha256}': {
    summary: '下载附件 · The bytes of an attachment',
    responses: {
      200: {
        description:
          '文件原样,发送前已核对哈希值;损坏的文件不发送(500)。The bytes, found to have this hash before any is sent; a damaged file is not sent (500).',
        headers,
        content: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, bytes(mediaType)])),
      },
      ...problemResponses([...EVERY, 'ATTACHMENT_UNKNOWN']),
    },
  },
  'head /api/v1/attachments/{sha256}': {
    summary: '附件是否已上传 · Whether an attachment is stored, its type and length',
    responses: {
      200: { description: '已保存;类型和长度见响应头。It is stored; its type and length are in the headers.', headers },
      ...problemResponses([...EVERY, 'ATTACHMENT_UNKNOWN']),
    },
  },
};
