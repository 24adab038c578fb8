import { connect } from 'node:net';
import { quantile } from './measure.js';

/** What one process of clients is to do. */
export interface Load {
  readonly url: string;
  /** With `:book` in it. */
  readonly path: string;
  readonly books: readonly string[];
  readonly token: string;
  readonly connections: number;
  /** For how long, or until so many requests were answered, whatever comes first. */
  readonly forMs: number;
  readonly requests?: number;
  /** Keys are `<prefix>-<n>`, none of them used twice. */
  readonly keys: string;
  readonly effectiveOn: string;
  /** What every request asks for, where it is not an income. */
  readonly body?: object;
}

export interface LoadResult {
  /** Answered with 2xx. */
  readonly done: number;
  readonly refused: number;
  readonly firstRefusal: string | undefined;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Keep-alive connections that each send the next request when the last is answered. */
async function run(load: Load): Promise<LoadResult> {
  const { hostname, port } = new URL(load.url);
  const latencies: number[] = [];
  let sent = 0;
  let refused = 0;
  let firstRefusal: string | undefined;
  const started = performance.now();
  const goesOn = (): boolean => performance.now() - started < load.forMs && sent < (load.requests ?? Infinity);

  const client = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      let answer = '';
      let sentAt = 0;
      const ask = (): void => {
        if (!goesOn()) {
          socket.end();
          resolve();
          return;
        }
        answer = '';
        sentAt = performance.now();
        socket.write(requestOf(load, sent++));
      };
      socket.setEncoding('latin1');
      socket.on('connect', ask);
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        answer += String(chunk);
        if (!isWhole(answer)) return;
        latencies.push(performance.now() - sentAt);
        if (answer.charAt(9) !== '2') {
          refused++;
          firstRefusal ??= Buffer.from(answer, 'latin1').toString().slice(0, 600);
        }
        ask();
      });
    });
  await Promise.all(Array.from({ length: load.connections }, client));
  const seconds = (performance.now() - started) / 1000;
  const done = latencies.length - refused;
  return { done, refused, firstRefusal, seconds, p50Ms: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99) };
}

function requestOf({ path, books, token, keys, effectiveOn, body: said }: Load, n: number): string {
  const income = {
    effectiveOn,
    account: '50102',
    amountFen: 1_000_000 + (n % 1_000_000),
    settlement: { account: '102' },
    summary: '沿街商铺季度租金收入',
    preparedBy: 'accountant-1',
    reviewedBy: 'reviewer-1',
  };
  const body = JSON.stringify(said ?? income);
  return [
    `POST ${path.replace(':book', books[n % books.length] ?? '')} HTTP/1.1`,
    'Host: 127.0.0.1',
    `Authorization: Bearer ${token}`,
    `Idempotency-Key: ${keys}-${n}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const [, length] = /content-length: (\d+)/i.exec(answer.slice(0, head)) ?? [];
  if (length === undefined) throw new Error(`an answer without a length: ${answer.slice(0, head)}`);
  return answer.length >= head + 4 + Number(length);
}

process.send?.(await run(JSON.parse(process.argv[2] ?? '') as Load));
