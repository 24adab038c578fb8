import { mkdirSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { dropUnfinished, fileOfGeneration, generationsIn, RebuildUnderWay, takeBuildingLock } from './generations.js';
import { Projector } from './projector.js';
import { buildGeneration } from './rebuild.js';
import { openViewsForWriting, type ReadableLog, type Standing, standingOf, whyStale } from './views-file.js';

/** Behind by more than this from zero, sorted runs into a new file are faster than live batches. */
const REBUILD_FROM = 20_000;
const LOOK_AGAIN_MS = 500;

/**
 * Opens the newest generation of a directory that can be continued. Where there is none, because the views are of other
 * versions, of another log, or ahead of this one, the next generation is built from the log; when another process is
 * building one, that is waited for.
 */
export async function openProjector(
  log: ReadableLog,
  directory: string,
  onRebuild: (reason: string) => void = (reason) => process.emitWarning(`views are rebuilt: ${reason}`),
): Promise<Projector> {
  mkdirSync(directory, { recursive: true });
  removeUnfinished(directory);
  let told = false;
  for (;;) {
    const { projector, reason } = await newestToContinue(log, directory);
    if (projector !== undefined) return projector;
    if (reason !== undefined && !told) onRebuild(reason);
    told = true;
    // From an empty generation a short log is added up live; views that were there are not taken away before others are.
    const fromEmpty = reason === undefined && (await log.head()) < REBUILD_FROM;
    await buildOrWait(fromEmpty ? NOTHING : log, directory);
  }
}

/** Opens a generation to continue it, or says why that cannot be. */
export async function openGeneration(log: ReadableLog, file: string): Promise<Projector | string> {
  const opened = openUndamaged(file);
  if (typeof opened === 'string') return opened;
  const { db, standing } = opened;
  try {
    const reason = await whyStale(standing, log);
    if (reason === undefined) return new Projector(db);
    db.close();
    return reason;
  } catch (error) {
    db.close();
    throw error;
  }
}

async function newestToContinue(
  log: ReadableLog,
  directory: string,
): Promise<{ projector?: Projector; reason?: string | undefined }> {
  let reason: string | undefined;
  for (const generation of generationsIn(directory)) {
    const opened = await openGeneration(log, fileOfGeneration(directory, generation));
    if (typeof opened === 'string') reason ??= opened;
    else if (opened.checkpoint > 0 || (await log.head()) < REBUILD_FROM) return { projector: opened };
    else opened.close();
  }
  return { reason };
}

async function buildOrWait(log: ReadableLog, directory: string): Promise<void> {
  try {
    await buildGeneration(log, directory);
  } catch (error) {
    if (!(error instanceof RebuildUnderWay)) throw error;
    await pause(LOOK_AGAIN_MS);
  }
}

const NOTHING: ReadableLog = { head: async () => 0, readAfter: async () => [] };

/** What a rebuild that was killed has left; one that is under way holds the lock and is let be. */
function removeUnfinished(directory: string): void {
  const lock = takeBuildingLock(directory);
  if (lock === undefined) return;
  try {
    dropUnfinished(directory);
  } finally {
    lock.release();
  }
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** A damaged file is a reason to take or build another one; any other error is no fault of the file. */
function openUndamaged(file: string): { db: DatabaseSync; standing: Standing } | string {
  let db: DatabaseSync | undefined;
  try {
    db = openViewsForWriting(file);
    return { db, standing: standingOf(db) };
  } catch (error) {
    db?.close();
    const code = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
    if (code !== SQLITE_CORRUPT && code !== SQLITE_NOTADB) throw error;
    return `the file is damaged: ${String(error)}`;
  }
}
