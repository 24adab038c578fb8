import type { RefusalCode } from '@ledger/domain';
import { mayEverything, type Principal } from './permit.js';

/** Whether a code says of a thing that it is not there, to somebody from whom things are hidden. */
export function mayBeHidden(code: string, asker: Principal | undefined): boolean {
  const hasAccount = asker !== undefined && !mayEverything({ principal: asker });
  return hasAccount && code.endsWith('_UNKNOWN') && !OF_REQUESTS.has(code);
}

/**
 * What is added to the sentences then: the thing may be there for others. It is said of what is hidden and of what is not
 * there, so it tells nothing, and whoever is mistaken about his grants is helped on.
 */
export function wayToGrants(code: string, asker: Principal | undefined): { readonly zh: string; readonly en: string } {
  return mayBeHidden(code, asker) && !OF_ACCOUNTS.has(code) ? TO_GRANTS : { zh: '', en: '' };
}

const TO_GRANTS = {
  zh: '也可能不在您今天的授权范围内,可用GET /api/v1/me查看自己的授权。',
  en: ' It may also lie outside your grants of today; see them with GET /api/v1/me.',
};

/** Of the form of a request, and of nothing in the ledger. */
const OF_REQUESTS: ReadonlySet<string> = new Set<RefusalCode>([
  'ROUTE_UNKNOWN',
  'MEDIA_TYPE_UNKNOWN',
  'ATTACHMENT_TYPE_UNKNOWN',
  'OUTCOME_UNKNOWN',
  'CATEGORY_UNKNOWN',
  'MEASURE_UNKNOWN',
  'ACCOUNT_UNKNOWN',
]);

/** Of people and their keys, which lie in no place that is granted. */
const OF_ACCOUNTS: ReadonlySet<string> = new Set<RefusalCode>([
  'STAFF_ACCOUNT_UNKNOWN',
  'SESSION_UNKNOWN',
  'API_TOKEN_UNKNOWN',
]);
