import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Observable, Subject, takeUntil } from 'rxjs';
import { frozen } from '../append-check.js';
import {
  type Append,
  type Appended,
  type Clock,
  type EventLog,
  NO_STREAM,
  type RecordedFact,
  type StoredReceipt,
  systemClock,
} from '../event-log.js';
import { GroupCommit } from '../group-commit.js';
import { forwardClock } from '../forward-clock.js';
import { asCorruptLog, checkNewestFacts } from './newest-facts.js';
import { positionIn } from '../position.js';
import { tailOf } from '../tail.js';
import { SqliteLogReader } from './reader.js';
import { prepareForReading, prepareForWriting } from './schema.js';
import { type PendingAppend, type Probe, SqliteLogWriter } from './writer.js';
import { refuseUnfinishedRestore } from './unverified-log.js';
import { takeWriterLock } from './writer-lock.js';

/** Enough to share an fsync among many, few enough that the last of them waits only milliseconds. */
const MAX_APPENDS_IN_COMMIT = 256;

export const LOG_FILE = 'log.db';

/**
 * The log of the embedded profile, one file in the data directory. A second writer is refused with a sentence. An
 * append is answered only after its commit is on disk.
 */
export function openSqliteLog(
  directory: string,
  { clock = systemClock, probe }: { clock?: Clock; probe?: Probe } = {},
): EventLog {
  mkdirSync(directory, { recursive: true });
  refuseUnfinishedRestore(directory);
  const lock = takeWriterLock(directory);
  const db = openOr(
    () => lock.release(),
    () => openDatabase(directory, {}, prepareForWriting),
  );
  const reader = openOr(
    () => {
      db.close();
      lock.release();
    },
    () => checkedReader(db),
  );
  const forward = forwardClock(clock, reader.recordedAt(reader.head()));
  const writer = new SqliteLogWriter(db, reader, () => forward.now(), probe);
  const closed = new Subject<void>();
  const listeners = new Set<() => void>();
  const group = new GroupCommit<PendingAppend>((pending) => {
    writer.commit(pending);
    for (const listener of listeners) listener();
  }, MAX_APPENDS_IN_COMMIT);

  const append = async (wanted: Append): Promise<Appended> => {
    const facts = frozen(wanted);
    return new Promise((resolve, reject) => group.add({ append: wanted, facts, resolve, reject }));
  };
  const listen = (wake: () => void) => {
    listeners.add(wake);
    return () => listeners.delete(wake);
  };
  const close = async (): Promise<void> => {
    if (!db.isOpen) return;
    group.flush();
    closed.next();
    db.close();
    lock.release();
  };
  const revisionOf = async (stream: string): Promise<number> => writer.revisionOf(stream);
  return { ...readingFrom(reader, closed, listen), revisionOf, append, now: () => forward.now(), close };
}

/** The log of another process (or thread), to read only; nothing in it can change a byte. */
export function openSqliteLogForReading(directory: string, clock: Clock = systemClock): Omit<EventLog, 'append'> {
  const db = openDatabase(directory, { readOnly: true }, prepareForReading);
  const reader = new SqliteLogReader(db);
  const closed = new Subject<void>();
  return {
    ...readingFrom(reader, closed, () => () => undefined),
    now: () => Math.max(clock.now(), reader.recordedAt(reader.head())),
    close: async () => {
      if (!db.isOpen) return;
      closed.next();
      db.close();
    },
  };
}

/** Opening and closing a log next to us locks the file for moments; that is waited for, not reported. */
const BUSY_TIMEOUT_MS = 5000;

function openDatabase(
  directory: string,
  options: { readOnly?: boolean },
  prepare: (db: DatabaseSync) => void,
): DatabaseSync {
  const db = new DatabaseSync(join(directory, LOG_FILE), { ...options, timeout: BUSY_TIMEOUT_MS });
  openOr(
    () => db.close(),
    () => prepare(db),
  );
  return db;
}

/** A log that could not be opened holds nothing back: neither its file nor the directory's lock. */
function openOr<T>(undo: () => void, open: () => T): T {
  try {
    return open();
  } catch (error) {
    undo();
    throw asCorruptLog(error);
  }
}

function checkedReader(db: DatabaseSync): SqliteLogReader {
  const reader = new SqliteLogReader(db);
  checkNewestFacts(reader);
  return reader;
}

type Reading = Omit<EventLog, 'append' | 'now' | 'close'>;

function readingFrom(
  reader: SqliteLogReader,
  closed: Observable<void>,
  listen: (wake: () => void) => () => void,
): Reading {
  const readAfter = async (position: number, limit: number): Promise<RecordedFact[]> =>
    reader.readAfter(position, limit);
  return {
    readAfter,
    revisionOf: async (stream) => reader.streamHead(stream)?.revision ?? NO_STREAM,
    readStream: async (stream, fromRevision, limit) => reader.readStream(stream, fromRevision, limit),
    readTexts: async (stream, fromRevision, limit) =>
      reader.readStream(stream, fromRevision, limit).map(({ fact }) => fact),
    receiptOf: async (commandId): Promise<StoredReceipt | undefined> => reader.receiptOf(commandId),
    positionOf: positionIn,
    head: async () => reader.head(),
    wholeAt: async (position) => reader.wholeAt(position),
    positionAt: async (instantMs) => reader.positionAt(instantMs),
    tail: (position): Observable<readonly RecordedFact[]> =>
      tailOf({ readAfter }, position, listen).pipe(takeUntil(closed)),
  };
}
