import { isMaybeDone, type MaybeDone, type PrivateDatabase } from '@ledger/private-database';

const WITHIN_MS = 1_000;

interface Written {
  done(): void;
}

/** Sent to a server that has not said whether it was done: what is counted must not be written twice. */
interface Open {
  readonly error: MaybeDone;
  readonly written: readonly (Written | undefined)[];
}

/**
 * Writes what no answer waits for, at most a second later, all of it in one transaction. What cannot be written stays
 * and is tried again a second later.
 */
export class WriteBehind {
  readonly #writers: (() => Written | undefined)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #open: Open | undefined;

  constructor(
    private readonly db: PrivateDatabase,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** A writer writes all that it has; `done` is called once that is committed. */
  add(writer: () => Written | undefined): void {
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
    if (this.#open !== undefined) this.#settle(this.#open);
    let written: readonly (Written | undefined)[] = [];
    try {
      this.db.inTransaction(() => (written = this.#writers.map((write) => write())));
    } catch (error) {
      if (isMaybeDone(error)) this.#open = { error, written };
      throw error;
    }
    for (const each of written) each?.done();
  }

  /** Writes what is left; nothing may be added after. */
  close(): void {
    clearTimeout(this.#timer);
    this.flush();
  }

  #settle({ error, written }: Open): void {
    if (error.wasDone()) for (const each of written) each?.done();
    this.#open = undefined;
  }
}
