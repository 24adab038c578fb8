import type { FastifyRequest } from 'fastify';
import { wrongInput } from '../input.js';

export const BODY_LIMIT_BYTES = 1_048_576;

/** Deeper than any command; what is deeper could exhaust the stack of whoever walks it. */
const MAX_DEPTH = 12;

/** Refuses bodies that are nested too deeply, and queries on routes that take commands. */
export function refuseOddShapes(request: FastifyRequest): void {
  if (request.method === 'POST' && Object.keys(request.query as object).length > 0) {
    throw wrongInput(
      Object.keys(request.query as object)[0] ?? '?',
      '是未知的查询参数',
      'is not a known query parameter',
    );
  }
  let level: unknown[] = [request.body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH)
      throw wrongInput('body', `嵌套超过${MAX_DEPTH}层`, `is nested more than ${MAX_DEPTH} levels deep`);
    level = level.flatMap((value) =>
      value !== null && typeof value === 'object' ? Object.values(value).filter((v) => typeof v === 'object') : [],
    );
  }
}
