import type { DatabaseSync } from 'node:sqlite';
import { CorruptLog } from '@ledger/domain';
import { wholeAppends } from '@ledger/eventlog';
import { Projector } from './projector.js';
import { rebuild } from './rebuild.js';
import { openViewsForWriting, type ReadableLog, viewsFile, whyStale } from './views-file.js';

/** Small enough that rows appear soon after their facts, large enough to share a transaction. */
const BATCH = 1000;
/** Behind by more than this from zero, sorted runs into a new file are faster than live batches. */
const REBUILD_FROM = 20_000;
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
 * Keeps the views in a directory current with a log until it is stopped. `onCheckpoint` is called first when the file
 * can be opened for reading, then after every committed batch. A full disk or a locked file is tried again every second:
 * `onError` hears of it, the next `onCheckpoint` says that it is over. A log that cannot be added up (`CorruptLog`) ends
 * the loop: a person must look at it, and nothing is skipped over. `onRebuild` hears why old views were thrown away.
 */
export function runProjector(options: {
  log: ReadableLog;
  viewsDirectory: string;
  onCheckpoint: (position: number) => void;
  onError: (error: unknown) => void;
  onRebuild?: (reason: string) => void;
}): ProjectorRun {
  const { log, viewsDirectory, onCheckpoint, onError, onRebuild } = options;
  const stopping = new AbortController();
  const sleeper = new Sleeper();
  const follow = async (): Promise<void> => {
    const projector = await openProjector(log, viewsDirectory, onRebuild);
    try {
      onCheckpoint(projector.checkpoint);
      while (!stopping.signal.aborted) {
        const facts = wholeAppends(await log.readAfter(projector.checkpoint, BATCH));
        if (facts.length === 0) await sleeper.sleep();
        else {
          projector.apply(facts);
          onCheckpoint(projector.checkpoint);
          // Others in this thread have their turn, so that `stop` is heard; and a small batch lets the next one gather.
          await pause(facts.length < BATCH ? GATHER_MS : 0);
        }
      }
    } finally {
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

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Opens the views of a directory to continue them. Those of other view versions, of another log, or ahead of this one
 * are thrown away and built anew from the log.
 */
export async function openProjector(
  log: ReadableLog,
  directory: string,
  onRebuild: (reason: string) => void = (reason) => process.emitWarning(`views are rebuilt: ${reason}`),
): Promise<Projector> {
  const db = openViewsForWriting(directory);
  const reason = await closingOnError(db, () => whyStale(db, log));
  if (reason === undefined) {
    const projector = await closingOnError(db, async () => new Projector(db));
    if (projector.checkpoint > 0 || (await log.head()) < REBUILD_FROM) return projector;
    projector.close();
  } else {
    db.close();
    onRebuild(reason);
  }
  await rebuild(log, viewsFile(directory));
  return new Projector(openViewsForWriting(directory));
}

async function closingOnError<T>(db: DatabaseSync, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    db.close();
    throw error;
  }
}
