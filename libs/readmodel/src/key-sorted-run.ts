import type { Table } from './schema.js';
import type { Stored } from './stored-rows.js';

/**
 * Rows that wait to be written into one table, in the order of its primary key: a run in key order touches every page
 * of the B-tree once, where the order of recording jumps between the books.
 */
export interface KeySortedRun {
  add(row: readonly Stored[]): void;
  /** Hands out everything, in order, and forgets it; what it gives is to be used before the next is asked for. */
  handOut(write: (row: readonly Stored[]) => void): void;
  drop(): void;
}

export function keySortedRun({ columns, key }: Table): KeySortedRun {
  return columns.every(({ type }) => type === 'integer')
    ? new NumberRun(columns.length, key.length)
    : new MixedRun(key.length);
}

/**
 * Rows of integers side by side in one array: the many rows of the tallies wait in a fifth of the memory that an array
 * each would take, and leave nothing to collect. NaN, which no row holds, stands for null.
 */
class NumberRun implements KeySortedRun {
  #cells: Float64Array;
  #size = 0;

  constructor(
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

  handOut(write: (row: readonly Stored[]) => void): void {
    if (this.#size === 0) return;
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
      write(bound);
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

  constructor(private readonly keyColumns: number) {}

  add(row: readonly Stored[]): void {
    this.#rows.push(row);
  }

  handOut(write: (row: readonly Stored[]) => void): void {
    if (this.#rows.length === 0) return;
    const rows = this.#rows.toSorted((a, b) => compare(a, b, this.keyColumns));
    this.drop();
    for (const row of rows) write(row);
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
