import { renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { syncDirectoryNow } from '@ledger/durable-files';
import { wholeAppends } from '@ledger/eventlog';
import {
  dropUnfinished,
  fileOfGeneration,
  generationsIn,
  RebuildUnderWay,
  takeBuildingLock,
  unfinished,
} from './generations.js';
import { Projector } from './projector.js';
import { createViewsUnsafely, dropViews, makeDurable, type ReadableLog } from './views-file.js';

const FACTS_READ = 2000;
/** Rows that are sorted and inserted together; about 40 MB of them. */
const ROWS_IN_RUN = 150_000;

export interface Progress {
  readonly position: number;
  readonly head: number;
}

/**
 * Adds the whole log up into the next generation of a directory's views, beside those that are there and may be in use:
 * a running projector goes over to it by itself, or the next one begins with it. Throws `RebuildUnderWay` when somebody
 * else is at it, else as `rebuild` does; nothing of the generations that were there has changed then.
 */
export async function buildGeneration(
  log: ReadableLog,
  directory: string,
  onProgress?: (progress: Progress) => void,
): Promise<{ readonly generation: number; readonly position: number }> {
  const lock = takeBuildingLock(directory);
  if (lock === undefined) throw new RebuildUnderWay(directory);
  try {
    dropUnfinished(directory);
    const generation = (generationsIn(directory)[0] ?? 0) + 1;
    const position = await rebuild(log, fileOfGeneration(directory, generation), onProgress);
    return { generation, position };
  } finally {
    lock.release();
  }
}

/**
 * Adds the whole log up into a new file, which gets its name (and replaces what had it) only once it is complete and on
 * disk. A crash before that leaves what was there. Returns the position reached. Throws `CorruptLog` as the projector
 * does.
 */
export async function rebuild(
  log: ReadableLog,
  file: string,
  onProgress?: (progress: Progress) => void,
): Promise<number> {
  const building = unfinished(file);
  try {
    const position = await addUp(log, building, onProgress);
    makeDurable(building);
    dropViews(file);
    renameSync(building, file);
    syncDirectoryNow(dirname(file));
    return position;
  } catch (error) {
    dropViews(building);
    throw error;
  }
}

async function addUp(log: ReadableLog, file: string, onProgress?: (progress: Progress) => void): Promise<number> {
  const projector = new Projector(createViewsUnsafely(file));
  try {
    const head = await log.head();
    onProgress?.({ position: 0, head });
    for (let read = 0; ;) {
      const facts = wholeAppends(await log.readAfter(read, FACTS_READ));
      const last = facts.at(-1);
      if (last === undefined) break;
      projector.stage(facts);
      read = last.position;
      if (projector.waitingRows >= ROWS_IN_RUN) {
        projector.commit();
        onProgress?.({ position: projector.checkpoint, head: Math.max(head, read) });
        // Whoever shows the progress has timers of its own.
        await nextTurn();
      }
    }
    projector.commit();
    onProgress?.({ position: projector.checkpoint, head: projector.checkpoint });
    return projector.checkpoint;
  } finally {
    projector.close();
  }
}
