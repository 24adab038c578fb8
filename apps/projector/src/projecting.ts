import { ledgerOrigin } from '@ledger/commands';
import { type EventStoreLog, headWithin, openEventStoreLog } from '@ledger/eventlog';
import { runPostgresProjector } from '@ledger/readmodel';
import { handlingFor, observedLog, type Observer, type Watched } from '@ledger/telemetry';
import type { Health } from './health.js';
import { type ProcessManagers, runProcessManagers } from './process-managers.js';
import type { ProjectorSettings } from './settings.js';
import { Troubles } from './troubles.js';
import { type ShardStanding, watchedOf } from './watched.js';

/** What a process does for its cluster. */
export interface Projecting {
  health(): Promise<Health>;
  /** What is looked at when figures are asked for. */
  readonly watched: Watched;
  /** Lets others take over at once. */
  stop(): Promise<void>;
}

const HEAD_WITHIN_MS = 2_000;

/**
 * Stands by, and takes its turn, in three things that one process of a cluster does at a time: deciding the order of the
 * facts, writing the rows of each shard of the views, and booking what books by itself. `say` hears of what changes.
 */
export async function openProjecting(
  { cluster, name, shards }: ProjectorSettings,
  say: (text: string) => void,
  observer: Observer | undefined,
): Promise<Projecting> {
  const { eventStoreUrl, databaseUrl } = cluster;
  const troubles = new Troubles(say);
  const takesOver = (what: string, isLeading: boolean): void => say(`${what}: ${isLeading ? 'begins' : 'stands by'}`);
  const log = await openEventStoreLog({
    url: eventStoreUrl,
    namespace: name,
    sequences: true,
    onError: (error) => troubles.add('order', error),
    onLeading: (isLeading) => takesOver('order', isLeading),
  });
  let managers: ProcessManagers;
  try {
    const origin = await ledgerOrigin(log, { name, demo: false });
    managers = runProcessManagers({
      log,
      handlingAlone: (alone) => handlingFor(observer, observedLog(log, observer), origin, undefined, alone),
      databaseUrl,
      name,
      onLeading: (isLeading) => takesOver('bookings', isLeading),
      onError: (error) => troubles.add('bookings', error),
    });
  } catch (error) {
    await log.close();
    throw error;
  }
  const standing = Array.from({ length: shards }, (): ShardStanding => ({ isLeading: false }));
  const projector = runPostgresProjector({
    log,
    url: databaseUrl,
    shards,
    onCheckpoint: (checkpoint, generation, shard) => Object.assign(standing[shard] ?? {}, { checkpoint, generation }),
    onError: (error) => troubles.add('views', error),
    onLeading: (shard, isLeading) => {
      standing[shard] = { isLeading };
      takesOver(`shard ${shard} of the views`, isLeading);
    },
    onRebuild: (reason) => say(`views are built anew: ${reason}`),
  });
  const stopListening = log.onOrdered(() => projector.wake());

  const stop = async (): Promise<void> => {
    stopListening();
    await Promise.all([managers.stop(), projector.stop()]);
    await log.close();
  };
  const watched = watchedOf({ log, managers, standing, isInTrouble: () => troubles.present !== undefined });
  return { health: async () => healthOf({ log, managers, standing, trouble: troubles.present }), watched, stop };
}

async function healthOf({
  log,
  managers: { bookings },
  standing,
  trouble,
}: {
  readonly log: EventStoreLog;
  readonly managers: ProcessManagers;
  readonly standing: readonly ShardStanding[];
  readonly trouble: string | undefined;
}): Promise<Health> {
  const head = await headWithin(log, HEAD_WITHIN_MS);
  const reason = trouble ?? (head === undefined ? 'the log does not answer' : undefined);
  const untold = bookings?.untold ?? [];
  return {
    status: reason !== undefined ? 'unavailable' : untold.length > 0 ? 'degraded' : 'ok',
    ...(head !== undefined && { head }),
    decidesOrder: log.sequencing,
    shards: standing,
    ...(bookings && { bookings: { position: bookings.position, untold: untold.length } }),
    ...(reason !== undefined && { reason }),
  };
}
