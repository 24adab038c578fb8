import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { started } from './started-processes.js';

export const TOKEN = 'token-for-the-tests-only';

export interface Answer<B = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: B;
}

/** The built program as a process of its own on a free loopback port, and its data directory. */
export interface RunningLedger {
  readonly url: string;
  readonly directory: string;
  readonly process: ChildProcess;
  /** Everything that the process printed. */
  output(): string;
  /** Waits until the process has printed this: a line may come later than the answer that it belongs to. */
  printed(text: string): Promise<void>;
  get<B = Record<string, unknown>>(path: string, headers?: Record<string, string>): Promise<Answer<B>>;
  post<B = Record<string, unknown>>(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer<B>>;
  put<B = Record<string, unknown>>(path: string, bytes: Buffer, headers?: Record<string, string>): Promise<Answer<B>>;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL; the data directory stays. */
  kill(): Promise<void>;
}

export interface SpawnedLedger {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  /** Everything that the process printed. */
  output(): string;
}

/** The built program (or another entry) as `npm start` runs it, with just these variables of the environment. */
export function spawnLedger(env: Record<string, string>, entry = 'dist/apps/api/src/main.js'): SpawnedLedger {
  const child = started(spawn(process.execPath, [...startFlags(), entry], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return { process: child, output: () => printed };
}

/** What `npm start` gives to Node, between its name and the program's. */
export function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').slice(1, -1);
}

/** Starts the program and waits until it answers. */
export async function startLedger(
  directory: string,
  options: { env?: Record<string, string>; entry?: string } = {},
): Promise<RunningLedger> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    PORT: '0',
    LEDGER_DATA: directory,
    LEDGER_TOKEN: TOKEN,
    LEDGER_DEMO: 'off',
    LEDGER_ACCESS: 'token',
    LEDGER_LOG_LEVEL: 'warn',
    // One address asks here for a whole district; the limits have tests of their own.
    LEDGER_RATE_LIMIT: '10000000',
    ...options.env,
  };
  const spawned = spawnLedger(env, options.entry);
  return running(spawned.process, await addressOf(spawned), directory, () => spawned.output());
}

/** The same process asked at another of its addresses. */
export function doorOf(ledger: RunningLedger, url: string): RunningLedger {
  return running(ledger.process, url, ledger.directory, () => ledger.output());
}

/** The address that the program prints when it listens. */
export async function addressOf(ledger: SpawnedLedger, withinMs = 60_000): Promise<string> {
  const { process: child } = ledger;
  const deadline = Date.now() + withinMs;
  for (;;) {
    const [, url] = /(http:\/\/127\.0\.0\.1:\d+)\/docs/.exec(ledger.output()) ?? [];
    if (url !== undefined) return url;
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline)
      throw new Error(`the ledger did not start:\n${ledger.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function running(child: ChildProcess, url: string, directory: string, output: () => string): RunningLedger {
  const call = async <B>(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Buffer<ArrayBuffer>,
  ): Promise<Answer<B>> => {
    const response = await fetch(
      `${url}${path.startsWith('/api') || path.startsWith('/health') ? '' : '/api/v1'}${path}`,
      {
        method,
        headers: { authorization: `Bearer ${TOKEN}`, ...headers },
        ...(body === undefined ? {} : { body }),
      },
    );
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, body: (json ? JSON.parse(text) : {}) as B };
  };
  // Closed and not only ended: what it printed last may still be in the pipe when it exits.
  const closed = once(child, 'close');
  const exited = async (): Promise<number | null> => {
    await closed;
    return child.exitCode;
  };
  return {
    url,
    directory,
    process: child,
    output,
    printed: async (text) => {
      const deadline = Date.now() + 10_000;
      while (!output().includes(text)) {
        if (Date.now() > deadline) throw new Error(`the ledger did not print “${text}”:\n${output()}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    get: (path, headers = {}) => call('GET', path, headers),
    post: (path, body, headers = {}) =>
      call(
        'POST',
        path,
        { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
        typeof body === 'string' ? body : JSON.stringify(body),
      ),
    put: (path, bytes, headers = {}) => call('PUT', path, headers, Buffer.from(bytes)),
    stop: async () => {
      child.kill('SIGTERM');
      return exited();
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited();
    },
  };
}
