import type { GrantedScopes, Scope } from '@ledger/readmodel';
import type { FastifyRequest } from 'fastify';
import { permitOf, scopeForAlso } from '../access/permit.js';
import type { Operation } from '../access/rules/index.js';

/** Tells of the links of a page which its reader may follow: one that would be answered with 403 is better not there. */
export function followable(
  request: FastifyRequest,
  scopes: GrantedScopes,
): (href: string, division: string) => boolean {
  const permit = permitOf(request);
  const reached = new Map<Operation, Scope>();
  return (href, division) => {
    const operation = operationOf(href);
    const scope = reached.get(operation) ?? scopeForAlso(permit, operation, scopes);
    reached.set(operation, scope);
    return scope.includesDivision(division);
  };
}

function operationOf(href: string): Operation {
  if (href.includes('/income-entries?')) return 'getDivisionsIncomeEntries';
  return href.includes('/vouchers/') ? 'getBooksVouchersByPeriodAndVoucherNo' : 'getEvents';
}
