import { openPrivateDatabase, type PrivateDatabase, type StorePlace, type StoreTables } from '@ledger/private-database';

const FORMAT = 1;

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
`;

const INDEXES = `
  CREATE INDEX IF NOT EXISTS drafts_waiting_of_book ON drafts (book, number) WHERE status = 'SUBMITTED';
`;

export const DRAFTS_STORE: StoreTables = {
  file: DRAFTS_FILE,
  schema: 'drafts',
  name: ['送审库', 'store of drafts'],
  format: FORMAT,
  tables: TABLES,
  indexes: INDEXES,
};

/** Opens `drafts.db` of a data directory, or the schema `drafts` of a server. */
export function openDraftsStore(place: StorePlace): PrivateDatabase {
  return openPrivateDatabase(place, DRAFTS_STORE);
}
