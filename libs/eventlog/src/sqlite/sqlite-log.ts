import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Observable } from 'rxjs';
import { frozen } from '../append-check.js';
import {
  type Append,
  type Appended,
  type Clock,
  type EventLog,
  type Receipt,
  type RecordedFact,
  type StoredReceipt,
  systemClock,
} from '../event-log.js';
import { GroupCommit } from '../group-commit.js';
import { tailOf } from '../tail.js';
import { SqliteLogReader } from './reader.js';
import { prepareForReading, prepareForWriting } from './schema.js';
import { type PendingAppend, type Probe, SqliteLogWriter } from './writer.js';
import { takeWriterLock } from './writer-lock.js';

/** Enough to share an fsync among many, few enough that the last of them waits only milliseconds. */
const MAX_APPENDS_IN_COMMIT = 256;

const LOG_FILE = 'log.db';

/**
 * The log of the embedded profile, one file in the data directory. A second writer is refused with a sentence. An
 * append is answered only after its commit is on disk.
 */
export function openSqliteLog(
  directory: string,
  { clock = systemClock, probe }: { clock?: Clock; probe?: Probe } = {},
): EventLog {
  mkdirSync(directory, { recursive: true });
  const lock = takeWriterLock(directory);
  const db = new DatabaseSync(join(directory, LOG_FILE));
  prepareForWriting(db);
  const reader = new SqliteLogReader(db);
  const writer = new SqliteLogWriter(db, reader, () => clock.now(), probe);
  const listeners = new Set<() => void>();
  const group = new GroupCommit<PendingAppend>((pending) => {
    writer.commit(pending);
    for (const listener of listeners) listener();
  }, MAX_APPENDS_IN_COMMIT);

  const append = async (wanted: Append): Promise<Appended> => {
    const facts = frozen(wanted);
    return new Promise((resolve, reject) => group.add({ append: wanted, facts, resolve, reject }));
  };
  const now = (): number => Math.max(clock.now(), writer.recordedAtMs);
  const listen = (wake: () => void) => {
    listeners.add(wake);
    return () => listeners.delete(wake);
  };
  const close = async (): Promise<void> => {
    group.flush();
    db.close();
    lock.release();
  };
  return { ...readingFrom(reader, listen), append, now, close };
}

/** The log of another process (or thread), to read only; nothing in it can change a byte. */
export function openSqliteLogForReading(directory: string, clock: Clock = systemClock): Omit<EventLog, 'append'> {
  const db = new DatabaseSync(join(directory, LOG_FILE), { readOnly: true });
  prepareForReading(db);
  const reader = new SqliteLogReader(db);
  return {
    ...readingFrom(reader, () => () => undefined),
    now: () => Math.max(clock.now(), reader.recordedAt(reader.head())),
    close: async () => db.close(),
  };
}

type Reading = Omit<EventLog, 'append' | 'now' | 'close'>;

function readingFrom(reader: SqliteLogReader, listen: (wake: () => void) => () => void): Reading {
  const readAfter = async (position: number, limit: number): Promise<RecordedFact[]> => reader.readAfter(position, limit);
  return {
    readAfter,
    readStream: async (stream, fromRevision, limit) => reader.readStream(stream, fromRevision, limit),
    receiptOf: async (commandId): Promise<StoredReceipt | undefined> => reader.receiptOf(commandId),
    positionOf: async ({ position, stream }: Receipt): Promise<number> => {
      if (position === undefined) throw new Error(`the receipt of ${stream} has no position`);
      return position;
    },
    head: async () => reader.head(),
    wholeAt: async (position) => reader.wholeAt(position),
    positionAt: async (instantMs) => reader.positionAt(instantMs),
    tail: (position): Observable<readonly RecordedFact[]> => tailOf({ readAfter }, position, listen),
  };
}
