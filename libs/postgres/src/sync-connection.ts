import { channel } from 'node:diagnostics_channel';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Answered, Failed, ThreadData, Told, Value } from './asked.js';
import { databaseError, DatabaseUnavailable } from './errors.js';

export interface SyncConnectionOptions {
  /** postgres://… */
  readonly url: string;
  /** What the database calls the connection, in `pg_stat_activity`. */
  readonly name: string;
  /** Of the session, such as `search_path` and `statement_timeout`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** How long one statement may take, with making the connection where there is none. */
  readonly deadlineMs?: number;
  /** How often something is said on a connection that is not asked, for an `idle_session_timeout` to tell the living. */
  readonly heartbeatMs?: number;
}

export interface Rows<R> {
  readonly rows: R[];
  /** Of rows given or changed. */
  readonly rowCount: number;
}

/** Who wants to know what waiting costs listens here; it costs nothing while nobody does. */
const waits = channel('ledger.postgres');
const DEADLINE_MS = 15_000;
/** Within the deadline, so that a database that is not there is told from one that is slow. */
const CONNECT_WITHIN_MS = 3_000;

/**
 * A connection to PostgreSQL that answers at once, as a file does: a thread asks, and the caller stands still meanwhile. So
 * what is written for SQLite, where everything between two awaits is one turn, holds here too. A connection that is lost is
 * made anew by the thread; what was asked of it is answered by `DatabaseUnavailable`, never asked twice. Bigints and
 * numerics come as exact numbers, or not at all (`RangeError` by way of `DatabaseUnavailable`).
 */
export class SyncConnection {
  readonly #port: MessagePort;
  readonly #signal: Int32Array;
  readonly #deadlineMs: number;
  readonly #name: string;
  #number = 0;
  /** Of the transaction that is open. */
  #connection: number | undefined;
  #waitedMs = 0;
  #isClosed = false;

  constructor({ url, name, settings = {}, deadlineMs = DEADLINE_MS, heartbeatMs = 0 }: SyncConnectionOptions) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#deadlineMs = deadlineMs;
    this.#name = name;
    this.#signal = new Int32Array(new SharedArrayBuffer(4));
    const connectWithinMs = Math.min(CONNECT_WITHIN_MS, deadlineMs);
    const workerData: ThreadData = {
      url,
      name,
      // What nobody waits for any more the server need not go on with.
      settings: { statement_timeout: `${deadlineMs}ms`, ...settings },
      connectWithinMs,
      heartbeatMs,
      port: port2,
      signal: this.#signal,
    };
    const worker = new Worker(THREAD, { workerData, transferList: [port2], execArgv: [] });
    worker.unref();
    port1.unref();
  }

  /** How long this process has stood still for the database, in all. */
  get waitedMs(): number {
    return this.#waitedMs;
  }

  /** Values are `$1`, `$2`, …; a text without any may be several statements, of which the last one's rows are given. */
  query<R = Record<string, unknown>>(
    text: string,
    values?: readonly Value[],
    { rowMode }: { rowMode?: 'array' } = {},
  ): Rows<R> {
    return this.#ask(text, values, rowMode) as unknown as Rows<R>;
  }

  /**
   * All of it or nothing. Where the connection is lost on the way nothing of it stays, and no later statement of `work` is
   * carried out on another connection. `DatabaseUnavailable` from the COMMIT itself leaves open whether it was done.
   */
  inTransaction<T>(work: () => T, begin = 'BEGIN'): T {
    const before = this.#connection;
    if (before !== undefined) throw new Error('a transaction is open already');
    this.#connection = this.#ask(begin, undefined, undefined).connection;
    try {
      const result = work();
      const { command } = this.#ask('COMMIT', undefined, undefined);
      // Of a transaction in which a statement failed a COMMIT is carried out as a ROLLBACK, and reports no error.
      if (command !== 'COMMIT') throw new Error('a statement failed, so nothing of the transaction was recorded');
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    } finally {
      this.#connection = undefined;
    }
  }

  get isInTransaction(): boolean {
    return this.#connection !== undefined;
  }

  /** Runs statements now, and each time the connection is made anew before anything is asked of it. */
  beginWith(statements: readonly string[]): void {
    this.#tell({ to: 'begin-with', statements });
    for (const statement of statements) this.query(statement);
  }

  /** Whoever asks afterwards is refused at once. */
  close(): void {
    this.#isClosed = true;
    this.#tell({ to: 'end' });
    this.#port.close();
  }

  #rollBack(): void {
    try {
      this.#ask('ROLLBACK', undefined, undefined);
    } catch {
      // Where the connection is lost, the server has rolled back by itself.
    }
  }

  #ask(text: string, values: readonly Value[] | undefined, rowMode: 'array' | undefined): Answered {
    if (this.#isClosed) throw databaseError('the connection is closed', undefined);
    const number = ++this.#number;
    const connection = this.#connection;
    const since = performance.now();
    let available = false;
    try {
      const seen = Atomics.load(this.#signal, 0);
      this.#tell({ to: 'ask', asked: { number, text, values, rowMode, connection } });
      const answer = this.#answerTo(number, seen, since + this.#deadlineMs);
      const error = 'message' in answer ? databaseError(answer.message, answer.code) : undefined;
      available = !(error instanceof DatabaseUnavailable);
      if (error !== undefined) throw error;
      return answer as Answered;
    } finally {
      const tookMs = performance.now() - since;
      this.#waitedMs += tookMs;
      if (waits.hasSubscribers) waits.publish({ connection: this.#name, tookMs, available });
    }
  }

  /** Answers to what was given up before come late, and are nobody's. */
  #answerTo(number: number, seen: number, untilMs: number): Answered | Failed {
    for (let last = seen; ; last = Atomics.load(this.#signal, 0)) {
      for (let got = receiveMessageOnPort(this.#port); got !== undefined; got = receiveMessageOnPort(this.#port)) {
        const answer = got.message as Answered | Failed;
        if (answer.number === number) return answer;
      }
      const leftMs = untilMs - performance.now();
      if (leftMs <= 0 || Atomics.wait(this.#signal, 0, last, leftMs) === 'timed-out') {
        this.#tell({ to: 'give-up' });
        throw new DatabaseUnavailable(
          `数据库在${this.#deadlineMs}毫秒内没有回答,请稍后重试。The database did not answer within ${this.#deadlineMs} ms; try again later.`,
        );
      }
    }
  }

  #tell(told: Told): void {
    this.#port.postMessage(told);
  }
}

/** Opens a connection, or throws `DatabaseUnavailable` where there is none to be had. */
export function openSyncConnection(options: SyncConnectionOptions): SyncConnection {
  const connection = new SyncConnection(options);
  try {
    connection.query('SELECT 1');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

const THREAD = new URL(import.meta.url.endsWith('.ts') ? './asking-thread.ts' : './asking-thread.js', import.meta.url);
