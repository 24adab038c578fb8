import { DatabaseSync } from 'node:sqlite';

export interface ProcessLock {
  release(): void;
}

const SQLITE_BUSY = 5;

/**
 * An exclusive transaction on a small database of its own: it refuses a second holder and dies with its owner, also when
 * the owner is killed. Node has no flock. Undefined when somebody else holds it.
 */
export function takeLock(file: string): ProcessLock | undefined {
  const db = new DatabaseSync(file);
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    // Anything else (a read-only disk, a foreign file) is not another holder, and must not be reported as one.
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  return { release: () => db.close() };
}
