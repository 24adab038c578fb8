import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { EventLog } from '@ledger/eventlog';
import { views } from '@ledger/views';
import { FORMAT } from './schema.js';
import { SqliteStatements } from './sqlite/sqlite-statements.js';
import { createTables } from './sqlite/sqlite-tables.js';
import { versionsOf } from './statements.js';

/** What is needed of a log to add it up. */
export type ReadableLog = Pick<EventLog, 'readAfter' | 'head'>;

/** Views are disposable: a power cut may cost the last batches, which come again from the log, as the checkpoint does. */
const LIVE = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16000;';
/** For a file that nobody reads yet and that is thrown away when its making fails. A defensive connection would ignore it. */
const UNSAFE = 'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;';

export function openViewsForWriting(file: string): DatabaseSync {
  return opened(new DatabaseSync(file), `PRAGMA busy_timeout = 5000; ${LIVE} PRAGMA cache_size = -32768;`);
}

export function openViewsForReading(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true });
  return opened(db, 'PRAGMA query_only = ON; PRAGMA cache_size = -65536; PRAGMA busy_timeout = 5000;');
}

/** A new file that becomes durable only when it is complete. */
export function createViewsUnsafely(file: string): DatabaseSync {
  dropViews(file);
  const create = `BEGIN; ${createTables()}; PRAGMA user_version = ${FORMAT}; COMMIT;`;
  return opened(new DatabaseSync(file, { defensive: false }), `${UNSAFE} PRAGMA cache_size = -65536; ${create}`);
}

/** A complete file gets the journal that it will be continued with, while nobody reads it yet, and goes to disk. */
export function makeDurable(file: string): void {
  opened(new DatabaseSync(file), 'PRAGMA journal_mode = WAL').close();
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

export function dropViews(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
}

/** Whose rows a file holds, and how far they go. */
export interface Standing {
  readonly format: number;
  readonly versions: Readonly<Record<string, number>>;
  readonly position: number;
  readonly leaf: string;
}

export function standingOf(db: DatabaseSync): Standing {
  const { user_version: format } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  // The tables of another format may be others.
  if (format !== FORMAT) return { format, versions: {}, position: 0, leaf: '' };
  const reached = db.prepare('SELECT position, leaf FROM generation').get() as { position: number; leaf: string };
  return { format, versions: versionsOf(new SqliteStatements(db)), ...reached };
}

/** Why the rows in a file cannot be continued from this log, or undefined when they can. */
export async function whyStale(
  { format, versions, position, leaf }: Standing,
  log: ReadableLog,
): Promise<string | undefined> {
  if (format !== FORMAT) return `the file has format ${format}, this program writes ${FORMAT}`;
  for (const { name, version } of views) {
    if (versions[name] !== version)
      return `view ${name} has version ${versions[name] ?? 'none'}, this program has ${version}`;
  }
  if (position === 0) return undefined;
  const [reached] = await log.readAfter(position - 1, 1);
  if (reached === undefined) return `the views are at position ${position}, the log only at ${await log.head()}`;
  // A backup put back, or the views of another ledger: the same position, but another history.
  if (reached.leaf !== leaf) return `the log holds another fact at position ${position}`;
  return undefined;
}

function opened(db: DatabaseSync, setting: string): DatabaseSync {
  try {
    db.exec(setting);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
