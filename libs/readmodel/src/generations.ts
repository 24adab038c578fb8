import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ProcessLock, takeLock } from '@ledger/eventlog';

/** Another process is building views of this directory. */
export class RebuildUnderWay extends Error {
  override readonly name = 'RebuildUnderWay';

  constructor(directory: string) {
    super(
      `数据目录${directory}的视图正在重建,请等它完成后再试。` +
        ` The views of ${directory} are being rebuilt already; wait until that is done.`,
    );
  }
}

/** Under this name a generation is being built; it gets its own name only when it is complete and on disk. */
const BUILDING = '.building';
const COMPLETE = /^views-([1-9]\d*)\.db$/;
const OWNED = /^views-([1-9]\d*)\.db(\.building)?(-wal|-shm|-journal)?$/;

export function fileOfGeneration(directory: string, generation: number): string {
  return join(directory, `views-${generation}.db`);
}

/** The name of a file while it is being built. */
export function unfinished(file: string): string {
  return `${file}${BUILDING}`;
}

export function generationOf(file: string): number {
  return Number(COMPLETE.exec(basename(file))?.[1]);
}

/** The complete generations of a directory, the newest first. */
export function generationsIn(directory: string): number[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => COMPLETE.test(name))
    .map(generationOf)
    .toSorted((a, b) => b - a);
}

/** The file of the newest complete generation, or that which the first one will have. */
export function viewsFile(directory: string): string {
  return fileOfGeneration(directory, generationsIn(directory)[0] ?? 1);
}

/** Only who holds this lock builds a generation, so that numbers and half-made files are nobody else's. */
export function takeBuildingLock(directory: string): ProcessLock | undefined {
  return takeLock(join(directory, 'rebuild.lock'));
}

/** Removes what a killed rebuild left; only for the holder of the lock. */
export function dropUnfinished(directory: string): void {
  drop(directory, (name) => name.includes(BUILDING));
}

/** Removes the generations before one, once no reader of ours is left in them. */
export function dropGenerationsBefore(directory: string, generation: number): void {
  drop(directory, (name) => !name.includes(BUILDING) && Number(OWNED.exec(name)?.[1]) < generation);
}

/** A generation before its journal: without its own file there is none, and what is left of it is removed another time. */
function drop(directory: string, wanted: (name: string) => boolean): void {
  const names = readdirSync(directory).filter((name) => OWNED.test(name) && wanted(name));
  for (const name of names.toSorted()) {
    try {
      rmSync(join(directory, name), { force: true });
    } catch (error) {
      // Where a file that somebody reads cannot be removed, the next start finds it unread.
      process.emitWarning(`old views are still there: ${String(error)}`);
    }
  }
}
