import { type Line, redLetter } from '@ledger/accounting';
import { type EventLog, openSqliteLog } from '@ledger/eventlog';
import { lastDay, type Posting } from '@ledger/domain';
import { seeded } from '../readmodel/random-ledger.js';
import { account, lines, NEIGHBOUR, VILLAGE, VillageLedger } from '../readmodel/village-ledger.js';

const BOOKS = 250;
const INCOME = ['50102', '50103', '50105', '50202', '50301', '504'];
const EXPENSE = ['51302', '51304', '511', '51401', '515'];
const TYPES = ['IncomeRecorded', 'ExpenseRecorded', 'VoucherPosted'];
const MONTHS = 36;

/** Entries, late entries, corrections, reversals, closing vouchers and closes of 250 books over three years. */
export async function recordLongLedger(directory: string, facts: number): Promise<number> {
  const log = openSqliteLog(directory);
  try {
    await new LongLedger(log).tell(facts);
    return await log.head();
  } finally {
    await log.close();
  }
}

class LongLedger {
  readonly #ledger: VillageLedger;
  readonly #random = seeded(11);
  readonly #books = Array.from({ length: BOOKS }, (_, i) => `book-${i}`);
  readonly #last = new Map<string, { effectiveOn: string; posting: Posting }>();

  constructor(log: EventLog) {
    this.#ledger = new VillageLedger(log);
  }

  async tell(facts: number): Promise<void> {
    await this.#ledger.open();
    await this.#ledger.divisions();
    await this.#everyBook((id, i) => this.#ledger.book('2024-01', { id, village: i % 2 === 0 ? VILLAGE : NEIGHBOUR }));
    await this.#everyBook((book, i) => this.#opening(book, i));
    const rounds = Math.ceil(facts / BOOKS);
    let closed = 0;
    // The books take turns, so that the appends of one round share a commit.
    for (let round = 0; round < rounds; round++) {
      const month = Math.floor((round / rounds) * MONTHS);
      await this.#everyBook((book) => this.#entry(book, month));
      for (; closed < month - 2; closed++) {
        const period = periodOf(closed);
        await this.#everyBook((book) => this.#ledger.close(period, book));
      }
    }
  }

  async #everyBook(record: (book: string, index: number) => Promise<unknown>): Promise<void> {
    await Promise.all(this.#books.map(record));
  }

  async #opening(book: string, index: number): Promise<number> {
    const balances = [
      { account: account('102'), side: 'debit', amountFen: 1_000_000 + index },
      { account: account('301'), side: 'credit', amountFen: 1_000_000 + index },
    ];
    return this.#ledger.opening('2024-01', balances, { book });
  }

  /** Mostly of this month, sometimes of an open one before it, of a closed one, or the reversal of the last entry. */
  async #entry(book: string, now: number): Promise<number> {
    const oldestOpen = periodOf(Math.max(0, now - 2));
    const last = this.#last.get(book);
    if (this.#random() < 0.05 && last !== undefined && last.posting.period >= oldestOpen) {
      this.#last.delete(book);
      const { period, voucherNo } = last.posting;
      const said = { lines: redLetter(last.posting.lines), period, reverses: { period, voucherNo } };
      return this.#ledger.post(last.effectiveOn, { ...said, book, kind: 'reversal', type: 'VoucherReversed' });
    }
    const what = this.#random();
    const back = what < 0.75 ? 0 : what < 0.93 ? 1 : 3 + this.#below(6);
    const month = periodOf(Math.max(0, now - back));
    const effectiveOn = `${month}-${String(1 + this.#below(28)).padStart(2, '0')}`;
    const corrects = { period: month, reason: '补记漏记单据' };
    const correction = month < oldestOpen ? { period: oldestOpen, bookedOn: lastDay(oldestOpen), corrects } : {};
    const said = { ...correction, book, kind: this.#random() < 0.02 ? 'closing' : 'ordinary' } as const;
    const entry = this.#ledger.posting(effectiveOn, { ...said, lines: this.#lines(), type: this.#pick(TYPES) });
    if (said.kind === 'ordinary') this.#last.set(book, { effectiveOn, posting: entry.data });
    // Some appends hold several facts, which no batch may tear apart.
    const more = this.#random() < 0.03 ? [this.#ledger.posting(effectiveOn, { ...said, lines: this.#lines() })] : [];
    return this.#ledger.append(`ledger-${book}-${entry.data.period.slice(0, 4)}`, entry, ...more);
  }

  #lines(): Line[] {
    const amountFen = 1 + this.#below(500_000);
    const project = this.#random() < 0.5 ? `project-${this.#below(4)}` : undefined;
    return this.#random() < 0.5
      ? lines(this.#pick(['101', '102', '112']), this.#pick(INCOME), amountFen, project)
      : lines(this.#pick(EXPENSE), this.#pick(['102', '211']), amountFen, project);
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick(from: readonly string[]): string {
    return from[this.#below(from.length)] ?? '';
  }
}

function periodOf(month: number): string {
  return `${2024 + Math.floor(month / 12)}-${String(1 + (month % 12)).padStart(2, '0')}`;
}
