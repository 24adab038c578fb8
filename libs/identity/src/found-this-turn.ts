import type { PrivateDatabase, Statement } from '@ledger/private-database';
import { hashOf } from './secrets.js';

/**
 * What stands behind a token, looked up once in a turn of the event loop: requests that come in together ask once, because
 * the locks that SQLite takes cost more than what they protect, and the way to a server more than that. What this process changes is seen at once; what another one
 * changes, with the next turn, before any request is read that comes after it.
 */
export class FoundThisTurn<Row extends object> {
  readonly #find: Statement;
  readonly #found = new Map<string, Row>();
  #changes = 0;

  /** `sql` finds a row by the hash of the token. */
  constructor(
    private readonly db: PrivateDatabase,
    sql: string,
  ) {
    this.#find = db.prepare(sql);
  }

  of(token: string): Row | undefined {
    const changes = this.db.changes();
    if (changes !== this.#changes) this.#found.clear();
    this.#changes = changes;
    return this.#found.get(token) ?? this.#lookedUp(token);
  }

  #lookedUp(token: string): Row | undefined {
    const row = this.#find.get(hashOf(token)) as Row | undefined;
    // What is no token is not kept: a flood of made-up ones takes no memory.
    if (row === undefined) return undefined;
    if (this.#found.size === 0) setImmediate(() => this.#found.clear());
    this.#found.set(token, row);
    return row;
  }
}
