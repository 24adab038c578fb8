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

const SQLITE_BUSY = 5;

/**
 * An exclusive transaction on a small database of its own: it refuses a second process and dies with its owner, also
 * when the owner is killed. Node has no flock.
 */
export function takeWriterLock(directory: string): { release(): void } {
  const db = new DatabaseSync(join(directory, 'writer.lock'));
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    // Anything else (a read-only disk, a foreign file) is not another writer, and must not be reported as one.
    throw (error as { errcode?: number }).errcode === SQLITE_BUSY ? new DirectoryInUse(directory) : error;
  }
  return { release: () => db.close() };
}
