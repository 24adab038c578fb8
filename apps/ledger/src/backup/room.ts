import { statfsSync } from 'node:fs';
import { CommandFailed } from '../command-failed.js';

const MEGABYTE = 1_000_000;

/** Refuses to begin what cannot end: a disk that is full in the middle costs as long as one that is large enough. */
export function refuseTooSmall(directory: string, neededBytes: number, freeBytes = freeIn(directory)): void {
  if (freeBytes >= neededBytes) return;
  const [needed, free] = [neededBytes, freeBytes].map((bytes) => (bytes / MEGABYTE).toFixed(1));
  throw new CommandFailed(
    `${directory} 所在磁盘空间不足:需要${needed}MB,只有${free}MB。请腾出空间或改用另一块磁盘。` +
      ` The disk of ${directory} is too small: ${needed} MB are needed, ${free} MB are free. Make room or name another disk.`,
  );
}

function freeIn(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}
