import type { FastifyRequest } from 'fastify';
import { wrongInput } from '../input.js';

/** Deeper than any command; what is deeper could exhaust the stack of whoever walks it. */
const MAX_DEPTH = 12;
/** More than any command has; checking tens of thousands of unknown fields would hold up everybody else for seconds. */
const MAX_FIELDS = 64;
const MAX_ITEMS = 5_000;

/**
 * Refuses bodies that are nested too deeply or have too many members, names that every object has, and queries on routes
 * that take commands.
 */
export function refuseOddShapes(request: FastifyRequest): void {
  if (request.method === 'POST' || request.method === 'PUT') refuseQuery(request.query as object);
  refuseInherited(request.query as object);
  let level: unknown[] = [request.body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH)
      throw wrongInput('body', `嵌套超过${MAX_DEPTH}层`, `is nested more than ${MAX_DEPTH} levels deep`);
    level = level.flatMap((value) =>
      value !== null && typeof value === 'object' ? membersOf(value).filter((v) => typeof v === 'object') : [],
    );
  }
}

/** For routes that take no query at all. */
export function refuseQuery(query: object): void {
  const [name] = Object.keys(query);
  if (name !== undefined) throw wrongInput(name, '是未知的查询参数', 'is not a known query parameter');
}

function membersOf(value: object): unknown[] {
  const members = Object.values(value);
  if (members.length > (Array.isArray(value) ? MAX_ITEMS : MAX_FIELDS)) {
    throw wrongInput(
      'body',
      `含有过多的字段或行(${members.length})`,
      `has too many fields or items (${members.length})`,
    );
  }
  refuseInherited(value);
  return members;
}

/** The check for unknown fields takes a name such as `constructor` for a known one. */
function refuseInherited(value: object): void {
  const name = Object.keys(value).find((key) => key in Object.prototype);
  if (name !== undefined) throw wrongInput(name, '是未知字段,请去掉', 'is not a known field; leave it out');
}
