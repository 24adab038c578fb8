import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process writes to this data directory. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
  constructor(directory: string) {
    super(
      `数据目录${directory}正被另一个账本进程使用,请先停止它。` +
        ` The data directory ${directory} is in use by another ledger process; stop that one first.`,
    );
  }
}

/**
 * An exclusive transaction on a small database of its own: it refuses a second process and dies with its owner, also
 * when the owner is killed. Node has no flock.
 */
export function takeWriterLock(directory: string): { release(): void } {
  const db = new DatabaseSync(join(directory, 'writer.lock'));
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch {
    db.close();
    throw new DirectoryInUse(directory);
  }
  return { release: () => db.close() };
}
