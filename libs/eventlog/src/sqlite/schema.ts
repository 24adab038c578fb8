import type { DatabaseSync } from 'node:sqlite';

/** Bumped when the tables change; a file of another format is refused, never guessed at. */
const FORMAT = 1;

/**
 * `facts` holds the exact text of every fact. The unique index on (stream, revision) is what refuses a second writer of
 * the same revision even if the check in code were wrong. `commands` remembers every command for ever.
 */
const TABLES = `
  CREATE TABLE streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE facts (
    position INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    remaining INTEGER NOT NULL,
    leaf BLOB NOT NULL,
    fact TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX facts_of_stream ON facts (stream, revision);
  CREATE TABLE commands (
    command_id BLOB PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    position INTEGER NOT NULL,
    facts INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${FORMAT};
`;

/**
 * WAL with `synchronous=FULL`: a commit that has returned survives a power cut. At a
 * checkpoint every 4,096 pages the scattered index pages of many commits are written once, and the commit that has to
 * do it holds the others up half as long as at 16,384.
 */
export function prepareForWriting(db: DatabaseSync): void {
  const format = formatOf(db);
  // Before anything is set: the journal mode is written into the file.
  if (format !== 0) refuseFormat(format);
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 4096;
    PRAGMA cache_size = -32768;
  `);
  if (format === 0) db.exec(`BEGIN; ${TABLES} COMMIT;`);
}

export function prepareForReading(db: DatabaseSync): void {
  db.exec('PRAGMA query_only = ON; PRAGMA cache_size = -16384;');
  refuseFormat(formatOf(db));
}

function formatOf(db: DatabaseSync): number {
  return (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

function refuseFormat(format: number): void {
  if (format !== FORMAT) throw new Error(`the log has format ${format}; this program reads format ${FORMAT}`);
}
