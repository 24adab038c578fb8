import { setTimeout as pause } from 'node:timers/promises';
import { CorruptLog } from '@ledger/domain';
import { followLog } from './follow-log.js';
import { filesOf } from './open-projector.js';
import { Sleeper } from './sleeper.js';
import type { ReadableLog } from './views-file.js';

const RETRY_MS = 1000;

export interface ProjectorRun {
  /** Says that there may be something new in the log. */
  wake(): void;
  /** Resolves when the file is closed. */
  stop(): Promise<void>;
}

/**
 * Keeps the views in a directory current with a log until it is stopped, and goes over to a newer generation when a
 * rebuild has put one there. `onCheckpoint` is called first when a generation can be opened for reading, then after every
 * committed batch; the position never steps back, and from a generation that it names no more rows will come to earlier
 * ones, whose files stay until `dropGenerationsBefore`. A full disk or a locked file is tried again every second:
 * `onError` hears of it, the next `onCheckpoint` says that it is over. A log that cannot be added up (`CorruptLog`) ends
 * the loop: a person must look at it, and nothing is skipped over. `onRebuild` hears why old views were thrown away.
 */
export function runProjector(options: {
  log: ReadableLog;
  viewsDirectory: string;
  onCheckpoint: (position: number, generation: number) => void;
  onError: (error: unknown) => void;
  onRebuild?: (reason: string) => void;
}): ProjectorRun {
  const { log, viewsDirectory, onCheckpoint, onError, onRebuild } = options;
  const stopping = new AbortController();
  const sleeper = new Sleeper();
  let told = 0;
  const follow = async (): Promise<void> =>
    followLog({
      log,
      kept: filesOf(log, viewsDirectory),
      onRebuild,
      tell: ({ checkpoint, generation }) => {
        // After an error a newer generation may be taken up that has yet to come to where readers have been already.
        if (checkpoint < told) return;
        told = checkpoint;
        onCheckpoint(told, generation);
      },
      sleeper,
      ending: stopping.signal,
    });
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await follow();
      } catch (error) {
        if (error === stopping.signal.reason) return;
        onError(error);
        if (error instanceof CorruptLog) return;
        await pause(RETRY_MS);
      }
    }
  };
  const ended = loop();
  const stop = async (): Promise<void> => {
    stopping.abort();
    sleeper.wake();
    await ended;
  };
  return { wake: () => sleeper.wake(), stop };
}
