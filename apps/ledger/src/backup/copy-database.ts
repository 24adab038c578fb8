import { closeSync, fdatasyncSync, fsyncSync, openSync, statSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { type OnBytes, OWNER_ONLY, SYNC_EVERY_BYTES } from './hashed-file.js';

const BUSY_TIMEOUT_MS = 5000;
/** Four times what a log's writer lets come together before it tidies up by itself. */
const MUCH_WAL_BYTES = 64 * 1_048_576;

/**
 * Copies a database as it is at one moment while others read and write it. The read transaction around the copy keeps
 * that moment: without it, SQLite begins anew with every commit of another process, and under load never ends.
 */
export async function copyDatabase(file: string, target: string, onBytes: OnBytes): Promise<void> {
  const source = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  // Made before SQLite writes to it, so that it is its owner's alone from the first byte on.
  const copy = openSync(target, 'wx', OWNER_ONLY);
  try {
    const { page_size: pageBytes } = source.prepare('PRAGMA page_size').get() as { page_size: number };
    source.exec('BEGIN');
    // The transaction begins with the first read, not with its name.
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    let told = 0;
    await backup(source, target, {
      rate: SYNC_EVERY_BYTES / pageBytes,
      progress: ({ totalPages, remainingPages }) => {
        fdatasyncSync(copy);
        const done = (totalPages - remainingPages) * pageBytes;
        onBytes(done - told);
        told = done;
      },
    });
    tidyAfter(() => source.exec('COMMIT'), file);
    fsyncSync(copy);
  } finally {
    closeSync(copy);
    source.close();
  }
}

/**
 * While the copy was made, the writer could not put its log of changes back into the file. When that is much, we do it in
 * the moment in which it can be done: the commit that had to would hold all others up. What is written meanwhile is not
 * waited for.
 */
function tidyAfter(endReading: () => void, file: string): void {
  const walBytes = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if (walBytes <= MUCH_WAL_BYTES) {
    endReading();
    return;
  }
  const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    // Opened by a first read, so that nothing stands between the end of the reading and the tidying.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    endReading();
    db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } finally {
    db.close();
  }
}
