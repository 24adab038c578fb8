import { openSqliteLog, type Probe } from '@ledger/eventlog';
import { followGenerations } from '@ledger/readmodel';
import { startBookings } from './bookings.js';
import { type Ground, untilReadable } from './ground.js';
import { ProjectorThread } from './projector-thread.js';

/** Files of a data directory, which this process alone writes, with a thread that keeps the views current. */
export function embeddedGround(directory: string, onFailure: (failure: string) => void, probe?: Probe): Ground {
  const log = openSqliteLog(directory, probe === undefined ? {} : { probe });
  return {
    log,
    stores: directory,
    openViews: async () => {
      const worker = new URL('./projector-worker.js', import.meta.url);
      const { views, goTo } = followGenerations(directory, () => projector.checkpoint);
      const projector = new ProjectorThread(worker, directory, {
        generation: goTo,
        failure: (failure) => onFailure(`projector stopped: ${failure}`),
      });
      await untilReadable(projector);
      const close = async (): Promise<void> => {
        const stopped = projector.stop();
        // Before the projector's own connection, the last one, which puts the file in order.
        views.close();
        await stopped;
      };
      return { views, projector, close };
    },
    startBookings: async (handling, wake) =>
      startBookings(directory, log, handling, {
        wake,
        onError: (error) => onFailure(`bookings wait: ${String(error)}`),
      }),
    close: async () => log.close(),
  };
}
