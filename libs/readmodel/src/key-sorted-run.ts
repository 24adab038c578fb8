import type { DatabaseSync, StatementSync } from 'node:sqlite';

export type Stored = number | string | null;

/**
 * Rows that wait to be inserted into one table, in the order of its primary key: a run in key order touches every page
 * of the B-tree once, where the order of recording jumps between the books.
 */
export interface KeySortedRun {
  add(row: readonly Stored[]): void;
  /** Inserts everything; the caller holds the transaction. */
  insert(): void;
  drop(): void;
}

/** A run for a table of `columns`, of which the first `keyColumns` are its primary key. */
export function keySortedRun(
  db: DatabaseSync,
  table: { name: string; columns: number; keyColumns: number; numbersOnly: boolean },
): KeySortedRun {
  const marks = Array<string>(table.columns).fill('?').join(', ');
  const statement = db.prepare(`INSERT INTO ${table.name} VALUES (${marks})`);
  return table.numbersOnly
    ? new NumberRun(statement, table.columns, table.keyColumns)
    : new MixedRun(statement, table.keyColumns);
}

/**
 * Rows of integers side by side in one array: the many rows of the tallies wait in a fifth of the memory that an array
 * each would take, and leave nothing to collect. NaN, which no row holds, stands for null.
 */
class NumberRun implements KeySortedRun {
  #cells: Float64Array;
  #size = 0;

  constructor(
    private readonly statement: StatementSync,
    private readonly columns: number,
    private readonly keyColumns: number,
  ) {
    this.#cells = new Float64Array(columns * 256);
  }

  add(row: readonly Stored[]): void {
    const at = this.#size * this.columns;
    if (at === this.#cells.length) {
      const grown = new Float64Array(at * 2);
      grown.set(this.#cells);
      this.#cells = grown;
    }
    for (let i = 0; i < this.columns; i++) this.#cells[at + i] = (row[i] ?? Number.NaN) as number;
    this.#size++;
  }

  insert(): void {
    const { columns, keyColumns } = this;
    const cells = this.#cells;
    const order = new Uint32Array(this.#size);
    for (let i = 0; i < order.length; i++) order[i] = i * columns;
    order.sort((a, b) => {
      for (let i = 0; i < keyColumns; i++) {
        const difference = (cells[a + i] as number) - (cells[b + i] as number);
        if (difference !== 0) return difference;
      }
      return 0;
    });
    const bound: (number | null)[] = Array<null>(columns).fill(null);
    for (const at of order) {
      for (let i = 0; i < columns; i++) {
        const cell = cells[at + i] as number;
        bound[i] = Number.isNaN(cell) ? null : cell;
      }
      this.statement.run(...bound);
    }
    this.drop();
  }

  drop(): void {
    this.#size = 0;
  }
}

/** Rows with texts among them. */
class MixedRun implements KeySortedRun {
  #rows: (readonly Stored[])[] = [];

  constructor(
    private readonly statement: StatementSync,
    private readonly keyColumns: number,
  ) {}

  add(row: readonly Stored[]): void {
    this.#rows.push(row);
  }

  insert(): void {
    if (this.#rows.length === 0) return;
    const rows = this.#rows.toSorted((a, b) => compare(a, b, this.keyColumns));
    this.drop();
    for (const row of rows) this.statement.run(...row);
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
