import type { Fact, Posting } from '@ledger/domain';
import { type Month, monthNumber, nameOfKey, tallies, type Tally } from '@ledger/views';
import type { BookCache } from '../book-cache.js';
import type { Changes } from '../changes.js';
import { columnsOf, keyTable } from '../schema.js';
import type { StoredBooks, StoredKey } from '../stored-rows.js';
import type { ReceivableRows } from '../receivable-rows.js';
import type { Connection } from './connection.js';
import { type Shard, wholeLedger } from './shard.js';

/**
 * What is read back of books, fetched for many facts by a few statements before they are added: a statement for each
 * look-up would be a way to the server and back for each.
 */
export class FetchedBooks implements StoredBooks {
  readonly #numbers = new Map<string, number>();
  readonly #periods = new Map<number, number[]>();
  readonly #keys = new Map<Tally, Map<number, StoredKey[]>>();
  readonly #months = new Map<Tally, Map<number, Month[]>>();
  readonly #receivables = new Map<string, string>();
  #lastNumber = 0;

  constructor(
    private readonly connection: Connection,
    private readonly shard: Shard = wholeLedger,
  ) {}

  /** The incomes that facts settle or take back: that is all that a view looks up. */
  async receivablesOf(facts: readonly Fact[], known: ReceivableRows): Promise<void> {
    const wanted = facts.flatMap((fact) => {
      const { book, lines = [], reverses } = fact.data as Partial<Posting>;
      const named = [...lines.flatMap(({ settles }) => settles ?? []), ...(reverses === undefined ? [] : [reverses])];
      return named.flatMap(({ period, voucherNo }) => {
        const month = monthNumber(period);
        return book === undefined || known.has(book, month, voucherNo) ? [] : [[book, month, voucherNo] as const];
      });
    });
    if (wanted.length === 0) return;
    const rows = await this.#rows<{ book: string; period: number; voucher_no: number; state: string }>(
      `SELECT n.book, n.period, n.voucher_no, r.state
       FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS u(book, period, voucher_no)) n
       JOIN book_id i ON i.book = n.book
       CROSS JOIN LATERAL (SELECT v.state FROM receivable v
         WHERE v.book = i.id AND v.period = n.period AND v.voucher_no = n.voucher_no ORDER BY v.position DESC LIMIT 1) r`,
      [0, 1, 2].map((column) => wanted.map((each) => each[column])),
    );
    for (const row of rows) this.#receivables.set(`${row.book} ${row.period} ${row.voucher_no}`, row.state);
  }

  /** What the cache needs to know before these changes are added. */
  async rowsFor(changes: readonly Changes[], cache: BookCache): Promise<void> {
    const posted = changes.flatMap(({ ofTallies }) => ofTallies);
    const rows = changes.flatMap(({ ofRegisters }) => ofRegisters.flatMap(({ changes: added }) => added));
    const named = [
      ...posted.flatMap((of) => of.changes.map(({ book }) => book)),
      ...rows.flatMap(({ book }) => (typeof book === 'string' ? [book] : [])),
    ];
    const missing = [...new Set(named)].filter((book) => !cache.has(book) && !this.#numbers.has(book));
    if (missing.length > 0) await this.#fetchBooks(missing);
    for (const tally of tallies) {
      const own = posted.flatMap((of) => (of.view === tally ? of.changes : []));
      const back = new Map<number, number>();
      for (const { book, key, period } of own) {
        const id = this.#lacking(book, tally, nameOfKey(key), period, cache);
        if (id !== undefined) back.set(id, Math.min(period, back.get(id) ?? period));
      }
      if (back.size > 0) await this.#fetchMonths(tally, back);
    }
  }

  /** What was fetched is in the cache now, or out of date. */
  forget(): void {
    for (const known of [this.#numbers, this.#periods, this.#keys, this.#months, this.#receivables]) known.clear();
  }

  bookNumber(book: string): number | undefined {
    return this.#numbers.get(book);
  }

  lastBookNumber(): number {
    return this.#lastNumber;
  }

  periodsOf(book: number): readonly number[] {
    return this.#periods.get(book) ?? [];
  }

  keysOf(tally: Tally, book: number): readonly StoredKey[] {
    return this.#keys.get(tally)?.get(book) ?? [];
  }

  monthBefore(tally: Tally, key: number, period: number): Month | undefined {
    return this.#months
      .get(tally)
      ?.get(key)
      ?.findLast((month) => month.period < period);
  }

  receivable(book: string, month: number, voucherNo: number): string | undefined {
    return this.#receivables.get(`${book} ${month} ${voucherNo}`);
  }

  /** A book that the cache does not hold yet has its keys here. */
  #lacking(book: string, tally: Tally, name: string, period: number, cache: BookCache): number | undefined {
    if (cache.has(book)) return cache.lacking(book, tally, name, period);
    const keys = this.#keys.get(tally)?.get(this.#numbers.get(book) ?? 0);
    return keys?.find(([, ...parts]) => nameOfKey(parts) === name)?.[0];
  }

  async #fetchBooks(names: readonly string[]): Promise<void> {
    const { number, of } = this.shard;
    const [last] = await this.#rows<{ id: number | null }>('SELECT max(id) AS id FROM book_id WHERE id % $1 = $2', [
      of,
      number,
    ]);
    this.#lastNumber = last?.id ?? number;
    const books = await this.#rows<{ id: number; book: string }>('SELECT * FROM book_id WHERE book = ANY($1)', [names]);
    for (const { id, book } of books) this.#numbers.set(book, id);
    const ids = [books.map(({ id }) => id)];
    const periods = await this.#rows<{ book: number; period: number }>(
      'SELECT book, period FROM book_period WHERE book = ANY($1)',
      ids,
    );
    for (const { book, period } of periods) listIn(this.#periods, book).push(period);
    for (const tally of tallies) {
      const keys = mapIn(this.#keys, tally);
      const rows = await this.#arrays<[number, number, ...string[]]>(
        `SELECT book, id, ${tally.key.join(', ')} FROM ${keyTable(tally)} WHERE book = ANY($1) ORDER BY id`,
        ids,
      );
      for (const [book, ...key] of rows) listIn(keys, book).push(key);
    }
  }

  /** Of each key the newest versions of its months, from the last one at or before a month on. */
  async #fetchMonths(tally: Tally, back: ReadonlyMap<number, number>): Promise<void> {
    const months = mapIn(this.#months, tally);
    const amounts = columnsOf(tally).slice(3);
    const rows = await this.#arrays<[key: number, period: number, ...amounts: number[]]>(
      `SELECT n.key, m.* FROM unnest($1::bigint[], $2::bigint[]) AS n(key, period) CROSS JOIN LATERAL (
         SELECT DISTINCT ON (v.period) v.period, ${amounts.join(', ')} FROM ${tally.name} v
         WHERE v.key = n.key AND v.period >= coalesce(
           (SELECT max(x.period) FROM ${tally.name} x WHERE x.key = n.key AND x.period <= n.period), 0)
         ORDER BY v.period, v.position DESC) m`,
      [[...back.keys()], [...back.values()]],
    );
    for (const key of back.keys()) months.delete(key);
    for (const [key, period, ...rest] of rows) listIn(months, key).push({ period, amounts: rest });
  }

  async #rows<R>(text: string, values: unknown[]): Promise<R[]> {
    const { rows } = await this.connection.query({ text, values });
    return rows as R[];
  }

  async #arrays<R>(text: string, values: unknown[]): Promise<R[]> {
    const { rows } = await this.connection.query({ text, values, rowMode: 'array' });
    return rows as R[];
  }
}

function listIn<K, V>(lists: Map<K, V[]>, key: K): V[] {
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = []));
  return list;
}

function mapIn<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let map = maps.get(key);
  if (map === undefined) maps.set(key, (map = new Map()));
  return map;
}
