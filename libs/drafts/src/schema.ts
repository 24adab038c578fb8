import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Bumped when the tables change; a file of another format is refused, never guessed at. */
const FORMAT = 1;
const OWNER_ONLY = 0o600;

export const DRAFTS_FILE = 'drafts.db';

/**
 * `draft` is what a draft is now, as JSON; the columns beside it are for finding it. `closed_at` is empty while it is
 * open. Of a draft that has been forgotten its id and fingerprint stay, because its idempotency key counts for ever.
 */
const TABLES = `
  CREATE TABLE drafts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    division TEXT NOT NULL,
    book TEXT,
    status TEXT NOT NULL,
    prepared_by TEXT NOT NULL,
    closed_at INTEGER,
    draft TEXT NOT NULL
  ) STRICT;
  CREATE INDEX drafts_of_division ON drafts (division, status, number);
  CREATE INDEX drafts_by_age ON drafts (closed_at) WHERE closed_at IS NOT NULL;
  CREATE TABLE contents (
    draft INTEGER NOT NULL REFERENCES drafts (number) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (draft, version)
  ) STRICT;
  CREATE TABLE evidence (
    sha256 TEXT NOT NULL,
    draft INTEGER NOT NULL REFERENCES drafts (number) ON DELETE CASCADE,
    PRIMARY KEY (sha256, draft)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX evidence_of_draft ON evidence (draft);
  CREATE TABLE forgotten (
    id TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${FORMAT};
`;

/** Opens `drafts.db` of a data directory, made on first use, for its owner's eyes only. */
export function openDraftsFile(directory: string): DatabaseSync {
  const path = join(directory, DRAFTS_FILE);
  // Before SQLite writes to it: the files beside it (WAL) get the rights of this one.
  closeSync(openSync(path, 'a', OWNER_ONLY));
  chmodSync(path, OWNER_ONLY);
  const db = new DatabaseSync(path);
  try {
    db.exec(`
      PRAGMA busy_timeout = 5000;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
    `);
    const { user_version: format } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (format === 0) db.exec(`BEGIN; ${TABLES} COMMIT;`);
    else if (format !== FORMAT) throw new Error(`${path} has format ${format}; this program reads format ${FORMAT}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
