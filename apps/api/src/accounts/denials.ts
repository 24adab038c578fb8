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
    const about = principal && namedIn(request);
    record.add({
      account: principal?.id ?? null,
      address: request.ip,
      operation,
      what,
      ...(about && { about }),
      ...(code && { code }),
    });
  };
}

/**
 * What a path names first, such as a book, a household or an account, whether it is there or not. Only what has the form of
 * an id: anything else may be a name or a number of somebody.
 */
function namedIn({ params }: FastifyRequest): string | undefined {
  const [first] = Object.values((params ?? {}) as Readonly<Record<string, unknown>>);
  return typeof first === 'string' && ID.test(first) ? first : undefined;
}

/** Of accounts; of what has a UUID, assets of a book included; of divisions; of attachments. */
const ID = /^(?:[a-z][a-z0-9-]{1,31}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-\d{1,6})?|\d{12}|[0-9a-f]{64})$/;

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
  'HANDOVER_REQUIRED',
  'HANDOVER_PREPARER',
  'HANDOVER_NOT_ACCOUNTANT',
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
