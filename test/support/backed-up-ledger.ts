import { join } from 'node:path';
import { type RunningLedger, startLedger } from './running-ledger.js';
import { pdf, type SampleFile } from './sample-files.js';
import { incomeBody, VillageBooks } from './village-books.js';

/** A running ledger with two books and vouchers with their papers: enough to back up. */
export class LedgerWithPapers {
  #papers = 0;

  private constructor(
    readonly ledger: RunningLedger,
    readonly books: readonly string[],
  ) {}

  static async start(directory: string): Promise<LedgerWithPapers> {
    const ledger = await startLedger(join(directory, 'data'));
    try {
      const villages = new VillageBooks(ledger);
      await villages.district();
      const books = [(await villages.book()).id, (await villages.book({ township: '330603002' })).id];
      const started = new LedgerWithPapers(ledger, books);
      for (let n = 0; n < 6; n++) await started.enter(`paper-${n}`);
      return started;
    } catch (error) {
      await ledger.kill();
      throw error;
    }
  }

  /** Stores a paper, and books an income that names it; gives the receipt. */
  async enter(key: string, paper: SampleFile = pdf(`${key} ${++this.#papers}`, 3000)): Promise<string> {
    await this.store(paper);
    return this.book(key, paper.sha256);
  }

  async store({ sha256, bytes }: SampleFile): Promise<void> {
    const { status, text } = await this.ledger.put(`/attachments/${sha256}`, bytes);
    if (status >= 300) throw new Error(text);
  }

  /** The same key for the same paper again gives the first receipt. */
  async book(key: string, evidence: string, ledger = this.ledger): Promise<string> {
    const book = this.books[key.length % this.books.length];
    const income = incomeBody('2024-01-20', 12_800_00, { evidence: [evidence] });
    const { status, text } = await ledger.post(`/books/${book}/income`, income, { 'idempotency-key': key });
    if (status !== 201) throw new Error(text);
    return text;
  }
}
