import { setTimeout as pause } from 'node:timers/promises';
import { type EventLog, openSqliteLog } from '@ledger/eventlog';
import { lines, VillageLedger } from '../readmodel/village-ledger.js';
import { temporaryDirectory } from './temporary-directory.js';

const BOOKS = ['book-a', 'book-b', 'book-c', 'book-d'];

/** A ledger in a directory, in which books in several townships are posted to without a pause until it is stopped. */
export class SteadyPostings {
  readonly log: EventLog;
  readonly #directory = temporaryDirectory();
  readonly #ledger: VillageLedger;
  readonly #stopping = new AbortController();
  #posting: Promise<unknown> = Promise.resolve();
  #posted = 0;
  #sinceMs = 0;

  constructor() {
    this.log = openSqliteLog(this.path);
    this.#ledger = new VillageLedger(this.log);
  }

  get path(): string {
    return this.#directory.path;
  }

  /** Facts a second since it was begun. */
  get rate(): number {
    return (this.#posted * 1000) / (performance.now() - this.#sinceMs);
  }

  async begin(): Promise<void> {
    await this.#ledger.open();
    for (const [i, id] of BOOKS.entries()) await this.#ledger.book('2024-01', { id, village: `33060300${i}201` });
    this.#sinceMs = performance.now();
    this.#posting = Promise.all(BOOKS.map(async (book) => this.#post(book)));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#posting;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.log.close();
    this.#directory.remove();
  }

  async #post(book: string): Promise<void> {
    for (let i = 0; !this.#stopping.signal.aborted; i++) {
      const month = String(1 + (Math.floor(i / 200) % 12)).padStart(2, '0');
      await this.#ledger.post(`2024-${month}-10`, {
        book,
        lines: lines('102', i % 3 === 0 ? '50102' : '50103', 1 + i),
      });
      this.#posted++;
      await pause(10);
    }
  }
}
