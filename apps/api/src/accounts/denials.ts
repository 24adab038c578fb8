import type { Identity } from '@ledger/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { askedOf } from '../access/asked-of.js';
import { notedCode } from '../boot/logging.js';

const DENIED = [401, 403, 429];

/** Every denial is on record; failed log-ins record themselves, with whose they were. */
export function recordDenials(record: Identity['record']) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const code = notedCode(request);
    if (!DENIED.includes(reply.statusCode) || code === undefined || RECORDED_ALREADY.has(code)) return;
    const { operation, principal } = askedOf(request);
    record.add({ account: principal?.id ?? null, address: request.ip, operation, what: 'denied', code });
  };
}

const RECORDED_ALREADY: ReadonlySet<string> = new Set([
  'LOGIN_FAILED',
  'LOGIN_LOCKED',
  'OIDC_LOGIN_FAILED',
  'OIDC_SUBJECT_UNKNOWN',
]);
