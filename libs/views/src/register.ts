import type { Reducers } from './facts.js';
import type { Tally } from './tally.js';

/**
 * `book` is the id of a book; a tally stands for a key of it. How the rows name books and keys is the store's affair.
 */
export type ColumnType = 'integer' | 'text' | 'book' | Tally;

export type Cell = number | string | null | readonly string[];

export type Row = Readonly<Record<string, Cell>>;

/** Rows that are added and never changed; each has the position that made it, so what was known when is a filter. */
export interface Register {
  readonly kind: 'register';
  readonly name: string;
  readonly version: number;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** The columns that make a row unique, and the order in which it is stored. */
  readonly key: readonly string[];
  /** Further ways to find rows. */
  readonly index?: { readonly columns: readonly string[]; readonly where: string };
  readonly on: Reducers<Row>;
}

export function register(declared: Omit<Register, 'kind'>): Register {
  return { kind: 'register', ...declared };
}
