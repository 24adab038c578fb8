import { exactNumbers } from '@ledger/postgres';
import { views } from '@ledger/views';
import { Client } from 'pg';
import { FORMAT } from '../schema.js';
import { generationsIn, schemaOf } from './postgres-generations.js';

const CONNECT_WITHIN_MS = 3_000;
const ANSWER_WITHIN_MS = 5_000;

/** What there is of views in a database, looked at over a connection that also hears of news; it is made anew when it is lost. */
export class ViewsDatabase {
  #client: Client | undefined;
  /** Versions are not looked at again over the same connection: a complete generation keeps them. */
  readonly #readable = new Set<number>();

  constructor(
    private readonly url: string,
    private readonly on: { readonly onNews: () => void; readonly onLost: (error: Error) => void },
  ) {}

  /** The complete generations, the newest first. */
  async generations(): Promise<number[]> {
    return generationsIn(await this.#connected());
  }

  /** How far all shards of a generation are, or why this program cannot read it. */
  async standing(generation: number): Promise<{ readonly position: number } | string> {
    const client = await this.#connected();
    const schema = schemaOf(generation);
    const { rows: reached } = await client.query<{ format: number; position: number }>(
      `SELECT max(format) AS format, min(position) AS position FROM ${schema}.generation`,
    );
    const [{ format, position } = { format: 0, position: 0 }] = reached;
    // The tables of another format may be others.
    if (format !== FORMAT) return `it has format ${format}, this program reads ${FORMAT}`;
    if (this.#readable.has(generation)) return { position };
    const { rows } = await client.query<{ name: string; version: number }>(
      `SELECT name, version FROM ${schema}.view_version`,
    );
    const versions = new Map(rows.map((row) => [row.name, row.version]));
    const other = views.find(({ name, version }) => versions.get(name) !== version);
    if (other === undefined) {
      this.#readable.add(generation);
      return { position };
    }
    return `view ${other.name} has version ${versions.get(other.name) ?? 'none'}, this program has ${other.version}`;
  }

  /** The next question is asked over another connection. */
  async giveUp(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // Nobody waits for an orderly end: there may be nobody to answer.
    void client?.end().catch(() => undefined);
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  async #connected(): Promise<Client> {
    if (this.#client !== undefined) return this.#client;
    const client = new Client({
      connectionString: this.url,
      application_name: 'ledger views, followed',
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
      keepAlive: true,
      types: exactNumbers,
    });
    const lost = (error: Error): void => {
      if (this.#client !== client) return;
      this.#client = undefined;
      this.on.onLost(error);
    };
    client.on('error', lost);
    client.on('end', () => lost(new Error('the connection was ended')));
    client.on('notification', this.on.onNews);
    try {
      await client.connect();
      await client.query('LISTEN views');
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    this.#readable.clear();
    return (this.#client = client);
  }
}
