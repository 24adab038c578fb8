export type Json = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Json;
}

/** One operation of the OpenAPI document, as a client reads it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** As the document writes it: `/api/v1/books/{id}/income`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly query: readonly Parameter[];
  readonly example?: Json;
  /** By status: the media types of the answer, `*` for one without a body. */
  readonly answers: ReadonlyMap<number, readonly string[]>;
  /** Takes a command, under a key. */
  readonly isWrite: boolean;
  /** A body of JSON. */
  readonly takesJson: boolean;
  /** Anybody may call it. */
  readonly open: boolean;
  /** Who may call it where there are accounts; `everybody` is whoever has one. */
  readonly roles: readonly string[];
}

interface Written {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | { $ref: string })[];
  readonly requestBody?: { content: Record<string, { examples?: { example?: { value: Json } } }> };
  readonly responses: Record<string, { $ref?: string; content?: Json }>;
  readonly security?: readonly unknown[];
  readonly 'x-roles'?: readonly string[];
}

/** Every operation of the document in its order. */
export function operationsOf(document: Json): Operation[] {
  const paths = document['paths'] as Record<string, Record<string, Written>>;
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, written]) => operation(document, method.toUpperCase(), path, written)),
  );
}

function operation(document: Json, method: string, path: string, written: Written): Operation {
  const parameters = (written.parameters ?? []).map((said) =>
    '$ref' in said ? (resolved(document, said.$ref) as unknown as Parameter) : said,
  );
  const example = written.requestBody?.content['application/json']?.examples?.example?.value;
  const answers = Object.entries(written.responses).map(([status, said]): [number, readonly string[]] => {
    const { content } = said.$ref === undefined ? said : (resolved(document, said.$ref) as typeof said);
    return [Number(status), content === undefined ? ['*'] : Object.keys(content)];
  });
  return {
    id: written.operationId,
    method,
    path,
    parameters,
    query: parameters.filter((said) => said.in === 'query'),
    ...(example === undefined ? {} : { example }),
    answers: new Map(answers),
    isWrite: parameters.some(({ name }) => name === 'Idempotency-Key'),
    takesJson: written.requestBody?.content['application/json'] !== undefined,
    open: written.security?.length === 0,
    roles: written['x-roles'] ?? [],
  };
}

/** Asks for something and changes nothing. */
export function isRead({ method }: Operation): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** What a reference within the document stands for. */
export function resolved(document: Json, ref: string): Json {
  const path = ref.replace('#/', '').split('/');
  const names = path.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce<unknown>((node, key) => (node as Json)[key], document) as Json;
}
