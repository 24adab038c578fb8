import { controllers } from '../../../apps/api/src/controllers.js';
import { openapiDocument } from '../../../apps/api/src/openapi/document.js';

export type Json = Readonly<Record<string, unknown>>;

/** An operation of the OpenAPI document that asks who it is. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** The names of its query parameters. */
  readonly queries: readonly string[];
  /** The documented example of its body. */
  readonly example?: Json;
  /** What it takes is a command to the ledger, which may name evidence. */
  readonly isCommand: boolean;
}

interface Documented {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { readonly name?: string; readonly in?: string; readonly $ref?: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly examples?: { readonly example: { readonly value: Json } } }>>;
  };
}

const { paths } = JSON.parse(JSON.stringify(openapiDocument(controllers))) as {
  paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
};

export const operations: readonly Operation[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([, { security }]) => security?.length !== 0)
    .map(([method, { operationId: id, parameters = [], requestBody }]): Operation => {
      const queries = parameters.flatMap((said) => (said.in === 'query' && said.name !== undefined ? [said.name] : []));
      const example = requestBody?.content['application/json']?.examples?.example.value;
      const isCommand = parameters.some(({ $ref = '' }) => $ref.endsWith('/IdempotencyKey'));
      return {
        id,
        method: method.toUpperCase(),
        path,
        queries,
        isCommand,
        ...(example === undefined ? {} : { example }),
      };
    }),
);
