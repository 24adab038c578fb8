import { renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncDirectoryNow } from '@ledger/durable-files';
import { addUp, type Progress } from './add-up.js';
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
    const projector = new Projector(createViewsUnsafely(building));
    const position = await addUp(log, projector, onProgress).finally(() => projector.close());
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
