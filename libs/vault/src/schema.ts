import { setTimeout } from 'node:timers/promises';
import {
  BadDatabase,
  openPrivateDatabase,
  type PrivateDatabase,
  type StorePlace,
  type StoreTables,
} from '@ledger/private-database';

export const VAULT_FILE = 'vault.db';
const FORMAT = 1;
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
  CREATE TABLE compared (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL
  ) STRICT;
`;

export const VAULT_STORE: StoreTables = {
  file: VAULT_FILE,
  schema: 'vault',
  name: ['个人信息库', 'vault'],
  format: FORMAT,
  tables: TABLES,
  settings: 'PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;',
  busyTimeoutMs: BUSY_TIMEOUT_MS,
};

/** Opens `vault.db` of a data directory, or the schema `vault` of a server. */
export function openVaultStore(place: StorePlace): PrivateDatabase {
  return openPrivateDatabase(place, VAULT_STORE);
}

/** Empties the write-ahead log, in which pages stand as they were before. Waits for whoever reads the file, and fails at last. */
export function leaveNoTrace(db: PrivateDatabase): void {
  if (!db.emptied(PATIENCE_MS)) throw stillRead();
}

/** The same while others are served: it holds up nobody who asks meanwhile. */
export async function leaveNoTraceMeanwhile(db: PrivateDatabase): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (let pauseMs = FIRST_PAUSE_MS; !db.emptied(0); pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    if (performance.now() > until) throw stillRead();
    await setTimeout(pauseMs);
  }
}

function stillRead(): BadDatabase {
  return new BadDatabase(
    '个人信息库正被另一个程序读取(例如备份),其预写日志尚不能清空。请等它结束后重试。' +
      ' The vault is still being read by another program, as a backup, so its write-ahead log cannot be emptied yet. Try again when that has ended.',
  );
}
