import { type RefusalCode, refusals } from '@ledger/domain';
import type { Schema } from './schema.js';
import { exampleProblem, refusalCodes } from './refusal-examples.js';

const PROBLEM = 'application/problem+json';
const INTERNAL_ERROR = 'INTERNAL_ERROR';
const text = (description: string): Schema => ({ type: 'string', minLength: 1, description });

/** Problems as RFC 9457 has them, with a code from the catalogue and both sentences. */
export const problemSchemas: Readonly<Record<string, Schema>> = {
  ProblemCode: {
    type: 'string',
    enum: refusalCodes,
    description: '全部错误代码。Every code of the catalogue; a code never changes its meaning.',
  },
  Problem: {
    type: 'object',
    description: '未被接受的请求(RFC 9457)。什么都没有记录。A request that was refused; nothing was recorded.',
    required: ['type', 'title', 'status', 'code', 'detail', 'messageZh', 'messageEn', 'facts'],
    properties: {
      type: { type: 'string', format: 'uri-reference', description: '/problems/<code>, a page that answers.' },
      title: { $ref: '#/components/schemas/ProblemCode' },
      status: { type: 'integer', minimum: 400, maximum: 599, description: 'HTTP状态码。The HTTP status.' },
      code: { $ref: '#/components/schemas/ProblemCode' },
      detail: text('同messageZh。The same as messageZh.'),
      messageZh: text(
        '中文说明,含实际数值和处理办法。What is wrong, with the actual numbers and the way out, in Chinese.',
      ),
      messageEn: text('英文说明。The same in English.'),
      field: text('有误的字段。The field at fault, as the client wrote it, such as lines.0.account.'),
      facts: { $ref: '#/components/schemas/ProblemFacts' },
    },
  },
  ProblemFacts: {
    type: 'object',
    description:
      '说明中的各项数值,金额单位为分。What the sentences are made from; amounts are in fen. The examples show the keys of each code.',
    properties: {
      problems: { type: 'array', items: { $ref: '#/components/schemas/InputProblem' }, maxItems: 20 },
    },
    additionalProperties: {
      type: ['string', 'number', 'array'],
      items: { type: ['string', 'object'] },
      description: 'A code, a date, a count, an amount in fen, or a list of them.',
    },
  },
  InputProblem: {
    type: 'object',
    description: '一处输入错误。One thing wrong with the input.',
    required: ['field', 'zh', 'en'],
    properties: {
      field: text('字段路径。The path of the field.'),
      zh: text('中文说明。In Chinese.'),
      en: text('英文说明。In English.'),
    },
  },
  InternalProblem: {
    type: 'object',
    description: '系统内部错误。Something failed inside; whether it was recorded is not confirmed.',
    required: ['type', 'title', 'status', 'code', 'detail', 'messageZh', 'messageEn'],
    properties: {
      // It says nothing that a page could explain, so it has no page: RFC 9457 calls that about:blank.
      type: { const: 'about:blank' },
      title: { const: INTERNAL_ERROR },
      status: { const: 500 },
      code: { const: INTERNAL_ERROR },
      detail: text('同messageZh。The same as messageZh.'),
      messageZh: text('含供维护人员查询的编号。With the id to tell the operator, in Chinese.'),
      messageEn: text('英文说明。The same in English.'),
    },
  },
};

export const internalError: Schema = {
  description:
    '系统内部错误,请用同一个Idempotency-Key重试。Something failed inside; try again with the same Idempotency-Key.',
  content: { [PROBLEM]: { schema: { $ref: '#/components/schemas/InternalProblem' } } },
};

/** One example of every code, named by it. */
export function problemExamples(): Record<string, Schema> {
  return Object.fromEntries(
    refusalCodes.map((code) => {
      const value = exampleProblem(code);
      return [code, { summary: `${String(value['messageZh'])} ${String(value['messageEn'])}`, value }];
    }),
  );
}

/** The responses of a route that can be refused with these codes, by status. */
export function problemResponses(codes: readonly RefusalCode[]): Record<string, Schema> {
  const byStatus = Map.groupBy(new Set(codes), (code) => String(refusals[code].status));
  const responses = [...byStatus].map(([status, own]): [string, Schema] => [status, problemResponse(status, own)]);
  return { ...Object.fromEntries(responses), 500: { $ref: '#/components/responses/InternalError' } };
}

function problemResponse(status: string, codes: readonly RefusalCode[]): Schema {
  const sentences = codes.map((code) => {
    const { messageZh, messageEn } = exampleProblem(code);
    return `- \`${code}\`: ${String(messageZh)} ${String(messageEn)}`;
  });
  const oneOfThem = { type: 'object', properties: { code: { type: 'string', enum: codes } } };
  return {
    description: sentences.join('\n'),
    ...(status === '429' || status === '503'
      ? { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } }
      : {}),
    content: {
      [PROBLEM]: {
        schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, oneOfThem] },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}
