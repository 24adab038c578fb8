import { expect } from '@jest/globals';
import type { Answer, RunningLedger } from './running-ledger.js';
import { incomeBody } from './village-books.js';

const READS_A_SECOND = 50;
const WRITES_A_SECOND = 20;

/** A question to a ledger, and what its answer must be besides a success. */
export type Question = () => { readonly path: string; readonly check?: (answer: Answer) => void };

/**
 * People who read and write without a pause while something else happens to a ledger. Every request must succeed, no
 * answer may be of an earlier position than one that was there when it was asked for, and who asks for at least the
 * position of a receipt gets it.
 */
export class SteadyLoad {
  reads = 0;
  writes = 0;
  #newestAnswered = 0;
  #newestReceipt = 0;
  #asked: Promise<void>[] = [];
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly ledger: RunningLedger,
    private readonly said: {
      readonly books: readonly string[];
      readonly today: string;
      readonly questions: readonly Question[];
    },
  ) {}

  start(): void {
    this.#timers.push(
      setInterval(() => this.#asked.push(this.#read()), 1000 / READS_A_SECOND),
      setInterval(() => this.#asked.push(this.#write()), 1000 / WRITES_A_SECOND),
    );
  }

  /** Rejects with the first request that did not go well. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#asked);
  }

  async #read(): Promise<void> {
    const { questions } = this.said;
    const { path, check } = (questions[this.reads++ % questions.length] as Question)();
    // Every other reader wants to see what was just written.
    const least = this.reads % 2 === 0 ? this.#newestReceipt : 0;
    const floor = Math.max(least, this.#newestAnswered);
    const answer = await this.ledger.get<{ knownAt: number }>(path, { 'ledger-min-position': String(least) });
    expect({ path, status: answer.status, text: answer.status === 200 ? '' : answer.text }).toEqual({
      path,
      status: 200,
      text: '',
    });
    expect(answer.body.knownAt).toBeGreaterThanOrEqual(floor);
    this.#newestAnswered = Math.max(this.#newestAnswered, answer.body.knownAt);
    check?.(answer);
  }

  async #write(): Promise<void> {
    const { books, today } = this.said;
    const book = books[this.writes++ % books.length] ?? '';
    const answer = await this.ledger.post<{ position: number }>(`/books/${book}/income`, incomeBody(today, 100));
    expect({ status: answer.status, text: answer.status === 201 ? '' : answer.text }).toEqual({
      status: 201,
      text: '',
    });
    this.#newestReceipt = Math.max(this.#newestReceipt, answer.body.position);
  }
}
