import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openPrivateDatabase, type PrivateDatabase, type StorePlace, type StoreTables } from '@ledger/private-database';

const FORMAT = 1;

/**
 * Of passwords only what Argon2id makes of them is kept, of sessions and API tokens only SHA-256: who reads the file can
 * log in as nobody. The record of access is for adding to; of a row only the count may grow.
 */
const TABLES = `
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0,
    password TEXT,
    must_change INTEGER NOT NULL DEFAULT 0,
    password_until INTEGER,
    issuer TEXT,
    subject TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX accounts_of_subject ON accounts (issuer, subject) WHERE subject IS NOT NULL;
  CREATE TABLE failures (
    account TEXT NOT NULL,
    network TEXT NOT NULL,
    count INTEGER NOT NULL,
    locked_until INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (account, network)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX failures_by_age ON failures (last_at);
  CREATE TABLE familiar_networks (
    account TEXT NOT NULL REFERENCES accounts (id),
    network TEXT NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (account, network)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES accounts (id),
    via TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_of_account ON sessions (account, created_at);
  CREATE TABLE api_tokens (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    to_day TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX api_tokens_of_account ON api_tokens (account, created_at);
  CREATE TABLE access_record (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    account TEXT,
    address TEXT NOT NULL,
    operation TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT,
    code TEXT,
    count INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX access_record_of_account ON access_record (account, number);
`;

const TRIGGERS_IN_SQLITE = `
  CREATE TRIGGER access_record_is_not_cut BEFORE DELETE ON access_record
    BEGIN SELECT RAISE(ABORT, 'the record of access is only added to'); END;
  CREATE TRIGGER access_record_is_not_edited BEFORE UPDATE ON access_record
    WHEN NEW.count <= OLD.count OR (NEW.number, NEW.at, NEW.account, NEW.address, NEW.operation, NEW.what, NEW.about, NEW.code)
      IS NOT (OLD.number, OLD.at, OLD.account, OLD.address, OLD.operation, OLD.what, OLD.about, OLD.code)
    BEGIN SELECT RAISE(ABORT, 'the record of access is only added to'); END;
`;

const TRIGGERS_IN_POSTGRES = `
  CREATE FUNCTION access_record_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the record of access is only added to'; END $$;
  CREATE TRIGGER access_record_is_not_cut BEFORE DELETE OR TRUNCATE ON access_record
    FOR EACH STATEMENT EXECUTE FUNCTION access_record_is_only_added_to();
  CREATE TRIGGER access_record_is_not_edited BEFORE UPDATE ON access_record FOR EACH ROW
    WHEN (NEW.count <= OLD.count OR (NEW.number, NEW.at, NEW.account, NEW.address, NEW.operation, NEW.what, NEW.about, NEW.code)
      IS DISTINCT FROM (OLD.number, OLD.at, OLD.account, OLD.address, OLD.operation, OLD.what, OLD.about, OLD.code))
    EXECUTE FUNCTION access_record_is_only_added_to();
`;

/** Log-ins at an identity provider that have begun; one process has them in memory. */
const FLOWS_IN_POSTGRES = `
  CREATE TABLE flows (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key BYTEA NOT NULL UNIQUE,
    network TEXT COLLATE "C" NOT NULL,
    sealed BYTEA NOT NULL,
    until BIGINT NOT NULL
  );
  CREATE INDEX flows_of_network ON flows (network, number);
  CREATE INDEX flows_by_age ON flows (until);
`;

export const IDENTITY_FILE = 'identity.db';

/** Whether anybody has an account there. Makes nothing in a data directory where there is nothing. */
export function holdsAccounts(place: StorePlace): boolean {
  if (typeof place === 'string' && !existsSync(join(place, IDENTITY_FILE))) return false;
  const db = openIdentityStore(place);
  try {
    return db.prepare('SELECT 1 FROM accounts LIMIT 1').get() !== undefined;
  } finally {
    db.close();
  }
}

const INDEXES = `
  CREATE INDEX IF NOT EXISTS access_record_of_subject ON access_record (about, number) WHERE about IS NOT NULL;
`;

export const IDENTITY_STORE: StoreTables = {
  file: IDENTITY_FILE,
  schema: 'identity',
  name: ['账号库', 'store of accounts'],
  format: FORMAT,
  tables: TABLES,
  also: { sqlite: TRIGGERS_IN_SQLITE, postgres: `${FLOWS_IN_POSTGRES} ${TRIGGERS_IN_POSTGRES}` },
  indexes: INDEXES,
};

/** Opens `identity.db` of a data directory, or the schema `identity` of a server. */
export function openIdentityStore(place: StorePlace): PrivateDatabase {
  return openPrivateDatabase(place, IDENTITY_STORE);
}
