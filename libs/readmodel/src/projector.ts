import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readFact } from '@ledger/domain';
import type { RecordedFact } from '@ledger/eventlog';
import { histories } from '@ledger/views';
import { generationOf } from './generations.js';
import { rowTables } from './schema.js';
import { SqliteBooks } from './sqlite/sqlite-books.js';
import { SqliteThings } from './sqlite/sqlite-things.js';
import { type Reached, StagedRows } from './staged-rows.js';
import type { Stored } from './stored-rows.js';

/** Keeps the rows of a generation current, whichever database they are in. */
export interface ViewsWriter {
  /** The position up to which the rows are written. */
  readonly checkpoint: number;
  /** How many rows wait for the next commit. */
  readonly waitingRows: number;
  /** Stages and commits: what a live batch does. `facts` are whole appends that follow the checkpoint without a gap. */
  apply(facts: readonly RecordedFact[]): void | Promise<void>;
  stage(facts: readonly RecordedFact[]): void | Promise<void>;
  commit(): void | Promise<void>;
  close(): void | Promise<void>;
}

/**
 * Turns facts into rows of a SQLite file. `stage` works out the rows, `commit` writes them with the checkpoint in one
 * transaction; live batches and a rebuild differ only in how many facts are staged before a commit. After an error nothing
 * of the open transaction remains, and the same facts can be applied again.
 */
export class Projector implements ViewsWriter {
  readonly #db: DatabaseSync;
  readonly #staged: StagedRows;
  readonly #inserts: ReadonlyMap<string, StatementSync>;
  readonly #saveCheckpoint: StatementSync;

  constructor(db: DatabaseSync, maxCachedKeys?: number) {
    this.#db = db;
    const stored = { books: new SqliteBooks(db), things: new SqliteThings(db, histories) };
    const reached = db.prepare('SELECT position, leaf FROM generation').get() as unknown as Reached;
    this.#staged = new StagedRows(stored, { ...reached }, maxCachedKeys);
    this.#inserts = new Map(
      rowTables.map(({ name, columns }) => {
        const marks = columns.map(() => '?').join(', ');
        return [name, db.prepare(`INSERT INTO ${name} VALUES (${marks})`)];
      }),
    );
    this.#saveCheckpoint = db.prepare('UPDATE generation SET position = ?, leaf = ?');
  }

  get checkpoint(): number {
    return this.#staged.committed.position;
  }

  /** The generation that it writes, by the name of its file. */
  get generation(): number {
    return generationOf(this.#db.location() ?? '');
  }

  get waitingRows(): number {
    return this.#staged.waiting;
  }

  apply(facts: readonly RecordedFact[]): void {
    this.stage(facts);
    this.commit();
  }

  stage(facts: readonly RecordedFact[]): void {
    endsAnAppend(facts);
    this.#orNothing(() => {
      for (const recorded of facts) this.#staged.add(this.#staged.reduce(recorded, readFact(recorded.fact)));
    });
  }

  commit(): void {
    const { position, leaf } = this.#staged.reached;
    if (position === this.checkpoint) return;
    this.#orNothing(() => {
      this.#db.exec('BEGIN IMMEDIATE');
      for (const { table, run } of this.#staged.runs) {
        const insert = this.#inserts.get(table.name) as StatementSync;
        run.handOut((row: readonly Stored[]) => void insert.run(...row));
      }
      this.#saveCheckpoint.run(position, leaf);
      this.#db.exec('COMMIT');
    });
    this.#staged.settle();
  }

  close(): void {
    this.#rollback();
    this.#db.close();
  }

  #orNothing(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#rollback();
      throw error;
    }
  }

  /** Forgets everything since the last commit, in the tables and here. */
  #rollback(): void {
    // SQLite rolls back by itself when the disk is full or fails.
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    this.#staged.giveUp();
  }
}

export function endsAnAppend(facts: readonly RecordedFact[]): void {
  const last = facts.at(-1);
  if (last !== undefined && last.remaining !== 0) throw new RangeError('a batch ends where an append ends');
}
