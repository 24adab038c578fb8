import type { Operation } from './operations.js';

/** A request to an operation before it is put into words, so that faults can change any part of it. */
export interface Request {
  readonly operation: Operation;
  /** The values of the path, by name. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, or the text or bytes to send as they are. */
  readonly body?: unknown;
  /** The header that says who asks; none when absent. */
  readonly authorization?: string;
}

export interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export function sentAs({ operation, path, query, headers, body, authorization }: Request): Sent {
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = path[name] ?? '';
    // A client would make another path of these.
    return ['', '.', '..'].includes(text) ? 'x' : encodeURIComponent(text.toWellFormed());
  });
  const search = new URLSearchParams(query.map(([name, value]) => [name.toWellFormed(), value.toWellFormed()]));
  const bytes =
    body === undefined || Buffer.isBuffer(body) ? body : typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method: operation.method,
    target: search.size === 0 ? filled : `${filled}?${search.toString()}`,
    headers: {
      ...(operation.takesJson && { 'content-type': 'application/json' }),
      ...headers,
      ...(authorization !== undefined && { authorization }),
    },
    ...(bytes !== undefined && { body: bytes }),
  };
}

/** The request as a command to be run again, without the token. */
export function asCurl(url: string, { method, target, headers, body }: Sent): string {
  const said = Object.entries(headers).map(([name, value]) =>
    name === 'authorization' && value.startsWith('Bearer')
      ? '-H "Authorization: Bearer $TOKEN"'
      : `-H ${quoted(`${name}: ${value}`)}`,
  );
  const data = body === undefined ? [] : [Buffer.isBuffer(body) ? '--data-binary @file' : `--data-raw ${quoted(body)}`];
  return ['curl', '-sS', '-X', method, quoted(url + target), ...said, ...data].join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
