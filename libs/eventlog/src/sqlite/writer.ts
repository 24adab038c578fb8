import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { CorruptLog } from '@ledger/domain';
import { leafOf } from '@ledger/transparency';
import { receiptFor } from '../append-check.js';
import { FingerprintMismatch, NO_STREAM, WrongRevision } from '../event-log.js';
import type { Append, Appended } from '../event-log.js';
import { asCorruptLog } from './newest-facts.js';
import { commandBytes, type SqliteLogReader } from './reader.js';

/** Where a program may be made to die, so that tests can prove that nothing acknowledged is lost. */
export type Moment = 'inside-append' | 'before-commit' | 'after-commit';
export type Probe = (moment: Moment, append: Append) => void;

export interface PendingAppend {
  readonly append: Append;
  readonly facts: readonly string[];
  resolve(appended: Appended): void;
  reject(error: unknown): void;
}

interface StreamHead {
  /** Undefined before the stream's first fact. */
  readonly id: number | undefined;
  readonly revision: number;
}

const MAX_CACHED_HEADS = 100_000;

/** Records a group of appends in one transaction: each whole or not at all, all durable before any is answered. */
export class SqliteLogWriter {
  readonly #heads = new Map<string, StreamHead>();
  readonly #insertStream: StatementSync;
  readonly #insertFact: StatementSync;
  readonly #insertCommand: StatementSync;
  #position: number;
  /** Once the file is known to be damaged, nothing more is written to it. */
  #damage: CorruptLog | undefined;

  constructor(
    private readonly db: DatabaseSync,
    private readonly reader: SqliteLogReader,
    /** Never goes back, and never before the newest fact. */
    private readonly nowMs: () => number,
    private readonly probe: Probe | undefined,
  ) {
    this.#insertStream = db.prepare('INSERT INTO streams (name) VALUES (?)');
    this.#insertFact = db.prepare(
      'INSERT INTO facts (position, recorded_at, stream, revision, remaining, leaf, fact) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#insertCommand = db.prepare(
      'INSERT INTO commands (command_id, fingerprint, position, facts) VALUES (?, ?, ?, ?)',
    );
    this.#position = reader.head();
  }

  commit(pending: readonly PendingAppend[]): void {
    if (this.#damage !== undefined) throw this.#damage;
    const before = this.#position;
    const accepted: [PendingAppend, Appended][] = [];
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const recordedAtMs = this.nowMs();
      for (const item of pending) {
        const appended = this.#record(item, recordedAtMs);
        if (appended !== undefined) accepted.push([item, appended]);
      }
      this.db.exec('COMMIT');
    } catch (error) {
      // What was recorded in this transaction never happened: neither positions nor heads may remember it.
      this.#position = before;
      this.#heads.clear();
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      const said = asCorruptLog(error);
      if (said instanceof CorruptLog) this.#damage = said;
      throw said;
    }
    for (const [item, appended] of accepted) {
      this.probe?.('after-commit', item.append);
      item.resolve(appended);
    }
  }

  /** Writes one append into the open transaction, or settles it when it cannot be recorded. */
  #record(item: PendingAppend, recordedAtMs: number): Appended | undefined {
    const { append, facts } = item;
    const { stream, expectedRevision, by } = append;
    const known = this.reader.receiptOf(by.commandId);
    if (known !== undefined) {
      if (known.fingerprint === append.fingerprint) return { receipt: known.receipt, facts: [], replayed: true };
      item.reject(new FingerprintMismatch(`command ${by.commandId} was another request`));
      return undefined;
    }
    const { id: numbered, revision } = this.#headOf(stream);
    if (revision !== expectedRevision) {
      item.reject(new WrongRevision(stream, expectedRevision, revision));
      return undefined;
    }
    const id = numbered ?? this.#addStream(stream);
    facts.forEach((fact, index) => {
      this.probe?.('inside-append', append);
      const position = ++this.#position;
      const leaf = Buffer.from(leafOf(position, recordedAtMs, fact), 'hex');
      const remaining = facts.length - 1 - index;
      this.#insertFact.run(position, recordedAtMs, id, revision + 1 + index, remaining, leaf, fact);
    });
    const fingerprint = Buffer.from(append.fingerprint, 'hex');
    this.#insertCommand.run(commandBytes(by.commandId), fingerprint, this.#position, facts.length);
    this.#heads.set(stream, { id, revision: revision + facts.length });
    this.probe?.('before-commit', append);
    return { receipt: receiptFor(append, this.#position), facts, replayed: false };
  }

  /** From memory for streams seen before: nobody else writes to this log. */
  revisionOf(stream: string): number {
    return this.#headOf(stream).revision;
  }

  #headOf(stream: string): StreamHead {
    let head = this.#heads.get(stream);
    if (head === undefined) {
      if (this.#heads.size >= MAX_CACHED_HEADS) this.#heads.clear();
      head = this.reader.streamHead(stream) ?? { id: undefined, revision: NO_STREAM };
      this.#heads.set(stream, head);
    }
    return head;
  }

  #addStream(stream: string): number {
    return Number(this.#insertStream.run(stream).lastInsertRowid);
  }
}
