import { Client } from 'pg';

/**
 * A running balance of each account of a book after every change, in a table of its own, found by one versioned seek a key in
 * one statement. It knows record time, and nothing of business time, turnover or scope.
 */
export class PostgresSeek {
  readonly #client: Client;

  constructor(
    url: string,
    private readonly schema: string,
  ) {
    this.#client = new Client(url);
  }

  async open(): Promise<void> {
    const running = `bare_seek_${this.schema}`;
    await this.#client.connect();
    await this.#client.query(`SET jit TO off;
      CREATE TABLE ${running} AS SELECT DISTINCT ON (key, position) key, position, balance_fen AS balance
        FROM ${this.schema}.account_balance ORDER BY key, position, period DESC;
      ALTER TABLE ${running} ADD PRIMARY KEY (key, position);
      ANALYZE ${running}`);
  }

  /** The balance of every key known at a position. */
  async seek(position: number): Promise<readonly unknown[]> {
    const text = `SELECT k.id, r.balance FROM ${this.schema}.account_balance_key k CROSS JOIN LATERAL
      (SELECT x.balance FROM bare_seek_${this.schema} x WHERE x.key = k.id AND x.position <= $1
       ORDER BY x.position DESC LIMIT 1) r`;
    return (await this.#client.query({ text, values: [position], rowMode: 'array' })).rows;
  }

  async close(): Promise<void> {
    await this.#client.query(`DROP TABLE bare_seek_${this.schema}`);
    await this.#client.end();
  }
}
