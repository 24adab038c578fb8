import type { DatabaseSync, StatementSync } from 'node:sqlite';

export type Stored = number | string | null;

/**
 * Rows that wait to be inserted into one table, in the order of its primary key: a run in key order touches every page
 * of the B-tree once, where the order of recording jumps between the books.
 */
export class KeySortedRun {
  #rows: Stored[][] = [];
  readonly #insert: StatementSync;

  constructor(
    db: DatabaseSync,
    table: string,
    columns: number,
    /** How many of the first columns are the key. */
    private readonly keyColumns: number,
  ) {
    this.#insert = db.prepare(`INSERT INTO ${table} VALUES (${Array<string>(columns).fill('?').join(', ')})`);
  }

  get size(): number {
    return this.#rows.length;
  }

  add(row: Stored[]): void {
    this.#rows.push(row);
  }

  /** Inserts everything; the caller holds the transaction. */
  insert(): void {
    if (this.#rows.length === 0) return;
    const rows = this.#rows.toSorted((a, b) => compare(a, b, this.keyColumns));
    this.#rows = [];
    for (const row of rows) this.#insert.run(...row);
  }

  drop(): void {
    this.#rows = [];
  }
}

function compare(a: readonly Stored[], b: readonly Stored[], columns: number): number {
  for (let i = 0; i < columns; i++) {
    const left = a[i] as number | string;
    const right = b[i] as number | string;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
