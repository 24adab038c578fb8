import type { EventStoreLog } from '@ledger/eventlog';
import type { Watched } from '@ledger/telemetry';
import type { ProcessManagers } from './process-managers.js';

/** Of a shard of the views, as far as this process writes it. */
export interface ShardStanding {
  isLeading: boolean;
  checkpoint?: number;
  generation?: number;
}

/** What of this process is looked at when its figures are asked for. */
export function watchedOf({
  log,
  managers,
  standing,
  isInTrouble,
}: {
  readonly log: EventStoreLog;
  readonly managers: ProcessManagers;
  readonly standing: readonly ShardStanding[];
  readonly isInTrouble: () => boolean;
}): Watched {
  return {
    log,
    views: () => viewsOf(standing, isInTrouble()),
    bookings: () =>
      managers.bookings && { position: managers.bookings.position, untold: managers.bookings.untold.length },
    leading: () => ({
      sequencer: log.sequencing,
      bookings: managers.bookings !== undefined,
      ...Object.fromEntries(standing.map(({ isLeading }, shard) => [`shard-${shard}`, isLeading])),
    }),
  };
}

/** How far the rows go that this process writes; undefined while others write all of them. */
function viewsOf(shards: readonly ShardStanding[], failed: boolean): ReturnType<NonNullable<Watched['views']>> {
  const led = shards.filter(({ isLeading, checkpoint }) => isLeading && checkpoint !== undefined);
  if (led.length === 0) return undefined;
  return {
    position: Math.min(...led.map(({ checkpoint = 0 }) => checkpoint)),
    generation: Math.max(...led.map(({ generation = 0 }) => generation)),
    failed,
  };
}
