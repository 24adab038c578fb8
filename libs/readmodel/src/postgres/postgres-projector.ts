import type { Client } from 'pg';
import { readFact } from '@ledger/domain';
import type { RecordedFact } from '@ledger/eventlog';
import { endsAnAppend, type ViewsWriter } from '../projector.js';
import { type Reached, StagedRows } from '../staged-rows.js';
import { copyRows } from './copy-rows.js';
import { FetchedBooks } from './fetched-books.js';
import { FetchedThings } from './fetched-things.js';

/** Another projector has written rows of this generation meanwhile: this one is not to write any more. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';

  constructor(position: number) {
    super(
      `视图的断点已不在${position},另有投影进程在写。` +
        ` The views are no longer at position ${position}: another projector writes them.`,
    );
  }
}

/**
 * Turns facts into rows of a PostgreSQL schema, the same rows as those of a file. What a batch looks up is fetched for all
 * its facts before they are added; rows are copied in the order of their keys, with the checkpoint in one transaction, and
 * only where the checkpoint still stands where this projector left it. After an error nothing of the open transaction
 * remains; on a lost connection the caller opens another one.
 */
export class PostgresProjector implements ViewsWriter {
  readonly #books: FetchedBooks;
  readonly #things: FetchedThings;
  readonly #staged: StagedRows;

  private constructor(
    private readonly client: Client,
    reached: Reached,
    maxCachedKeys?: number,
  ) {
    this.#books = new FetchedBooks(client);
    this.#things = new FetchedThings(client);
    this.#staged = new StagedRows({ books: this.#books, things: this.#things }, reached, maxCachedKeys);
  }

  /** Over a connection to the schema of a generation, which it ends when it is closed. */
  static async on(client: Client, maxCachedKeys?: number): Promise<PostgresProjector> {
    const { rows } = await client.query<Reached>('SELECT position, leaf FROM generation');
    const [reached] = rows;
    if (reached === undefined) throw new RangeError('the generation has no checkpoint');
    return new PostgresProjector(client, reached, maxCachedKeys);
  }

  get checkpoint(): number {
    return this.#staged.committed.position;
  }

  get waitingRows(): number {
    return this.#staged.waiting;
  }

  async apply(facts: readonly RecordedFact[]): Promise<void> {
    await this.stage(facts);
    await this.commit();
  }

  async stage(facts: readonly RecordedFact[]): Promise<void> {
    endsAnAppend(facts);
    await this.#orNothing(async () => {
      const read = facts.map(({ fact }) => readFact(fact));
      await this.#books.receivablesOf(read);
      const changes = facts.map((recorded, i) => this.#staged.reduce(recorded, read[i] as (typeof read)[number]));
      await this.#books.rowsFor(changes, this.#staged.cache);
      await this.#things.rowsFor(changes, this.#staged.histories);
      for (const change of changes) this.#staged.add(change);
    });
  }

  async commit(): Promise<void> {
    const { position, leaf } = this.#staged.reached;
    const { position: before } = this.#staged.committed;
    if (position === before) return;
    await this.#orNothing(async () => {
      await this.client.query('BEGIN');
      // First, so that of two projectors one waits here for the other, and finds that it has gone on.
      const { rowCount } = await this.client.query(
        'UPDATE generation SET position = $1, leaf = $2 WHERE position = $3',
        [position, leaf, before],
      );
      if (rowCount !== 1) throw new Overtaken(before);
      for (const { table, run } of this.#staged.runs) await copyRows(this.client, table, run);
      await this.client.query('COMMIT');
    });
    this.#forget();
    this.#staged.settle();
  }

  async close(): Promise<void> {
    this.#staged.giveUp();
    await this.client.end();
  }

  async #orNothing(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#forget();
      this.#staged.giveUp();
      // Where the connection is lost, the server has rolled back by itself.
      await this.client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  #forget(): void {
    this.#books.forget();
    this.#things.forget();
  }
}
