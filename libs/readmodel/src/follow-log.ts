import { setTimeout as pause } from 'node:timers/promises';
import { wholeAppends } from '@ledger/eventlog';
import { type GenerationWriter, type KeptGenerations, openNewest } from './kept-generations.js';
import type { Sleeper } from './sleeper.js';
import { Successor } from './successor.js';
import type { ReadableLog } from './views-file.js';

/** Small enough that rows appear soon after their facts, large enough to share a transaction. */
const BATCH = 1000;
/** Under load many facts share a transaction, and the thread leaves the processor to the commands in between. */
const GATHER_MS = 10;

/**
 * Keeps the newest generation current with a log until it is told to end, and goes over to a newer one when a rebuild has
 * put one there. `tell` hears of the generation that serves first when it is open, then after every committed batch. Throws
 * what the log or the database throws; everything is closed then.
 */
export async function followLog<W extends GenerationWriter>(options: {
  log: ReadableLog;
  kept: KeptGenerations<W>;
  onRebuild: ((reason: string) => void) | undefined;
  tell: (serving: W) => void;
  /** Hears of every committed batch, and how long it took. */
  onBatch?: (facts: number, tookMs: number) => void;
  sleeper: Sleeper;
  ending: AbortSignal;
}): Promise<void> {
  const { log, kept, onRebuild, tell, onBatch, sleeper, ending } = options;
  let projector = await openNewest(log, kept, onRebuild, ending);
  const successor = new Successor(log, kept);
  try {
    tell(projector);
    while (!ending.aborted) {
      const facts = wholeAppends(await log.readAfter(projector.checkpoint, BATCH));
      if (facts.length > 0) {
        const since = performance.now();
        await projector.apply(facts);
        onBatch?.(facts.length, performance.now() - since);
        tell(projector);
      }
      const next = await successor.caughtUp(projector);
      if (next !== undefined) {
        const before = projector;
        projector = next;
        await before.close();
        tell(projector);
      }
      if (facts.length === 0 && !successor.isBehind) await sleeper.sleep();
      // Others in this thread have their turn, so that `stop` is heard; and a small batch lets the next one gather.
      else await pause(facts.length < BATCH ? GATHER_MS : 0);
    }
  } finally {
    await successor.close();
    await projector.close();
  }
}
