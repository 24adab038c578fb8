import type { FastifyRequest } from 'fastify';
import type { Principal } from './permit.js';

/** What the guard knows of a request, also of one that it does not let in. */
export interface AskedOf {
  /** The operationId; the route where there is none. */
  readonly operation: string;
  readonly principal?: Principal;
}

const known = new WeakMap<object, AskedOf>();

/** Called by the guard as soon as it knows. */
export function noteAsked(request: FastifyRequest, asked: AskedOf): void {
  known.set(request, asked);
}

export function askedOf(request: FastifyRequest): AskedOf {
  return known.get(request) ?? { operation: request.routeOptions.url ?? 'unknown' };
}

/** Who asks, once the guard knows; nobody where it was not asked. */
export function askerOf(request: FastifyRequest): Principal | undefined {
  return known.get(request)?.principal;
}
