import { aloneIn, DatabaseUnavailable, type SyncConnection } from '@ledger/postgres';
import type { PrivateDatabase, Statement, Value } from '../private-database.js';
import { statementInPostgres, writes } from './dialect.js';
import { OutcomeUnknown } from './outcome-unknown.js';
import { takeStore, wasCommitted } from './store-lock.js';

const TRIES = 2;

/** A store in a schema of PostgreSQL, which other processes write to as well. */
export class SchemaDatabase implements PrivateDatabase {
  readonly isShared = true;
  #changes = 0;

  constructor(
    private readonly connection: SyncConnection,
    private readonly schema: string,
  ) {}

  prepare(sql: string): Statement {
    const text = statementInPostgres(sql);
    const ask = (values: Value[]): ReturnType<SyncConnection['query']> =>
      this.connection.query(text, values.map(withoutNul));
    const asked = writes(sql) ? (values: Value[]) => this.#writing(() => ask(values)) : ask;
    return {
      get: (...values) => asked(values).rows[0],
      all: (...values) => asked(values).rows,
      run: (...values) => ({ changes: asked(values).rowCount }),
    };
  }

  /**
   * As `BEGIN IMMEDIATE` in a file: whoever writes waits for whoever was first, and sees what that one has left. The lock goes
   * with the commit, after what was written can be seen.
   */
  inTransaction<T>(work: () => T): T {
    if (this.connection.isInTransaction) return work();
    let id = '';
    let isWorkDone = false;
    let result: T;
    try {
      return this.connection.inTransaction(() => {
        id = takeStore(this.connection, this.schema);
        result = work();
        isWorkDone = true;
        return result;
      });
    } catch (error) {
      // Before the COMMIT nothing is left; of the COMMIT itself the server knows what became.
      if (!isWorkDone || !(error instanceof DatabaseUnavailable)) throw error;
      if (!this.#wasDone(id, error)) throw error;
      return result!;
    }
  }

  changes(): number {
    return this.#changes;
  }

  /** Every statement is of its own moment: what another process has done is seen at once. */
  readForThisTurn(): void {}

  alone<T>(what: string, work: (stillAlone: () => void) => Promise<T>): Promise<T> {
    return aloneIn(this.connection, `${this.schema} ${what}`, work);
  }

  /** What a server keeps of how rows were is its own affair, and that of whoever runs it. */
  emptied(): boolean {
    return true;
  }

  /** The connection is that of all stores. */
  close(): void {}

  #writing<T>(write: () => T): T {
    this.#changes++;
    return this.inTransaction(write);
  }

  /** The first who asks may be the one who finds that the connection is lost; the second has another. */
  #wasDone(id: string, error: Error): boolean {
    const wasDone = (): boolean => wasCommitted(this.connection, id);
    for (let tries = 0; tries < TRIES; tries++) {
      try {
        return wasDone();
      } catch {
        // Said below.
      }
    }
    throw new OutcomeUnknown(wasDone, error);
  }
}

/** PostgreSQL takes no NUL in a text. Nobody's name has one; what somebody sends instead of a name may. */
function withoutNul(value: Value): Value {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u{fffd}') : value;
}
