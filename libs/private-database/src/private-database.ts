/** What a statement may be given. */
export type Value = string | number | null | Uint8Array;

export interface Statement {
  /** The first row; undefined where there is none. */
  get(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
  run(...values: Value[]): { readonly changes: number | bigint };
}

/**
 * The rows of one store, in a file or in schema of a server. Statements are written so that SQLite and PostgreSQL understand
 * them alike, with `?` or `?1` for values: names with capitals in quotes, `ON CONFLICT` and not `INSERT OR`, a value that
 * may be null compared before it is asked whether it is. Integers that a number does not hold exactly are errors.
 */
export interface PrivateDatabase {
  /** Several processes may have it open. */
  readonly isShared: boolean;
  prepare(sql: string): Statement;
  /**
   * All of it or nothing, and nobody else writes to the store meanwhile; within another one it is part of that. Once it has
   * returned it is durable. Throws `MaybeDone` where a server has not said whether it was.
   */
  inTransaction<T>(work: () => T): T;
  /** Another number after each row that this process has changed. */
  changes(): number;
  /** What is read from now on in this turn of the event loop may be of one moment: SQLite's locks are taken once. */
  readForThisTurn(): void;
  /**
   * One at a time for each `what`, in every process that has the store open, also while it waits for something else.
   * `stillAlone` throws where that has ended early, because the connection to the server was lost.
   */
  alone<T>(what: string, work: (stillAlone: () => void) => Promise<T>): Promise<T>;
  /** Empties what SQLite keeps beside the file of how rows were before; false while somebody reads it. */
  emptied(waitMs: number): boolean;
  close(): void;
}

/** What a store is made of. */
export interface StoreTables {
  /** Of the file in a data directory. */
  readonly file: string;
  /** Of the schema on a server. */
  readonly schema: string;
  /** What it is called to people, in Chinese and in English. */
  readonly name: readonly [zh: string, en: string];
  /** Bumped when the tables change; a store of another format is refused, never guessed at. */
  readonly format: number;
  /** The statements that make the tables of an empty store, as SQLite has them. */
  readonly tables: string;
  /** Those that each of the two understands in its own words, such as triggers. */
  readonly also?: { readonly sqlite: string; readonly postgres: string };
  /** Indexes that a store of this format may lack because an earlier program made it; made where they are missing. */
  readonly indexes?: string;
  /** Settings of the connection to the file beyond those of all of these files. */
  readonly settings?: string;
  /** How long a statement waits for another process that has the file, in ms. */
  readonly busyTimeoutMs?: number;
}

/** The stores of a cluster, on a server that several processes share; the caller ends it after the stores. */
export interface SharedStores {
  open(store: StoreTables): PrivateDatabase;
  /**
   * Takes over all rows of a store that has been in a file, or none; gives how many. Undefined, and nothing taken, where the
   * store on the server has rows already.
   */
  takeOver(store: StoreTables, from: PrivateDatabase): number | undefined;
  /** How long this process has stood still for the server, in all. */
  readonly waitedMs: number;
  close(): void;
}

/** Where a store is: in a data directory, or on a server. */
export type StorePlace = string | SharedStores;
