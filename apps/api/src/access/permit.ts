import type { Grant } from '@ledger/domain';
import { everything, type Scope } from '@ledger/readmodel';
import type { FastifyRequest } from 'fastify';

/** Who asks. */
export interface Principal {
  /** The id of the account; becomes the `actor` of facts. */
  readonly id: string;
  /** By what it was known: `token` is the one token of a ledger without accounts. */
  readonly via: 'token' | 'session' | 'api-token';
  /** The id under which its session or API token is listed. */
  readonly credential?: string;
  /** Its password is for one use: nothing else is allowed before it is changed. */
  readonly mustChangePassword?: boolean;
}

/** What the guard found for a request: who asks, and how far what is asked may reach. */
export interface Permit {
  readonly principal: Principal;
  /** Those grants of today that allow the operation; none where one token does everything. */
  readonly grants: readonly Grant[];
  readonly scope: Scope;
}

/** Until there are accounts and roles, whoever holds the token is the operator. */
export const operatorPermit: Permit = {
  principal: { id: 'operator', via: 'token' },
  grants: [],
  scope: everything,
};

const permits = new WeakMap<object, Permit>();

/** Called by the guard, once a request. */
export function setPermit(request: FastifyRequest, permit: Permit): void {
  permits.set(request, permit);
}

/** Throws for a request that the guard has not let in: a route that is open has no permit. */
export function permitOf(request: FastifyRequest): Permit {
  const permit = permits.get(request);
  if (permit === undefined) throw new Error(`no permit for ${request.method} ${request.routeOptions.url ?? ''}`);
  return permit;
}

/** What the asker may see; reads and writes leave the rest out, as if it were not there. */
export function scopeOf(request: FastifyRequest): Scope {
  return permitOf(request).scope;
}

/** Who asks; becomes the `actor` of facts. */
export function principalOf(request: FastifyRequest): string {
  return permitOf(request).principal.id;
}
