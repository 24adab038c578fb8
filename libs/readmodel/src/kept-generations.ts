import { setTimeout as pause } from 'node:timers/promises';
import { RebuildUnderWay } from './generations.js';
import type { ViewsWriter } from './projector.js';
import type { ReadableLog } from './views-file.js';

/** Behind by more than this from zero, sorted runs into a new generation are faster than live batches. */
const REBUILD_FROM = 20_000;
const LOOK_AGAIN_MS = 500;

export interface GenerationWriter extends ViewsWriter {
  readonly generation: number;
}

/** The generations of the views as whoever continues them finds them: files of a directory, or schemas of a database. */
export interface KeptGenerations<W extends GenerationWriter> {
  /** The complete ones, the newest first. */
  complete(): number[] | Promise<number[]>;
  /** Opens one to continue it, or says why that cannot be. */
  open(generation: number): Promise<W | string>;
  /** Adds the log up into the next one. Throws `RebuildUnderWay` when somebody else is at it. */
  build(log: ReadableLog): Promise<unknown>;
  /** What a rebuild that was killed has left; one that is under way is let be. */
  dropUnfinished(): void | Promise<void>;
  /** Whether readers who have seen all that one generation holds find no less in another. */
  isReached(serving: number, next: number): boolean | Promise<boolean>;
}

/**
 * Opens the newest generation that can be continued. Where there is none, because the views are of other versions, of
 * another log, or ahead of this one, the next generation is built from the log; when another process is building one,
 * that is waited for, until `ending` is aborted.
 */
export async function openNewest<W extends GenerationWriter>(
  log: ReadableLog,
  kept: KeptGenerations<W>,
  onRebuild: (reason: string) => void = (reason) => process.emitWarning(`views are rebuilt: ${reason}`),
  ending?: AbortSignal,
): Promise<W> {
  await kept.dropUnfinished();
  let told = false;
  for (;;) {
    ending?.throwIfAborted();
    const { opened, reason } = await newestToContinue(log, kept);
    if (opened !== undefined) return opened;
    if (reason !== undefined && !told) onRebuild(reason);
    told = true;
    // From an empty generation a short log is added up live; views that were there are not taken away before others are.
    const fromEmpty = reason === undefined && (await log.head()) < REBUILD_FROM;
    await buildOrWait(fromEmpty ? NOTHING : log, kept);
  }
}

async function newestToContinue<W extends GenerationWriter>(
  log: ReadableLog,
  kept: KeptGenerations<W>,
): Promise<{ opened?: W; reason?: string | undefined }> {
  let reason: string | undefined;
  for (const generation of await kept.complete()) {
    const opened = await kept.open(generation);
    if (typeof opened === 'string') reason ??= opened;
    else if (opened.checkpoint > 0 || (await log.head()) < REBUILD_FROM) return { opened };
    else await opened.close();
  }
  return { reason };
}

async function buildOrWait<W extends GenerationWriter>(log: ReadableLog, kept: KeptGenerations<W>): Promise<void> {
  try {
    await kept.build(log);
  } catch (error) {
    if (!(error instanceof RebuildUnderWay)) throw error;
    await pause(LOOK_AGAIN_MS);
  }
}

const NOTHING: ReadableLog = { head: async () => 0, readAfter: async () => [] };
