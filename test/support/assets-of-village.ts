import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Fact } from '@ledger/domain';
import type { DyingLedger } from './dying-ledger.js';
import { SIGNED, VillageBooks, voucherBody } from './village-books.js';

interface Posting {
  readonly asset: string;
  readonly type: string;
  readonly status: string;
  readonly code?: string;
  readonly period?: string;
  readonly voucherNo?: number;
}

const COST_FEN = 80_000_00;
const paidFrom = (account: string) => ({ settlement: { account }, summary: '购置', ...SIGNED });
const ASKS = ['AssetRegistered', 'AssetImproved', 'AssetDisposed'];

/**
 * Two cards of a book in one round: a pavilion that is registered, improved and disposed of, and a van that was paid for
 * with cash that the book does not have, whose voucher is refused until the cash is there.
 */
export class AssetsOfVillage {
  readonly #van: string;
  readonly #pavilion: string;

  /** The cards of a book are numbered; `before` is how many it has. */
  constructor(
    private readonly ledger: DyingLedger,
    private readonly book: string,
    private readonly before: number,
  ) {
    this.#van = `${book}-${before + 1}`;
    this.#pavilion = `${book}-${before + 2}`;
  }

  /** Asks for everything, one after the other, under keys that stay the same when it is asked again. */
  async ask(): Promise<void> {
    const books = new VillageBooks(this.ledger.running);
    const asked = (path: string, step: string, body: object) =>
      books.accepted(path, body, { 'idempotency-key': `${this.#van}-${step}` });
    const fixed = { class: 'OPERATING', source: 'PURCHASED', costFen: COST_FEN, effectiveOn: '2024-02-15' };
    const van = { ...fixed, name: '送货车', category: 'VEHICLE', acquisition: paidFrom('101') };
    const pavilion = { ...fixed, name: '集市摊棚', category: 'BUILDING', acquisition: paidFrom('211') };
    const improved = { amountFen: 5_000_00, ...paidFrom('211'), effectiveOn: '2024-03-10' };
    const scrapped = { kind: 'SCRAPPED', reason: '拆除', summary: '报废', effectiveOn: '2024-04-20', ...SIGNED };
    await asked(`/books/${this.book}/assets`, 'van', van);
    await asked(`/books/${this.book}/assets`, 'pavilion', pavilion);
    await asked(`/assets/${this.#pavilion}/improve`, 'improve', improved);
    await asked(`/assets/${this.#pavilion}/dispose`, 'dispose', scrapped);
  }

  /** Whether the log has a voucher of these cards, and something that they asked for of which nothing is told. */
  halfBooked(facts: readonly Fact[]): boolean {
    const own = facts.filter(({ data }) => this.#owns((data as { asset?: string }).asset));
    const asked = own.filter(({ type }) => ASKS.includes(type)).length;
    const told = own.filter(({ type }) => /^AssetPost(ed|ingRefused)$/.test(type)).length;
    return this.#vouchers(facts).length > 0 && told < asked;
  }

  /** Everything is booked once or listed as refused; what was refused is booked when the cash is there and it is asked again. */
  async settled(): Promise<void> {
    const books = new VillageBooks(this.ledger.running);
    const refused = { asset: this.#van, type: 'AssetRegistered', status: 'REFUSED', code: 'CASH_NEGATIVE' };
    const posted = ASKS.map((type) => ({ asset: this.#pavilion, type, status: 'POSTED' }));
    expect(await this.#postings()).toMatchObject([refused, ...posted]);
    const drawn = [
      { account: '101', side: 'debit', amountFen: COST_FEN },
      { account: '301', side: 'credit', amountFen: COST_FEN },
    ];
    await books.accepted(`/books/${this.book}/vouchers`, voucherBody('2024-02-01', drawn));
    await books.accepted(`/assets/${this.#van}/retry-posting`, {});
    const all = await this.#postings();
    expect(all).toMatchObject([{ asset: this.#van, status: 'POSTED' }, ...posted]);
    const places = this.#vouchers(await this.ledger.facts());
    expect(places.toSorted()).toEqual(all.map(({ period = '', voucherNo = 0 }) => `${period} ${voucherNo}`).toSorted());
    expect(new Set(places).size).toBe(all.length);
    await this.#cardsEqualBooks();
  }

  async #cardsEqualBooks(): Promise<void> {
    const nothing = { differenceFen: 0 };
    const { body } = await this.ledger.running.get(`/books/${this.book}/asset-comparison?asOf=2024-05-31`);
    const costFen = (this.before / 2 + 1) * COST_FEN;
    expect(body).toMatchObject({
      consistent: true,
      total: { cost: { cardFen: costFen, booksFen: costFen }, depreciation: nothing, disposal: nothing },
    });
  }

  /** By card, each in the order in which it was asked for, once nothing waits. */
  async #postings(): Promise<Posting[]> {
    for (let tries = 0; tries < 1000; tries++) {
      const { body } = await this.ledger.running.get<{ rows: Posting[] }>(`/books/${this.book}/asset-postings`);
      const own = body.rows.filter(({ asset }) => this.#owns(asset));
      if (own.length === 1 + ASKS.length && own.every(({ status }) => status !== 'WAITING')) {
        const place = ({ asset, type }: Posting) => (asset === this.#van ? -1 : ASKS.indexOf(type));
        return own.toSorted((a, b) => place(a) - place(b));
      }
      await sleep(10);
    }
    throw new Error(`${this.book}: postings of assets are still on their way`);
  }

  #vouchers(facts: readonly Fact[]): string[] {
    return facts.flatMap(({ type, data }) => {
      const { lines, period, voucherNo } = data as { lines?: { asset?: string }[]; period: string; voucherNo: number };
      if (type !== 'VoucherPosted' || lines?.some(({ asset }) => this.#owns(asset)) !== true) return [];
      return [`${period} ${voucherNo}`];
    });
  }

  #owns(asset: string | undefined): boolean {
    return asset === this.#van || asset === this.#pavilion;
  }
}
