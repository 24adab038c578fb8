import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Fact, readFact } from '@ledger/domain';
import { openSqliteLogForReading } from '@ledger/eventlog';
import { type RunningLedger, startLedger } from './running-ledger.js';

/** A moment in the writing of the n-th append that has a fact of a type. */
export interface Failpoint {
  readonly at: 'before-commit' | 'after-commit';
  readonly in: string;
  readonly on: number;
}

/** One ledger that kills itself again and again, over one data directory. */
export class DyingLedger {
  #running: RunningLedger | undefined;

  constructor(private readonly directory: string) {}

  get running(): RunningLedger {
    assert.ok(this.#running !== undefined, 'the ledger was not started');
    return this.#running;
  }

  /** It lives on until `diesWhile`. */
  async start({ at, in: type, on }: Failpoint): Promise<void> {
    const env = { FAILS_AT: at, FAILS_IN: type, FAILS_ON: String(on) };
    this.#running = await startLedger(this.directory, { entry: 'dist/test/support/failing-ledger.js', env });
  }

  /** From now on the moment may come, and it does come before what is asked for is all done. */
  async diesWhile(asked: () => Promise<unknown>): Promise<void> {
    const { process: child } = this.running;
    const ended = once(child, 'exit', { signal: AbortSignal.timeout(20_000) });
    child.kill('SIGUSR2');
    // What is asked when it dies finds no answer; an answer that refuses it is why it did not die.
    const [died, answered] = await Promise.allSettled([ended, asked()]);
    assert.equal(died.status, 'fulfilled', answered.status === 'rejected' ? String(answered.reason) : 'it lives');
    assert.equal(child.signalCode, 'SIGKILL', this.running.output());
  }

  /** What the log itself holds, whoever else writes to it. */
  async facts(): Promise<Fact[]> {
    const log = openSqliteLogForReading(this.directory);
    const recorded = await log.readAfter(0, 100_000);
    await log.close();
    return recorded.map(({ fact }) => readFact(fact));
  }
}
