import { Refusal } from '@ledger/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Counts } from './counts.js';

/** The config of a route of which one person may have only so many going on at once: large answers and uploads. */
export const atOnce = (limit: number) => ({ atOnce: limit });

/** What each person has going on of the routes that allow only so much at once, until his connection lets go of it. */
export class Going {
  readonly #counts = new Counts();

  begin(principal: string, { routeOptions }: FastifyRequest, reply: FastifyReply): void {
    const { atOnce: limit } = (routeOptions.config ?? {}) as Partial<ReturnType<typeof atOnce>>;
    if (limit === undefined) return;
    const key = `${principal} ${routeOptions.url}`;
    if (this.#counts.of(key) >= limit) throw new Refusal('TOO_MANY_AT_ONCE', { limit, waitSeconds: 1 });
    this.#counts.begin(key);
    reply.raw.once('close', () => this.#counts.end(key));
  }
}
