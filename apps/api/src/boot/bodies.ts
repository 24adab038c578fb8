import type { FastifyInstance, FastifyRequest } from 'fastify';
import { wrongInput } from '../input.js';

export const BODY_LIMIT_BYTES = 1_048_576;

/** The config of a route that takes its body as bytes, whatever the client says they are. */
export const TAKES_BYTES = { takesBytes: true };
const OCTETS = 'application/octet-stream';
const UNSUPPORTED_MEDIA_TYPE = 415;

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
