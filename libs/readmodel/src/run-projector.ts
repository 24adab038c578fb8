import { setTimeout as pause } from 'node:timers/promises';
import { CorruptLog } from '@ledger/domain';
import { wholeAppends } from '@ledger/eventlog';
import { openProjector } from './open-projector.js';
import { Successor } from './successor.js';
import type { ReadableLog } from './views-file.js';

/** Small enough that rows appear soon after their facts, large enough to share a transaction. */
const BATCH = 1000;
const LOOK_EVERY_MS = 1000;
/** Under load many facts share a transaction, and the thread leaves the processor to the commands in between. */
const GATHER_MS = 10;
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
  const follow = async (): Promise<void> => {
    let projector = await openProjector(log, viewsDirectory, onRebuild);
    const successor = new Successor(log, viewsDirectory);
    const tell = (): void => {
      // After an error a newer generation may be taken up that has yet to come to where readers have been already.
      if (projector.checkpoint < told) return;
      told = projector.checkpoint;
      onCheckpoint(told, projector.generation);
    };
    try {
      tell();
      while (!stopping.signal.aborted) {
        const facts = wholeAppends(await log.readAfter(projector.checkpoint, BATCH));
        if (facts.length > 0) {
          projector.apply(facts);
          tell();
        }
        const next = await successor.caughtUp(projector);
        if (next !== undefined) {
          projector.close();
          projector = next;
          tell();
        }
        if (facts.length === 0 && !successor.isBehind) await sleeper.sleep();
        // Others in this thread have their turn, so that `stop` is heard; and a small batch lets the next one gather.
        else await pause(facts.length < BATCH ? GATHER_MS : 0);
      }
    } finally {
      successor.close();
      projector.close();
    }
  };
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await follow();
      } catch (error) {
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

/** Sleeps until woken, at most a second; being woken while awake makes the next sleep end at once. */
class Sleeper {
  #woken = false;
  #rouse: (() => void) | undefined;

  wake(): void {
    this.#woken = true;
    this.#rouse?.();
  }

  async sleep(): Promise<void> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_EVERY_MS);
        this.#rouse = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#woken = false;
  }
}
