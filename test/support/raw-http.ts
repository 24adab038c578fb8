import { connect } from 'node:net';
import type { Answered } from './problems.js';

export interface RawAnswer extends Answered {
  /** Every answer that came over the connection, as text. */
  readonly text: string;
}

/**
 * Writes bytes that no HTTP client would, reads until the server closes the connection or it has been quiet for a while,
 * and takes the first answer apart.
 */
export async function rawRequest(url: string, request: string | Buffer, quietMs = 300): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.setTimeout(quietMs, () => socket.destroy());
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A server may close a connection before it has read everything.
  socket.on('error', () => undefined);
  socket.write(request);
  await new Promise((resolve) => socket.once('close', resolve));
  const text = Buffer.concat(chunks).toString();
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const contentType = /^content-type: (.*)$/im.exec(head)?.[1]?.trim() ?? '';
  const json = /json/.test(contentType) && body !== '' ? (JSON.parse(body) as Record<string, unknown>) : {};
  return { status: Number(head.split(' ')[1] ?? 0), contentType, body: json, text };
}

/** The text of a request with these headers, its body's length among them unless they say otherwise. */
export function requestText(line: string, headers: Readonly<Record<string, string>>, body = ''): string {
  const said = { host: 'ledger', connection: 'close', 'content-length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(said).filter(([, value]) => value !== '');
  return `${line} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}
