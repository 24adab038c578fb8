import { mkdirSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { dropUnfinished, fileOfGeneration, generationsIn, takeBuildingLock } from './generations.js';
import { type KeptGenerations, openNewest } from './kept-generations.js';
import { Projector } from './projector.js';
import { buildGeneration } from './rebuild.js';
import { openViewsForWriting, type ReadableLog, type Standing, standingOf, whyStale } from './views-file.js';

/** Opens the newest generation of a directory that can be continued, and builds one where there is none. */
export async function openProjector(
  log: ReadableLog,
  directory: string,
  onRebuild?: (reason: string) => void,
): Promise<Projector> {
  return openNewest(log, filesOf(log, directory), onRebuild);
}

/** The generations of a directory. */
export function filesOf(log: ReadableLog, directory: string): KeptGenerations<Projector> {
  mkdirSync(directory, { recursive: true });
  return {
    complete: () => generationsIn(directory),
    open: async (generation) => openGeneration(log, fileOfGeneration(directory, generation)),
    build: async (whole) => buildGeneration(whole, directory),
    dropUnfinished: () => removeUnfinished(directory),
    isReached: () => true,
  };
}

async function openGeneration(log: ReadableLog, file: string): Promise<Projector | string> {
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
