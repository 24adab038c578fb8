import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Receipt } from '@ledger/eventlog';
import type { Answer, RunningLedger } from './running-ledger.js';
import { incomeBody, settlementBody, VillageBooks } from './village-books.js';

const WRITERS = 8;
const YEAR = 2024;
const AGAIN_AFTER_MS = 20;
/** What a program of ours may answer while others are away: ask again with the same key. */
const PASSING = new Set([502, 503]);

/**
 * Accountants who write to the api of a cluster without a pause: each opens a book, posts, closes its year, and opens the next. What is
 * not answered, or with "try again", they ask again with the same key of whichever api is there, until it is acknowledged.
 */
export class ClusterLoad {
  readonly receipts: Receipt[] = [];
  readonly projects: string[] = [];
  incomes = 0;
  closes = 0;
  /** The longest time in which nothing was acknowledged. */
  longestSilenceMs = 0;
  /** How many requests had to be asked again. */
  again = 0;
  underWay = 0;
  readonly #books: VillageBooks;
  #partners: { village: string; creditCode: string }[] = [];
  #isOn = true;
  #writing: Promise<unknown> = Promise.resolve();
  #facts = 0;
  #heardAtMs = 0;
  #beganAtMs = 0;
  #endedAtMs = 0;

  constructor(private readonly apis: () => readonly RunningLedger[]) {
    this.#books = new VillageBooks({
      get: async () => Promise.reject(new Error('who writes reads nothing')),
      post: async <B>(path: string, body: unknown) => (await this.#insist(path, body)) as unknown as Answer<B>,
    });
  }

  async open(): Promise<void> {
    await this.#books.district();
    this.#partners = [await this.#books.book(), await this.#books.book()];
  }

  begin(): void {
    this.#beganAtMs = this.#heardAtMs = performance.now();
    this.longestSilenceMs = 0;
    this.#facts = 0;
    this.#writing = Promise.all(Array.from({ length: WRITERS }, async () => this.#write()));
  }

  /** Resolves when everything that was asked is acknowledged. */
  async stop(): Promise<void> {
    this.#isOn = false;
    await this.#writing;
    this.#endedAtMs = performance.now();
  }

  /** Facts a second that were acknowledged. */
  get rate(): number {
    const untilMs = this.#endedAtMs || performance.now();
    return Math.round((this.#facts * 1000) / (untilMs - this.#beganAtMs));
  }

  /** A joint project of two villages whose month is settled now; its shares are booked by whoever does that. */
  async settle(): Promise<void> {
    const [lead, other] = this.#partners;
    const effectiveOn = '2024-01-01';
    const villages = { leadVillage: lead?.village ?? '', villages: [other?.village ?? ''] };
    const project = await this.#books.project({ ...villages, effectiveOn });
    const shares = this.#partners.map(({ village, creditCode }, index) => ({
      village,
      basisPoints: index === 0 ? 6000 : 4000,
      organization: creditCode,
    }));
    await this.#books.accepted(`/projects/${project}/allocation-schemes`, { shares, effectiveOn });
    await this.#books.accepted(`/projects/${project}/settlements`, settlementBody('2024-01-31', 100_00));
    this.projects.push(project);
  }

  /** Asks until it is acknowledged; refusals of the rules are errors. */
  async #insist(path: string, body: unknown): Promise<Answer<Receipt>> {
    const headers = { 'idempotency-key': randomUUID() };
    for (let n = 0; ; n++) {
      const answer = await this.#asked(path, body, headers, n);
      if (answer !== undefined) {
        if (answer.status === 201) this.#acknowledged(answer.body);
        return answer;
      }
      this.again++;
      await sleep(AGAIN_AFTER_MS);
    }
  }

  async #asked(
    path: string,
    body: unknown,
    headers: Record<string, string>,
    nth: number,
  ): Promise<Answer<Receipt> | undefined> {
    const apis = this.apis();
    this.underWay++;
    try {
      const answer = await apis[nth % apis.length]?.post<Receipt>(path, body, headers);
      return answer !== undefined && PASSING.has(answer.status) ? undefined : answer;
    } catch (error) {
      // Undici's word for a connection that broke.
      if ((error as Error).name !== 'TypeError') throw error;
      return undefined;
    } finally {
      this.underWay--;
    }
  }

  #acknowledged(receipt: Receipt): void {
    this.receipts.push(receipt);
    this.#facts += receipt.facts.length;
    const nowMs = performance.now();
    this.longestSilenceMs = Math.max(this.longestSilenceMs, nowMs - this.#heardAtMs);
    this.#heardAtMs = nowMs;
  }

  async #write(): Promise<void> {
    while (this.#isOn) {
      // Begun in December, a year is closed by one request, which records several facts at once.
      const { id } = await this.#books.book({ startPeriod: `${YEAR}-12` });
      for (let n = 0; n < 4; n++) {
        await this.#books.accepted(`/books/${id}/income`, incomeBody(`${YEAR}-12-15`, 100 + this.incomes));
        this.incomes++;
      }
      await this.#books.closeYear(id, YEAR);
      this.closes++;
    }
  }
}
