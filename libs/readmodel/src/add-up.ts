import { setImmediate as nextTurn } from 'node:timers/promises';
import { wholeAppends } from '@ledger/eventlog';
import type { ViewsWriter } from './projector.js';
import type { ReadableLog } from './views-file.js';

const FACTS_READ = 2000;
/** Rows that are sorted and written together; about 40 MB of them. */
const ROWS_IN_RUN = 150_000;

export interface Progress {
  readonly position: number;
  readonly head: number;
}

/** Adds the whole log up in long runs. Returns the position reached. Throws `CorruptLog` as the projector does. */
export async function addUp(
  log: ReadableLog,
  projector: ViewsWriter,
  onProgress?: (progress: Progress) => void,
): Promise<number> {
  const head = await log.head();
  onProgress?.({ position: 0, head });
  for (let read = 0; ;) {
    const facts = wholeAppends(await log.readAfter(read, FACTS_READ));
    const last = facts.at(-1);
    if (last === undefined) break;
    await projector.stage(facts);
    read = last.position;
    if (projector.waitingRows >= ROWS_IN_RUN) {
      await projector.commit();
      onProgress?.({ position: projector.checkpoint, head: Math.max(head, read) });
      // Whoever shows the progress has timers of its own.
      await nextTurn();
    }
  }
  await projector.commit();
  onProgress?.({ position: projector.checkpoint, head: projector.checkpoint });
  return projector.checkpoint;
}
