import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';

/** Bumped when the tables change; a file of another format is refused, never guessed at. */
const FORMAT = 2;
const OWNER_ONLY = 0o600;
const BUSY_TIMEOUT_MS = 1_000;
/** How long a backup may read the file before something else fails. */
const PATIENCE_MS = 15_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/**
 * SQLite leaves copies of rows behind when it moves them between pages. Wrapped keys and digests must go without a trace,
 * so their rows never move: they are added at the end, never deleted, and have one length; destroying one writes zeros
 * over it in its place. What is sealed may lie anywhere: without its key it is noise.
 */
const TABLES = `
  CREATE TABLE subject_keys (
    id INTEGER PRIMARY KEY,
    key_id TEXT NOT NULL UNIQUE,
    household TEXT NOT NULL,
    part TEXT NOT NULL,
    wrapped BLOB NOT NULL
  ) STRICT;
  CREATE TABLE records (
    household TEXT NOT NULL,
    part TEXT NOT NULL,
    key_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (household, part)
  ) STRICT;
  CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    key_id TEXT NOT NULL,
    bucket BLOB NOT NULL,
    digest BLOB NOT NULL
  ) STRICT;
  CREATE INDEX people_by_bucket ON people (bucket);
  CREATE INDEX people_of_key ON people (key_id);
  CREATE TABLE reached (
    household TEXT NOT NULL,
    part TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (household, part)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE recorded (key_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE vault (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    master_id TEXT NOT NULL,
    digest_key BLOB NOT NULL
  ) STRICT;
`;

/** Since format 2. */
const COMPARED = `
  CREATE TABLE compared (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL
  ) STRICT;
  PRAGMA user_version = ${FORMAT};
`;

/** The vault cannot be used as it is; the sentence, in both languages, says why and what to do about it. */
export class BadVault extends Error {
  override readonly name = 'BadVault';
}

/** Opens the file, or makes it, so that only its owner can read it. */
export function openVaultFile(path: string): DatabaseSync {
  // SQLite gives its own files the rights of this one.
  closeSync(openSync(path, 'a', OWNER_ONLY));
  chmodSync(path, OWNER_ONLY);
  const db = new DatabaseSync(path);
  try {
    prepare(db, path);
  } catch (error) {
    db.close();
    throw isDamage(error) ? damaged(path, error) : error;
  }
  return db;
}

function prepare(db: DatabaseSync, path: string): void {
  const { user_version: format } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (format > FORMAT) {
    throw new BadVault(
      `个人信息库${path}的格式为${format},本程序只认到格式${FORMAT},未启动。请用写出它的程序版本。` +
        ` The vault ${path} has format ${format}; this program reads formats up to ${FORMAT}, so it was not started. Use the version that wrote it.`,
    );
  }
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS};
  `);
  if (format < FORMAT) db.exec(`BEGIN; ${format === 0 ? TABLES : ''} ${COMPARED} COMMIT;`);
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function isDamage(error: unknown): boolean {
  const code = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

function damaged(path: string, cause: unknown): BadVault {
  return new BadVault(
    `个人信息库${path}已损坏,未启动:${String(cause)}。请勿改动数据目录,从完整的备份恢复。` +
      ` The vault ${path} is damaged, so it was not started: ${String(cause)}. Leave the data directory as it is and restore a complete backup.`,
    { cause },
  );
}

/** All or nothing. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const made = work();
    db.exec('COMMIT');
    return made;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

/** Empties the write-ahead log, in which pages stand as they were before. Waits for whoever reads the file, and fails at last. */
export function leaveNoTrace(db: DatabaseSync): void {
  if (!emptied(db, PATIENCE_MS)) throw stillRead();
}

/** The same while others are served: it holds up nobody who asks meanwhile. */
export async function leaveNoTraceMeanwhile(db: DatabaseSync): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (let pauseMs = FIRST_PAUSE_MS; !emptied(db, 0); pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    if (performance.now() > until) throw stillRead();
    await setTimeout(pauseMs);
  }
}

function emptied(db: DatabaseSync, waitMs: number): boolean {
  db.exec(`PRAGMA busy_timeout = ${waitMs}`);
  try {
    const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
    return busy === 0;
  } finally {
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}

function stillRead(): BadVault {
  return new BadVault(
    '个人信息库正被另一个程序读取(例如备份),其预写日志尚不能清空。请等它结束后重试。' +
      ' The vault is still being read by another program, as a backup, so its write-ahead log cannot be emptied yet. Try again when that has ended.',
  );
}
