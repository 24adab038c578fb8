import { readFact } from '@ledger/domain';
import type { RecordedFact } from '@ledger/eventlog';
import type { Changes } from '../changes.js';
import type { GenerationWriter } from '../kept-generations.js';
import { endsAnAppend } from '../projector.js';
import { type Reached, StagedRows } from '../staged-rows.js';
import type { Connection } from './connection.js';
import { copyLines, linesOf } from './copy-rows.js';
import { FetchedBooks } from './fetched-books.js';
import { FetchedThings } from './fetched-things.js';
import { OwnThings } from './own-things.js';
import { generationOf } from './postgres-generations.js';
import { type Shard, wholeLedger } from './shard.js';

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

export interface ProjectorOptions {
  /** What of the ledger it adds up; the whole of it unless said. */
  readonly shard?: Shard;
  /** Whether its commits tell those who listen on `views` that there are new rows. */
  readonly tells?: boolean;
  readonly maxCachedKeys?: number;
  /** What becomes of the connection when it is closed; unless said it is ended. */
  readonly leave?: () => Promise<void>;
}

/**
 * Turns facts into rows of a PostgreSQL schema, the same rows as those of a file. What a batch looks up is fetched for all
 * its facts before they are added; rows are copied in the order of their keys, with the checkpoint in one transaction, and
 * only where the checkpoint still stands where this projector left it. Of another shard's facts only their places count. After an
 * error nothing of the open transaction remains; on a lost connection the caller opens another one.
 */
export class PostgresProjector implements GenerationWriter {
  readonly #own: OwnThings;
  readonly #books: FetchedBooks;
  readonly #things: FetchedThings;
  readonly #staged: StagedRows;

  private constructor(
    private readonly connection: Connection,
    private readonly schema: string,
    reached: Reached,
    private readonly options: ProjectorOptions,
  ) {
    const { shard = wholeLedger, maxCachedKeys } = options;
    this.#own = new OwnThings(connection, shard);
    this.#books = new FetchedBooks(connection, shard);
    this.#things = new FetchedThings(connection);
    this.#staged = new StagedRows({ books: this.#books, things: this.#things }, reached, maxCachedKeys, shard.of);
  }

  /** Over a connection that is in the schema of a generation. */
  static async on(connection: Connection, options: ProjectorOptions = {}): Promise<PostgresProjector> {
    const { number } = options.shard ?? wholeLedger;
    const { rows } = await connection.query<Reached>('SELECT position, leaf FROM generation WHERE shard = $1', [
      number,
    ]);
    const [reached] = rows;
    if (reached === undefined) throw new RangeError(`the generation has no checkpoint of shard ${number}`);
    return new PostgresProjector(connection, connection.schema, reached, options);
  }

  get checkpoint(): number {
    return this.#staged.committed.position;
  }

  get generation(): number {
    return generationOf(this.schema);
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
      const all = facts.map((recorded) => ({ recorded, fact: readFact(recorded.fact) }));
      const own = await this.#own.areOf(all.map(({ fact }) => fact));
      const ownFacts = all.flatMap(({ fact }, i) => (own[i] === true ? [fact] : []));
      await this.#books.receivablesOf(ownFacts, this.#staged.receivables);
      const changes: Changes[] = [];
      all.forEach(({ recorded, fact }, i) => {
        if (own[i] === true) changes.push(this.#staged.reduce(recorded, fact));
        else this.#staged.pass(recorded);
      });
      await this.#books.rowsFor(changes, this.#staged.cache);
      await this.#things.rowsFor(changes, this.#staged.histories);
      for (const change of changes) this.#staged.add(change);
    });
  }

  async commit(): Promise<void> {
    const { reached, committed } = this.#staged;
    if (reached.position === committed.position) return;
    const { shard = wholeLedger, tells = false } = this.options;
    await this.#orNothing(async () => {
      await this.connection.query('BEGIN');
      // First, so that of two projectors one waits here for the other, and finds that it has gone on.
      const { rowCount } = await this.connection.query(
        'UPDATE generation SET position = $1, leaf = $2 WHERE shard = $3 AND position = $4',
        [reached.position, reached.leaf, shard.number, committed.position],
      );
      if (rowCount !== 1) throw new Overtaken(committed.position);
      for (const { table, run } of this.#staged.runs) await copyLines(this.connection, linesOf(table, run));
      await copyLines(this.connection, this.#own.lines());
      await this.connection.query(tells ? 'NOTIFY views; COMMIT' : 'COMMIT');
    });
    this.#forget();
    this.#staged.settle();
    this.#own.shrink();
  }

  async close(): Promise<void> {
    this.#giveUp();
    await (this.options.leave ?? (() => this.connection.end()))();
  }

  async #orNothing(work: () => Promise<void>): Promise<void> {
    try {
      // Another generation may be brought up on the same connection.
      await this.connection.goTo(this.schema);
      await work();
    } catch (error) {
      this.#giveUp();
      // Where the connection is lost, the server has rolled back by itself.
      await this.connection.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  #giveUp(): void {
    this.#forget();
    this.#staged.giveUp();
    this.#own.giveUp();
  }

  #forget(): void {
    this.#books.forget();
    this.#things.forget();
  }
}
