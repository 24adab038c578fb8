import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { PrivateDatabase, Statement } from '../private-database.js';

/** A store in a file. One process at a time writes to most of them; where two do, SQLite's own locks part them. */
export class FileDatabase implements PrivateDatabase {
  readonly isShared = false;
  readonly #changed: StatementSync;
  #isWriting = false;

  constructor(
    private readonly db: DatabaseSync,
    private readonly busyTimeoutMs: number,
  ) {
    this.#changed = db.prepare('SELECT total_changes() AS changes');
  }

  prepare(sql: string): Statement {
    return this.db.prepare(sql);
  }

  inTransaction<T>(work: () => T): T {
    if (this.#isWriting) return work();
    this.#endReading();
    this.db.exec('BEGIN IMMEDIATE');
    this.#isWriting = true;
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk ends the transaction by itself; asking for its end again would hide what went wrong.
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    } finally {
      this.#isWriting = false;
    }
  }

  changes(): number {
    return (this.#changed.get() as { changes: number }).changes;
  }

  /** The locks cost more than a look-up: they are taken once for all that ask in one turn of the event loop. */
  readForThisTurn(): void {
    if (this.db.isTransaction) return;
    this.db.exec('BEGIN');
    setImmediate(() => this.#endReading());
  }

  async alone<T>(_what: string, work: (stillAlone: () => void) => Promise<T>): Promise<T> {
    return work(() => undefined);
  }

  emptied(waitMs: number): boolean {
    this.db.exec(`PRAGMA busy_timeout = ${waitMs}`);
    try {
      const { busy } = this.db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
      return busy === 0;
    } finally {
      this.db.exec(`PRAGMA busy_timeout = ${this.busyTimeoutMs}`);
    }
  }

  close(): void {
    this.db.close();
  }

  #endReading(): void {
    if (this.db.isOpen && this.db.isTransaction && !this.#isWriting) this.db.exec('COMMIT');
  }
}
