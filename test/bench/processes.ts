import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf, spawnLedger } from '../support/running-ledger.js';

const STARTING_MS = 20 * 60_000;
const RESTING_MS = 200;
/** Of its processors: timers run at rest too. */
const STILL_BUSY = 0.015;

/** Runs a file of the bench in a process of its own and gives the one message that it sends. */
export async function inProcess<T>(file: URL, args: readonly string[]): Promise<T> {
  const child = fork(file, [...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const said = await firstMessage<T>(child, file);
  child.disconnect();
  await ended(child);
  return said;
}

/** A process that stays, and says the address that it listens on; `stop` ends it. */
export async function stayingProcess(
  file: URL,
  args: readonly string[],
): Promise<{ url: string; stop(): Promise<void> }> {
  const child = fork(file, [...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { url } = await firstMessage<{ url: string }>(child, file);
  return {
    url,
    stop: async () => {
      child.disconnect();
      await ended(child);
    },
  };
}

export interface Health {
  readonly head: number;
  readonly lag: number;
  readonly bookingsLag: number;
}

export interface ApiProcess {
  readonly url: string;
  readonly pid: number;
  health(): Promise<Health>;
  stop(): Promise<void>;
}

/** Starts the real api on a free port over a data directory and waits until its views and bookings have caught up. */
export async function startApi(
  main: URL,
  directory: string,
  name: string,
  token: string,
  access: 'token' | 'accounts' = 'token',
): Promise<ApiProcess> {
  const ledger = spawnLedger(
    {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      LEDGER_DATA: directory,
      LEDGER_NAME: name,
      LEDGER_DEMO: 'off',
      LEDGER_ACCESS: access,
      LEDGER_TOKEN: token,
      LEDGER_LOG_LEVEL: 'warn',
      LEDGER_RATE_LIMIT: 'off',
    },
    main.pathname,
  );
  const child = ledger.process;
  child.stderr.pipe(process.stderr);
  const deadline = performance.now() + STARTING_MS;
  const url = await addressOf(ledger, STARTING_MS);
  const health = async (): Promise<Health> => (await (await fetch(`${url}/health/ready`)).json()) as Health;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended(child);
  };
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the api ended with ${child.exitCode} while starting`);
    const lag = await health().then(
      // Where there are accounts, how far it is behind is not told to whoever asks for its health.
      ({ lag: views = 0, bookingsLag = 0 }: Partial<Health>) => Math.max(views, bookingsLag),
      () => -1,
    );
    if (lag === 0) return { url, pid: child.pid ?? 0, health, stop };
    if (performance.now() > deadline) {
      await stop();
      throw new Error('the api did not become ready');
    }
    await sleep(200);
  }
}

/** A line of /proc/<pid>/status in MB, such as VmHWM (the highest resident size) or RssAnon. */
export function memoryMb(line: 'VmHWM' | 'RssAnon', pid: number | 'self' = 'self'): number {
  const [, kb] = new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1024;
}

/** What a process has had of the processors so far, in seconds: fields 14 and 15 of /proc/<pid>/stat, in hundredths. */
function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) / 100;
}

/** The same, once a process has nothing to do any more: what it put off for later is in it. */
export async function processorSecondsAtRest(pid: number): Promise<number> {
  for (;;) {
    const before = processorSeconds(pid);
    await sleep(RESTING_MS);
    const now = processorSeconds(pid);
    if (now - before < STILL_BUSY) return now;
  }
}

async function firstMessage<T>(child: ChildProcess, file: URL): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${file.pathname} ended with ${code} and said nothing`)));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
