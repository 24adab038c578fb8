import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '@ledger/private-database';

const WITHIN_MS = 1_000;

/**
 * Writes what no answer waits for, at most a second later, all of it in one transaction. What cannot be written stays
 * and is tried again a second later.
 */
export class WriteBehind {
  readonly #writers: (() => { done(): void } | undefined)[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: DatabaseSync,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** A writer writes all that it has; `done` is called once that is committed. */
  add(writer: () => { done(): void } | undefined): void {
    this.#writers.push(writer);
  }

  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      try {
        this.flush();
      } catch (error) {
        this.onError(error);
        this.soon();
      }
    }, WITHIN_MS).unref();
  }

  flush(): void {
    const written = inTransaction(this.db, () => this.#writers.map((write) => write()));
    for (const each of written) each?.done();
  }

  /** Writes what is left; nothing may be added after. */
  close(): void {
    clearTimeout(this.#timer);
    this.flush();
  }
}
