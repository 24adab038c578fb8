import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type EventLog, openEventStoreLog } from '@ledger/eventlog';
import { type GivenEventStore, givenEventStore } from './event-store.js';
import { startServerProcess } from './eventstore-process.js';
import { type GivenPostgres, givenPostgres } from './postgres.js';
import { type RunningLedger, startFlags, startLedger } from './running-ledger.js';
import { started } from './started-processes.js';
import { temporaryDirectory } from './temporary-directory.js';
import { tellAtTheEnd } from './told-at-the-end.js';

export interface Standing {
  readonly status: string;
  readonly head?: number;
  readonly decidesOrder?: boolean;
  readonly shards?: readonly { readonly isLeading: boolean; readonly checkpoint?: number }[];
  readonly bookings?: { readonly position: number };
}

/** The built projector as a process of its own. */
export interface RunningProjector {
  readonly pid: number;
  output(): string;
  standing(): Promise<Standing>;
  signal(signal: NodeJS.Signals): void;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

const KEY = Buffer.alloc(32, 1).toString('base64');

/** EventStoreDB, PostgreSQL and what the processes of one cluster share; they are started one by one. */
export class RunningCluster {
  readonly #shared = temporaryDirectory();
  readonly #stopped = new Set<object>();
  readonly #running: { kill(): Promise<void> }[] = [];

  private constructor(
    readonly name: string,
    readonly eventStore: GivenEventStore,
    readonly postgres: GivenPostgres,
  ) {}

  static async begin(name: string): Promise<RunningCluster> {
    const [eventStore, postgres] = await Promise.all([eventStoreApart(), givenPostgres()]);
    tellAtTheEnd(`a cluster ran on EventStoreDB: ${eventStore.kind}; PostgreSQL: ${postgres.ranOn}`);
    return new RunningCluster(name, eventStore, postgres);
  }

  /** Of every process of the cluster. */
  get env(): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '',
      LEDGER_PROFILE: 'cluster',
      LEDGER_NAME: this.name,
      LEDGER_EVENTSTORE_URL: this.eventStore.url,
      LEDGER_DATABASE_URL: this.postgres.url,
      LEDGER_VAULT_KEY: KEY,
      LEDGER_DESTROYED_KEYS: `${this.#shared.path}/destroyed-keys`,
    };
  }

  /** SIGKILL to neither: a store that goes away in good order is away all the same. */
  async #stopOnce(store: { stop(): Promise<void> }): Promise<void> {
    if (this.#stopped.has(store)) return;
    this.#stopped.add(store);
    await store.stop();
  }

  async takeAway(store: 'eventStore' | 'postgres'): Promise<void> {
    await this.#stopOnce(this[store]);
  }

  async startApi(env: Record<string, string> = {}): Promise<RunningLedger> {
    const api = await startLedger(this.#shared.path, { env: { ...this.env, ...env } });
    this.#running.push(api);
    return api;
  }

  async startProjector(env: Record<string, string> = {}): Promise<RunningProjector> {
    const projector = await startProjector({ ...this.env, ...env });
    this.#running.push(projector);
    return projector;
  }

  /** To look at from outside; it decides nothing. */
  async openLog(): Promise<EventLog> {
    return openEventStoreLog({ url: this.eventStore.url, namespace: this.name, sequences: false });
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map(async (each) => each.kill()));
    for (const store of [this.eventStore, this.postgres]) await this.#stopOnce(store);
    this.#shared.remove();
  }
}

/** Our own server as a process of its own: beside it, the test would wait for it and it for the test. */
async function eventStoreApart(): Promise<GivenEventStore> {
  const given = await givenEventStore();
  if (given.kind !== 'protocol server') return given;
  await given.stop();
  const directory = temporaryDirectory();
  const server = await startServerProcess(directory.path);
  const stop = async (): Promise<void> => {
    await server.kill();
    directory.remove();
  };
  return { url: server.url, kind: given.kind, stop };
}

const STARTS_WITHIN_MS = 60_000;

async function startProjector(env: Record<string, string>): Promise<RunningProjector> {
  const child = started(
    spawn(process.execPath, [...startFlags(), 'dist/apps/projector/src/main.js'], {
      env: { PROJECTOR_PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const closed = once(child, 'close');
  const url = await (async (): Promise<string> => {
    const deadline = Date.now() + STARTS_WITHIN_MS;
    for (;;) {
      const [, found] = /(http:\S+)\/health\/ready/.exec(output) ?? [];
      if (found !== undefined) return found;
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the projector did not start:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  const ended = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    await closed;
    return child.exitCode;
  };
  return {
    pid: child.pid ?? 0,
    output: () => output,
    standing: async () => (await fetch(`${url}/health/ready`)).json() as Promise<Standing>,
    signal: (signal) => void child.kill(signal),
    stop: async () => ended('SIGTERM'),
    kill: async () => void (await ended('SIGKILL')),
  };
}
