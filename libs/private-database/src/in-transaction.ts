import type { DatabaseSync } from 'node:sqlite';

/** All of it or nothing. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk ends the transaction by itself; asking for its end again would hide what went wrong.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
