import { type FastifyReply, type FastifyRequest, type FastifyServerOptions, LogController } from 'fastify';

/**
 * Structured logs: one line a request, with its id, route, status and time, and the command id of a write. Bodies,
 * queries, addresses and tokens are left out, so that no personal data can reach the log.
 */
export function requestLogging(
  level: string,
  stream?: NodeJS.WritableStream,
): Pick<FastifyServerOptions, 'logger' | 'logController'> {
  return {
    logController: new LogController({ disableRequestLogging: true }),
    logger: {
      level,
      base: {},
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      serializers: { req: () => ({}), res: () => ({}) },
      ...(stream === undefined ? {} : { stream }),
    },
  };
}

const notes = new WeakMap<FastifyRequest, { commandId?: string; code?: string }>();

/** Lets the request's log line name the command that it asked for, or the code that it was refused with. */
export function note(request: FastifyRequest, noted: { commandId?: string; code?: string }): void {
  notes.set(request, { ...notes.get(request), ...noted });
}

/** The code that a request was refused with, if it was. */
export function notedCode(request: FastifyRequest): string | undefined {
  return notes.get(request)?.code;
}

export async function logRequest(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  request.log.info(
    {
      ...notes.get(request),
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      latencyMs: Math.round(reply.elapsedTime * 10) / 10,
    },
    'request',
  );
}
