import { setTimeout as pause } from 'node:timers/promises';
import {
  aggregateOf,
  type Alone,
  type BookingsRun,
  bookingSources,
  type CommandHandling,
  runBookings,
} from '@ledger/commands';
import type { EventLog } from '@ledger/eventlog';
import { openSharedTurns, type SharedTurns } from '@ledger/postgres';
import { type Leadership, standBy } from '@ledger/readmodel';
import { KeptCheckpoint } from './bookings-checkpoint.js';

export interface ProcessManagers {
  /** What this process books by itself; undefined while another one does. */
  readonly bookings: Pick<BookingsRun, 'position' | 'untold'> | undefined;
  /** Lets another process begin at once. */
  stop(): Promise<void>;
}

export interface ProcessManagersOptions {
  readonly log: EventLog;
  /** Handles commands in turns with the other processes that do. */
  readonly handlingAlone: (alone: Alone) => CommandHandling;
  readonly databaseUrl: string;
  /** The ledger's. */
  readonly name: string;
  readonly onLeading: (isLeading: boolean) => void;
  readonly onError: (error: unknown) => void;
}

const TASK = { name: 'process-managers', number: 0 };
const RETRY_MS = 500;

/**
 * Books what crosses streams, in one process of the cluster at a time. Two would do no harm, as the ids of their commands
 * derive from the facts that ask for them; they would only be in each other's way.
 */
export function runProcessManagers(options: ProcessManagersOptions): ProcessManagers {
  const stopping = new AbortController();
  let bookings: BookingsRun | undefined;

  const lead = async (leadership: Leadership): Promise<void> => {
    let turns: SharedTurns | undefined;
    try {
      turns = openSharedTurns(options.databaseUrl);
      await book(leadership, turns);
    } finally {
      turns?.close();
      await leadership.release();
    }
  };
  const book = async ({ connection, lost }: Leadership, turns: SharedTurns): Promise<void> => {
    const checkpoint = await KeptCheckpoint.of(connection, options.name);
    const handling = options.handlingAlone(async (key, work) => turns.alone(key, work));
    bookings = await runBookings({
      log: options.log,
      sources: bookingSources,
      handle: async (command) => handling.handle(aggregateOf(command), command),
      saved: await checkpoint.read(),
      save: (latest) => checkpoint.save(latest),
      onError: options.onError,
    });
    options.onLeading(true);
    try {
      await aborted(AbortSignal.any([stopping.signal, lost]));
    } finally {
      await bookings.stop();
      bookings = undefined;
      options.onLeading(false);
    }
    if (lost.aborted) throw lost.reason;
    await checkpoint.write();
  };
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        const leadership = await standBy(options.databaseUrl, TASK, stopping.signal);
        if (leadership !== undefined) await lead(leadership);
      } catch (error) {
        if (!stopping.signal.aborted) options.onError(error);
        await pause(RETRY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  })();
  return {
    get bookings() {
      return bookings;
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}
