import type { RefusalCode } from '@ledger/domain';
import { SetMetadata } from '@nestjs/common';

export const READ = 'ledger:read';

/** A JSON schema (draft 2020-12), as OpenAPI 3.1 takes it. */
export type Schema = Readonly<Record<string, unknown>>;

export interface ReadRoute {
  /** What the query may carry; anything else is 400. */
  readonly query: new () => object;
  readonly summary: string;
  /** The schema of the answer's own fields; `asOf`, `knownAt` and `views` are added where the query has them. */
  readonly answer: Schema;
  /** The refusals of its own; those that every read can meet are added in the document. */
  readonly refusals: readonly RefusalCode[];
}

/** Marks a route that answers from the views or the log; the OpenAPI document is made from this. */
export function Reads(query: new () => object, route: Omit<ReadRoute, 'query'>) {
  return SetMetadata(READ, { query, ...route } satisfies ReadRoute);
}
