import type { RefusalCode } from '@ledger/domain';
import type { AccessEvent, Identity } from '@ledger/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { askedOf } from '../access/asked-of.js';
import { mayBeHidden } from '../access/out-of-sight.js';
import type { Principal } from '../access/permit.js';
import { notedCode } from '../boot/logging.js';

const DENIED = [401, 403, 429];

/**
 * Every denial is on record, also where its client has hung up before the answer; failed log-ins record themselves, with
 * whose they were. To somebody with an account, what is out of his sight is answered as if it were not there; that is
 * recorded as found by nobody, because whether it was there is not known where the answer is made.
 */
export function recordDenials(record: Identity['record']) {
  return async (request: FastifyRequest, { statusCode }: FastifyReply): Promise<void> => {
    const code = notedCode(request);
    const { operation, principal } = askedOf(request);
    const what = code === undefined ? undefined : denialBy(code, statusCode, principal);
    if (what === undefined) return;
    record.add({ account: principal?.id ?? null, address: request.ip, operation, what, ...(code && { code }) });
  };
}

function denialBy(code: string, statusCode: number, asker: Principal | undefined): AccessEvent | undefined {
  if (RECORDED_ALREADY.has(code)) return undefined;
  if (DENIED.includes(statusCode) || OF_DUTIES.has(code)) return 'denied';
  return mayBeHidden(code, asker) ? 'not-found' : undefined;
}

/** What is refused because of who asks, whatever its status. */
const OF_DUTIES: ReadonlySet<string> = new Set<RefusalCode>([
  'SELF_GRANT',
  'ROLE_CONFLICT',
  'SIGNATURE_NOT_YOURS',
  'SAME_PERSON',
  'GRANT_TOO_NARROW',
  'PURPOSE_NOT_ALLOWED',
  'RETRY_CHANGES_TERMS',
]);

const RECORDED_ALREADY: ReadonlySet<string> = new Set<RefusalCode>([
  'LOGIN_FAILED',
  'LOGIN_LOCKED',
  'OIDC_LOGIN_FAILED',
  'OIDC_SUBJECT_UNKNOWN',
]);
