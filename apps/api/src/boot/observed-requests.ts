import type { Begun, Observer } from '@ledger/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notedCode } from './logging.js';

/**
 * Tells of every request by the name of its operation; a path or a query may hold what somebody has written. A live feed is
 * left out: it takes as long as its reader stays.
 */
export function observeRequests(
  fastify: FastifyInstance,
  observer: Observer,
  operations: ReadonlyMap<string, string>,
): void {
  const under = new WeakMap<FastifyRequest, Begun>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const route = `${request.method} ${request.routeOptions.url ?? ''}`;
    const begun = observer.begin({ kind: 'request', name: operations.get(route) ?? 'none' });
    under.set(request, begun);
    begun.within(done);
  });
  // What is done when a body has come is done on behalf of the connection, no longer of the request.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const begun = under.get(request);
    if (begun === undefined) done();
    else begun.within(done);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    if (isFeed(reply)) return;
    const code = notedCode(request);
    const outcome = `${Math.floor(reply.statusCode / 100)}xx`;
    under.get(request)?.end({ outcome, ...(code !== undefined && { code }) });
  });
}

function isFeed(reply: FastifyReply): boolean {
  return String(reply.getHeader('content-type') ?? reply.raw.getHeader('content-type') ?? '').startsWith(
    'text/event-stream',
  );
}
