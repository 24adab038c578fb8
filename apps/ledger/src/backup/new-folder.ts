import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { syncDirectoryNow } from '@ledger/durable-files';
import { CommandFailed } from '../command-failed.js';
import { OWNER_ONLY_DIRECTORY } from './hashed-file.js';

/**
 * Fills a folder that appears whole or not at all: under `<target>.part` until everything in it is on disk, then under
 * its name. What fails leaves nothing; what is killed leaves the part, which nothing takes for the whole.
 */
export async function newFolder<T>(target: string, fill: (part: string) => Promise<T>): Promise<T> {
  const part = partOf(target);
  leaveRoom(target);
  begin(part);
  try {
    const filled = await fill(part);
    syncDirectoryNow(part);
    renameSync(part, target);
    syncDirectoryNow(dirname(target));
    return filled;
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
}

/** Makes the folders that files are to stand in; gives what makes the names in them durable, once they are there. */
export function makeDirectories(root: string, names: readonly string[]): () => void {
  const folders = new Set<string>();
  for (const name of names) {
    const folder = dirname(name);
    // Each with those above it, which are shorter.
    folder.split('/').forEach((_, depth, steps) => folders.add(steps.slice(0, depth + 1).join('/')));
  }
  folders.delete('.');
  for (const folder of folders) mkdirSync(join(root, folder), { mode: OWNER_ONLY_DIRECTORY, recursive: true });
  return () => {
    for (const folder of folders) syncDirectoryNow(join(root, folder));
  };
}

export function partOf(target: string): string {
  return `${target}.part`;
}

/** Looks before anything is written whether a new folder may stand here. */
export function refuseOccupied(target: string): void {
  const parent = dirname(target);
  if (!existsSync(parent)) {
    throw new CommandFailed(
      `${parent} 不存在。若它在另一块磁盘上,请先挂载;否则先建立它。` +
        ` ${parent} does not exist. Mount the disk that it is on, or make it first.`,
    );
  }
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new CommandFailed(
      `${target} 已存在且不为空,不会覆盖。请换一个新目录名。` +
        ` ${target} is there and not empty, and is never overwritten. Name a new directory.`,
    );
  }
}

/** A copy inside of what it is a copy of would be lost with it, and copied with it the next time. */
export function refuseInside(target: string, directory: string): void {
  const inside = join(realpathSync(dirname(target)), sep);
  if (!inside.startsWith(join(realpathSync(directory), sep))) return;
  throw new CommandFailed(
    `${target} 在${directory}之内。请写到其外,最好是另一块磁盘。` +
      ` ${target} lies inside of ${directory}. Write outside of it, best to another disk.`,
  );
}

/** An empty folder gives way now, because one that cannot would be noticed only when all is done. */
function leaveRoom(target: string): void {
  if (!existsSync(target)) return;
  try {
    rmdirSync(target);
  } catch (error) {
    throw new CommandFailed(
      `${target} 无法替换(${String(error)})。若它是挂载点,请写到其中的一个新目录。` +
        ` ${target} cannot be replaced (${String(error)}). If a disk is mounted there, name a new directory inside of it.`,
    );
  }
}

function begin(part: string): void {
  try {
    mkdirSync(part, { mode: OWNER_ONLY_DIRECTORY });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    throw new CommandFailed(
      `${part} 已存在:另一个命令正在写入它,或曾被中断。确认没有命令在运行后删除它,再重试。` +
        ` ${part} is there: another command is writing it, or was interrupted. When none is running remove it, and try again.`,
    );
  }
}
