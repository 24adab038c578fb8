/** What a statement may be given: an array is a list for `= ANY($1)` or `unnest($1)`. */
export type Value = string | number | null | Uint8Array | readonly (string | number | null)[];

/** A question to the thread that holds the connection. Its answer bears the same number. */
export interface Asked {
  readonly number: number;
  readonly text: string;
  readonly values: readonly Value[] | undefined;
  readonly rowMode: 'array' | undefined;
  /** The connection that it must be put to; where that is lost, its transaction and its locks are too. */
  readonly connection: number | undefined;
}

export interface Answered {
  readonly number: number;
  /** Which connection answered, counted from the first. */
  readonly connection: number;
  /** What the database says that it did. */
  readonly command: string;
  readonly rows: unknown[];
  readonly rowCount: number;
}

export interface Failed {
  readonly number: number;
  readonly message: string;
  /** Absent where the database said nothing. */
  readonly code?: string;
}

/** What the thread is told, besides questions. */
export type Told =
  | { readonly to: 'ask'; readonly asked: Asked }
  /** Statements that make a new connection ready, such as taking locks. */
  | { readonly to: 'begin-with'; readonly statements: readonly string[] }
  /** The present connection does not answer: it is given up. */
  | { readonly to: 'give-up' }
  | { readonly to: 'end' };

export interface ThreadData {
  readonly url: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly connectWithinMs: number;
  /** How often the thread says that the process lives; 0 for never. */
  readonly heartbeatMs: number;
  readonly port: import('node:worker_threads').MessagePort;
  readonly signal: Int32Array;
}
