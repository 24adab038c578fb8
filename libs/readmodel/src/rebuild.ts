import { renameSync } from 'node:fs';
import { wholeAppends } from '@ledger/eventlog';
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
 * Adds the whole log up into a new file, which replaces `file` only once it is complete and on disk. A crash before that
 * leaves what was there. Returns the position reached. Throws `CorruptLog` as the projector does.
 */
export async function rebuild(
  log: ReadableLog,
  file: string,
  onProgress?: (progress: Progress) => void,
): Promise<number> {
  const building = `${file}.building`;
  const projector = new Projector(createViewsUnsafely(building));
  try {
    const head = await log.head();
    for (let read = 0; ;) {
      const facts = wholeAppends(await log.readAfter(read, FACTS_READ));
      const last = facts.at(-1);
      if (last === undefined) break;
      projector.stage(facts);
      read = last.position;
      if (projector.waitingRows >= ROWS_IN_RUN) {
        projector.commit();
        onProgress?.({ position: projector.checkpoint, head: Math.max(head, read) });
      }
    }
    projector.commit();
    onProgress?.({ position: projector.checkpoint, head: projector.checkpoint });
  } catch (error) {
    projector.close();
    dropViews(building);
    throw error;
  }
  const { checkpoint } = projector;
  projector.close();
  makeDurable(building);
  dropViews(file);
  renameSync(building, file);
  return checkpoint;
}
