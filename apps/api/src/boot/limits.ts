import type { FastifyInstance, FastifyRequest } from 'fastify';
import { wrongInput } from '../input.js';

export const BODY_LIMIT_BYTES = 1_048_576;
/** For the first line and the headers; a client that sends them a byte at a time holds its connection no longer. */
const HEADERS_TIMEOUT_MS = 20_000;
const CHECKED_EVERY_MS = 5_000;
/** Each takes memory and a file of the process, whether anything comes over it or not. */
export const MAX_CONNECTIONS = 2_000;

/**
 * How long a whole request may take to arrive, also the largest file over a slow line. One that never ends, because its
 * client sends a byte now and then, is cut off.
 */
export function timeLimits(requestSeconds: number) {
  const requestTimeout = requestSeconds * 1_000;
  const headersTimeout = Math.min(HEADERS_TIMEOUT_MS, requestTimeout);
  const connectionsCheckingInterval = Math.min(CHECKED_EVERY_MS, requestTimeout / 2);
  return { requestTimeout, http: { headersTimeout, connectionsCheckingInterval } };
}

/** The config of a route that takes its body as bytes, whatever the client says they are. */
export const TAKES_BYTES = { takesBytes: true };
const OCTETS = 'application/octet-stream';
const UNSUPPORTED_MEDIA_TYPE = 415;

/** Deeper than any command; what is deeper could exhaust the stack of whoever walks it. */
const MAX_DEPTH = 12;
/** More than any command has; checking tens of thousands of unknown fields would hold up everybody else for seconds. */
const MAX_FIELDS = 64;
const MAX_ITEMS = 5_000;

/**
 * Bodies are JSON in UTF-8 and nothing else. A text in another encoding would be recorded for ever as replacement
 * characters, so it is refused.
 */
export function acceptOnlyJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = utf8.decode(body);
    } catch {
      return done(wrongInput('body', '不是UTF-8编码的文字', 'is not text in UTF-8'), undefined);
    }
    void parse(request, text, done);
  });
}

/** Leaves the bodies of routes that take bytes unread, for their handlers; everywhere else they are of an unknown type. */
export function leaveBytesUnread(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request) => {
    if (takesBytes(request)) request.headers['content-type'] = OCTETS;
  });
  fastify.addContentTypeParser(OCTETS, (request, _, done) => {
    const refused = Object.assign(new Error(OCTETS), { statusCode: UNSUPPORTED_MEDIA_TYPE });
    done(takesBytes(request) ? null : refused);
  });
}

function takesBytes({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as Partial<typeof TAKES_BYTES> | undefined)?.takesBytes === true;
}

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
