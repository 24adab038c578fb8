import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BadDatabase, isDamage, ofAnotherFormat } from '../bad-database.js';
import type { PrivateDatabase, StoreTables } from '../private-database.js';
import { FileDatabase } from './file-database.js';

const OWNER_ONLY = 0o600;
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens a file of the data directory, made on first use, for its owner's eyes only. WAL with `synchronous=FULL`: a commit
 * that has returned survives a power cut. Throws `BadDatabase` where the file is damaged or of another format.
 */
export function openFile(directory: string, store: StoreTables): PrivateDatabase {
  const path = join(directory, store.file);
  // Before SQLite writes to it: the files beside it (WAL) get the rights of this one.
  closeSync(openSync(path, 'a', OWNER_ONLY));
  chmodSync(path, OWNER_ONLY);
  const db = new DatabaseSync(path);
  try {
    prepare(db, path, store);
    return new FileDatabase(db, store.busyTimeoutMs ?? BUSY_TIMEOUT_MS);
  } catch (error) {
    db.close();
    throw isDamage(error) ? damaged(path, store, error) : error;
  }
}

function prepare(db: DatabaseSync, path: string, store: StoreTables): void {
  const { name, format, tables, also, indexes = '', settings = '', busyTimeoutMs = BUSY_TIMEOUT_MS } = store;
  const { user_version: found } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  // Before anything is set: the journal mode is written into the file.
  if (found !== 0 && found !== format) throw ofAnotherFormat({ place: path, name, format }, found);
  db.exec(`
    PRAGMA busy_timeout = ${busyTimeoutMs};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    ${settings}
  `);
  if (found === 0) db.exec(`BEGIN; ${tables} ${also?.sqlite ?? ''} PRAGMA user_version = ${format}; COMMIT;`);
  db.exec(indexes);
}

function damaged(path: string, { name: [zh, en] }: StoreTables, cause: unknown): BadDatabase {
  return new BadDatabase(
    `${zh}${path}已损坏,未启动:${String(cause)}。请勿改动数据目录,从完整的备份恢复。` +
      ` The ${en} ${path} is damaged, so it was not started: ${String(cause)}. Leave the data directory as it is and restore a complete backup.`,
    { cause },
  );
}
