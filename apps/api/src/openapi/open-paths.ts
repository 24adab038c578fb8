import { refusals } from '@ledger/domain';
import type { Schema } from './schema.js';
import { problemResponses } from './problems.js';

const json = (description: string, schema: Schema): Schema => ({
  description,
  content: { 'application/json': { schema } },
});
const count = (description: string): Schema => ({ type: 'integer', minimum: 0, description });

const readiness = (...statuses: string[]): Schema => ({
  type: 'object',
  required: ['status'],
  description: '启用账号时只有status。With accounts, the status alone.',
  properties: {
    status: { enum: statuses },
    head: count('账本最新位置。The newest position of the ledger.'),
    checkpoint: count('视图已到达的位置。The position that the views have reached.'),
    generation: count('正在使用的视图是第几代。Which generation of the views answers; a rebuild makes the next.'),
    lag: count('相差条数。How far the views are behind.'),
    bookingsLag: count(
      '项目和资产尚未处理入账的条数。How many facts the process for bookings has still to go through.',
    ),
    reason: {
      type: 'string',
      minLength: 1,
      description: '为何不可用,或何处不正常。Why it cannot serve, or what is wrong.',
    },
  },
});

const statuses = [...new Set(Object.values(refusals).map(({ status }) => status))].toSorted((a, b) => a - b);

/** What the routes that need no token answer; they read no figures, so no marker describes them. */
export const openOperations: Readonly<Record<string, Schema>> = {
  'get /health/live': {
    summary: '进程是否存活 · Whether the process lives',
    responses: {
      200: json('存活。It lives.', { type: 'object', required: ['status'], properties: { status: { const: 'ok' } } }),
      ...problemResponses(['INPUT_INVALID', 'RATE_LIMITED']),
    },
  },
  'get /health/ready': {
    summary: '能否提供服务 · Whether it can serve, and how far the views are',
    responses: {
      200: json('可以。It can.', readiness('ok', 'degraded')),
      503: json('暂时不能。Not now.', readiness('unavailable')),
      ...problemResponses(['INPUT_INVALID', 'RATE_LIMITED']),
    },
  },
  'get /problems/{code}': {
    summary: '错误代码说明 · What a code means',
    responses: {
      200: json('目录中的一条,带示例。The entry of the catalogue, with an example.', {
        type: 'object',
        required: ['code', 'status', 'example'],
        properties: {
          code: { $ref: '#/components/schemas/ProblemCode' },
          status: { type: 'integer', enum: statuses, description: 'HTTP状态码。The HTTP status.' },
          example: { $ref: '#/components/schemas/Problem' },
        },
      }),
      ...problemResponses(['INPUT_INVALID', 'RATE_LIMITED', 'ROUTE_UNKNOWN']),
    },
  },
};
