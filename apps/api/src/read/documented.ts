import type { RefusalCode } from '@ledger/domain';
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { HEAVY } from '../boot/heavy-reads.js';
import type { Schema } from '../openapi/schema.js';

export const READ = 'ledger:read';

export interface ReadRoute {
  /** What the query may carry; anything else is 400. */
  readonly query: new () => object;
  readonly summary: string;
  /** The schema of the answer's own fields; `asOf`, `knownAt` and `views` are added where the query has them. */
  readonly answer: Schema;
  /** The refusals of its own; those that every read can meet are added in the document. */
  readonly refusals: readonly RefusalCode[];
  /** Of the answer, where it is not JSON. */
  readonly mediaType?: string;
  /** What else the same answer comes in, when it is asked for. */
  readonly alsoAs?: readonly string[];
  /** Headers that it takes, by their names among the parameters of the document. */
  readonly headers?: readonly string[];
  /** It can take tenths of a second, as what adds up a district does: only a few are answered at once. */
  readonly heavy?: true;
}

/** Marks a route that answers from the views or the log; the OpenAPI document is made from this. */
export function Reads(query: new () => object, route: Omit<ReadRoute, 'query'>) {
  const read = { query, ...route } satisfies ReadRoute;
  if (read.heavy === undefined) return SetMetadata(READ, read);
  const refusals = [...read.refusals, 'TOO_MANY_AT_ONCE' as const];
  return applyDecorators(RouteConfig(HEAVY), SetMetadata(READ, { ...read, refusals } satisfies ReadRoute));
}
