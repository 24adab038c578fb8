import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exactNumbers } from '@ledger/postgres';
import { Client, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg';
import { from } from 'pg-copy-streams';

const CONNECTED_WITHIN_MS = 3000;

/** Whoever can be asked for rows, one question after the other. */
export interface Asked {
  query(text: string): Promise<{ readonly rows: unknown[] }>;
}

/**
 * A connection of its own, which asks one thing after another however many ask at once: the heartbeat of a leader comes
 * between the statements of its batches. What is open in it, a transaction or a lock, is its asker's affair.
 */
export class Connection {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly client: Client,
    private at: string,
  ) {}

  /** In which statements find their tables. */
  get schema(): string {
    return this.at;
  }

  async query<R extends QueryResultRow = QueryResultRow>(
    text: string | (QueryConfig & { rowMode?: 'array' }),
    values?: readonly unknown[],
  ): Promise<QueryResult<R>> {
    return this.#inTurn(async () => this.client.query<R>(text, values as unknown[]));
  }

  /** Hands lines of text to `COPY … FROM STDIN`. */
  async copy(into: string, lines: readonly string[]): Promise<void> {
    await this.#inTurn(async () => pipeline(Readable.from(lines), this.client.query(from(into))));
  }

  /** Statements find the tables of this schema from now on. Not within a transaction, which would take it back. */
  async goTo(schema: string): Promise<void> {
    if (this.at === schema) return;
    await this.query("SELECT set_config('search_path', $1, false)", [schema]);
    this.at = schema;
  }

  /** A statement under way is not waited for. */
  async end(): Promise<void> {
    await this.client.end();
  }

  async #inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const asked = this.#turn.then(ask);
    this.#turn = asked.catch(() => undefined);
    return asked;
  }
}

/** A connection whose statements find the tables of a schema. The caller ends it. */
export async function connected(url: string, schema: string): Promise<Connection> {
  const client = new Client({
    connectionString: url,
    types: exactNumbers,
    connectionTimeoutMillis: CONNECTED_WITHIN_MS,
    keepAlive: true,
  });
  // The next statement says that the connection is lost; without a listener the process would end first.
  client.on('error', () => undefined);
  await client.connect();
  const connection = new Connection(client, '');
  try {
    await connection.goTo(schema);
    return connection;
  } catch (error) {
    await connection.end();
    throw error;
  }
}
