import { channel } from 'node:diagnostics_channel';
import { setTimeout as pause } from 'node:timers/promises';
import { CorruptLog } from '@ledger/domain';
import { followLog } from '../follow-log.js';
import type { KeptGenerations } from '../kept-generations.js';
import type { ProjectorRun } from '../run-projector.js';
import { Sleeper } from '../sleeper.js';
import type { ReadableLog } from '../views-file.js';
import type { Connection } from './connection.js';
import { standBy } from './leadership.js';
import { dropGenerationsBefore, generationsIn, leaveGeneration, reachedBy } from './postgres-generations.js';
import type { PostgresProjector } from './postgres-projector.js';
import { buildPostgresGeneration, continueGeneration, removeUnfinished } from './postgres-rebuild.js';
import type { Shard } from './shard.js';

/** Who wants to know what batches cost listens here; it costs nothing while nobody does. */
const batches = channel('ledger.projection');
const RETRY_MS = 500;
const DROP_AGAIN_MS = 1000;

export interface PostgresProjectorOptions {
  readonly log: ReadableLog;
  readonly url: string;
  /** Into how many parts the ledger is parted, each with a checkpoint and a leader of its own; the same in all processes. */
  readonly shards?: number;
  /** Of a shard that this process leads: how far its rows go, and in which generation. */
  readonly onCheckpoint: (position: number, generation: number, shard: number) => void;
  readonly onError: (error: unknown) => void;
  /** Whether this process writes the rows of a shard now, or stands by. */
  readonly onLeading?: (shard: number, isLeading: boolean) => void;
  readonly onRebuild?: (reason: string) => void;
}

/**
 * Keeps the views of a database current with a log until it is stopped, together with the other processes that do the same:
 * each shard is written by one of them, and another one goes on within seconds when that one dies, is stopped or cut off. A generation is
 * made, continued and gone over from as `runProjector` does; those before it are removed once nobody is in them. What fails (the
 * database, the log) is told to `onError`, and whoever can goes on; a log that cannot be added up (`CorruptLog`) ends the shard's
 * loop in this process.
 */
export function runPostgresProjector(options: PostgresProjectorOptions): ProjectorRun {
  const { shards = 1 } = options;
  const stopping = new AbortController();
  const run = Array.from({ length: shards }, (_, number) => {
    const sleeper = new Sleeper();
    const shard: Shard = { number, of: shards };
    return { sleeper, ended: untilStopped(async () => leadShard(options, shard, sleeper, stopping.signal)) };
  });
  const wake = (): void => run.forEach(({ sleeper }) => sleeper.wake());
  const stop = async (): Promise<void> => {
    stopping.abort();
    wake();
    await Promise.all(run.map(async ({ ended }) => ended));
  };
  return { wake, stop };

  async function untilStopped(lead: () => Promise<void>): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await lead();
      } catch (error) {
        if (stopping.signal.aborted) return;
        options.onError(error);
        if (error instanceof CorruptLog) return;
        await pause(RETRY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }
}

/** Waits for its turn, and writes the rows of a shard as long as it lasts. */
async function leadShard(
  options: PostgresProjectorOptions,
  shard: Shard,
  sleeper: Sleeper,
  stopping: AbortSignal,
): Promise<void> {
  const { log, url, onCheckpoint, onLeading, onRebuild } = options;
  const lead = await standBy(url, { name: 'views-shard', number: shard.number }, stopping);
  if (lead === undefined) return;
  const { connection, lost } = lead;
  const over = AbortSignal.any([stopping, lost]);
  over.addEventListener('abort', () => sleeper.wake(), { once: true });
  // One of all that lead removes what is old.
  const old = shard.number === 0 ? new OldGenerations(url, over) : undefined;
  onLeading?.(shard.number, true);
  try {
    await followLog({
      log,
      kept: schemasOf({ log, url, connection, shard }),
      onRebuild,
      tell: ({ checkpoint, generation }) => {
        onCheckpoint(checkpoint, generation, shard.number);
        old?.dropBefore(generation);
      },
      onBatch: (facts, tookMs) => {
        if (batches.hasSubscribers) batches.publish({ shard: String(shard.number), facts, tookMs });
      },
      sleeper,
      ending: over,
    });
    if (lost.aborted) throw lost.reason;
  } finally {
    onLeading?.(shard.number, false);
    await lead.release();
    await old?.ended;
  }
}

/** The generations as the leader of a shard continues them: all on the one connection that is its right to write. */
function schemasOf(options: {
  log: ReadableLog;
  url: string;
  connection: Connection;
  shard: Shard;
}): KeptGenerations<PostgresProjector> {
  const { log, url, connection, shard } = options;
  return {
    complete: async () => generationsIn(connection),
    open: async (generation) => {
      const leave = async (): Promise<void> => leaveGeneration(connection, generation).catch(() => undefined);
      let opened: PostgresProjector | string | undefined;
      try {
        opened = await continueGeneration(log, connection, generation, { shard, tells: true, leave });
        return opened;
      } finally {
        if (typeof opened !== 'object') await leave();
      }
    },
    build: async (whole) => buildPostgresGeneration(whole, url, undefined, shard.of),
    dropUnfinished: async () => removeUnfinished(url),
    // Answers are at the smallest of all checkpoints, so the other shards must be there too.
    isReached: async (serving, next) => (await reachedBy(connection, next)) >= (await reachedBy(connection, serving)),
  };
}

/** Removes the generations before the one that serves, as soon as their last reader has left. */
class OldGenerations {
  ended: Promise<void> = Promise.resolve();
  #before = 0;

  constructor(
    private readonly url: string,
    private readonly ending: AbortSignal,
  ) {}

  dropBefore(generation: number): void {
    if (generation === this.#before) return;
    this.#before = generation;
    this.ended = this.ended.then(async () => this.#drop(generation));
  }

  async #drop(generation: number): Promise<void> {
    while (!this.ending.aborted && generation === this.#before) {
      try {
        if (await dropGenerationsBefore(this.url, generation)) return;
      } catch (error) {
        process.emitWarning(`old views are still there: ${String(error)}`);
      }
      await pause(DROP_AGAIN_MS, undefined, { signal: this.ending }).catch(() => undefined);
    }
  }
}
