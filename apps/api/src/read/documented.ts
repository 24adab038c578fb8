import type { RefusalCode } from '@ledger/domain';
import { SetMetadata } from '@nestjs/common';
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
}

/** Marks a route that answers from the views or the log; the OpenAPI document is made from this. */
export function Reads(query: new () => object, route: Omit<ReadRoute, 'query'>) {
  return SetMetadata(READ, { query, ...route } satisfies ReadRoute);
}
