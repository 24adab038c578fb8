import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { BadDatabase, isDamage } from './bad-database.js';

export interface PrivateDatabase {
  readonly path: string;
  /** What it is called to people, in Chinese and in English. */
  readonly name: readonly [zh: string, en: string];
  /** Bumped when the tables change; a file of another format is refused, never guessed at. */
  readonly format: number;
  /** The statements that make the tables of an empty file. */
  readonly tables: string;
  /** Indexes that a file of this format may lack because an earlier program made it; made where they are missing. */
  readonly indexes?: string;
  /** Settings of the connection beyond those of all of these files. */
  readonly settings?: string;
  /** How long a statement waits for another process, in ms. */
  readonly busyTimeoutMs?: number;
}

const OWNER_ONLY = 0o600;
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens a file of the data directory, made on first use, for its owner's eyes only. WAL with `synchronous=FULL`: a commit
 * that has returned survives a power cut. Throws `BadDatabase` where the file is damaged or of another format.
 */
export function openPrivateDatabase(file: PrivateDatabase): DatabaseSync {
  const { path } = file;
  // Before SQLite writes to it: the files beside it (WAL) get the rights of this one.
  closeSync(openSync(path, 'a', OWNER_ONLY));
  chmodSync(path, OWNER_ONLY);
  const db = new DatabaseSync(path);
  try {
    prepare(db, file);
    return db;
  } catch (error) {
    db.close();
    throw isDamage(error) ? damaged(file, error) : error;
  }
}

function prepare(db: DatabaseSync, file: PrivateDatabase): void {
  const { format, tables, indexes = '', settings = '', busyTimeoutMs = BUSY_TIMEOUT_MS } = file;
  const { user_version: found } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  // Before anything is set: the journal mode is written into the file.
  if (found !== 0 && found !== format) throw ofAnotherFormat(file, found);
  db.exec(`
    PRAGMA busy_timeout = ${busyTimeoutMs};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    ${settings}
  `);
  if (found === 0) db.exec(`BEGIN; ${tables} PRAGMA user_version = ${format}; COMMIT;`);
  db.exec(indexes);
}

function ofAnotherFormat({ path, name: [zh, en], format }: PrivateDatabase, found: number): BadDatabase {
  return new BadDatabase(
    `${zh}${path}的格式为${found},本程序只认格式${format},未启动。请用写出它的程序版本。` +
      ` The ${en} ${path} has format ${found}; this program reads format ${format}, so it was not started. Use the version that wrote it.`,
  );
}

function damaged({ path, name: [zh, en] }: PrivateDatabase, cause: unknown): BadDatabase {
  return new BadDatabase(
    `${zh}${path}已损坏,未启动:${String(cause)}。请勿改动数据目录,从完整的备份恢复。` +
      ` The ${en} ${path} is damaged, so it was not started: ${String(cause)}. Leave the data directory as it is and restore a complete backup.`,
    { cause },
  );
}
