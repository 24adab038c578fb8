import { networkOf } from '@ledger/identity';
import type { FastifyRequest } from 'fastify';
import { Counts } from './counts.js';

/** The config of a route that lets in whoever knows a password: what is under way there counts as failed until it is answered. */
export const LETS_IN = { letsIn: true };

/** Attempts to log in that are not answered yet, by the network that they come from. */
export class Attempts {
  readonly #underWay = new Counts();
  readonly #attempting = new WeakSet<FastifyRequest>();

  of({ ip }: FastifyRequest): number {
    return this.#underWay.of(networkOf(ip));
  }

  begin(request: FastifyRequest): void {
    this.#underWay.begin(networkOf(request.ip));
    this.#attempting.add(request);
  }

  /** For one that has begun, once; for any other nothing. */
  end(request: FastifyRequest): void {
    if (this.#attempting.delete(request)) this.#underWay.end(networkOf(request.ip));
  }
}

export function letsIn({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as Partial<typeof LETS_IN> | undefined)?.letsIn === true;
}
