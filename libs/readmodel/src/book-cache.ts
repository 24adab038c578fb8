import { type Month, nameOfKey, tallies, type Tally } from '@ledger/views';
import type { StoredBooks } from './stored-rows.js';

export interface TallyKey {
  readonly id: number;
  /** The newest versions of its latest months, in order; undefined until first needed. */
  months: Month[] | undefined;
  /** Whether `months` reaches back to the first month of the key. */
  complete: boolean;
}

export interface CachedBook {
  readonly id: number;
  readonly periods: Set<number>;
  readonly keys: ReadonlyMap<Tally, Map<string, TallyKey>>;
}

/**
 * Keys of a book are numbered within a range of the book's own, so that the rows of one book lie together and the
 * numbers do not depend on how the log was cut into batches.
 */
const KEYS_OF_A_BOOK = 2 ** 20;
/** Enough months for the two or three that are open at once; older ones are read back when an entry wants them. */
const MONTHS_KEPT = 3;
/** Later than every month, yyyymm. */
const NEVER = 1_000_000;

/**
 * What the projector must know of the rows it has written: numbers of books and keys, and the latest months. Everything
 * here can be read back from the tables, so it is a cache, dropped by whole books when it grows.
 */
export class BookCache {
  readonly #books = new Map<string, CachedBook>();
  /** Keys whose months may have grown since nothing waited. */
  #used: TallyKey[] = [];
  #lastId: number | undefined;
  #keys = 0;

  constructor(
    private readonly stored: StoredBooks,
    private readonly maxKeys: number,
    /** Books are numbered so far apart: who writes other books of the same tables takes the numbers between. */
    private readonly step: number,
  ) {}

  /** The book as the tables have it, or a new one, announced to `onNew`. */
  book(name: string, onNew: (id: number) => void): CachedBook {
    const cached = this.#books.get(name);
    if (cached !== undefined) return cached;
    const stored = this.stored.bookNumber(name);
    const id = stored ?? this.#nextId();
    const keys = new Map(tallies.map((tally) => [tally, stored === undefined ? new Map() : this.#keysOf(tally, id)]));
    const book: CachedBook = { id, periods: new Set(stored === undefined ? [] : this.stored.periodsOf(id)), keys };
    this.#books.set(name, book);
    if (stored === undefined) onNew(id);
    return book;
  }

  key(book: CachedBook, tally: Tally, name: string, onNew: (id: number) => void): TallyKey {
    const keys = book.keys.get(tally) as Map<string, TallyKey>;
    const known = keys.get(name);
    if (known !== undefined) return known;
    if (keys.size === KEYS_OF_A_BOOK) throw new RangeError(`book ${book.id} has too many keys of ${tally.name}`);
    const key: TallyKey = { id: book.id * KEYS_OF_A_BOOK + keys.size, months: undefined, complete: true };
    keys.set(name, key);
    this.#keys++;
    onNew(key.id);
    return key;
  }

  /**
   * The months of a key back to the last one at or before `period`. What is not at hand is read month by month; that is
   * never a month with rows that still wait, because months are forgotten only when nothing waits.
   */
  months(key: TallyKey, tally: Tally, period: number): Month[] {
    if (key.months === undefined) {
      key.months = [];
      this.#used.push(key);
    } else if (key.months.length >= MONTHS_KEPT) this.#used.push(key);
    while (!key.complete && (key.months[0]?.period ?? NEVER) > period) {
      const earlier = this.stored.monthBefore(tally, key.id, key.months[0]?.period ?? NEVER);
      if (earlier === undefined) key.complete = true;
      else key.months.unshift(earlier);
    }
    return key.months;
  }

  has(book: string): boolean {
    return this.#books.has(book);
  }

  /** The number of a key whose months are not at hand back to one; undefined where they are, and of a new key. */
  lacking(book: string, tally: Tally, name: string, period: number): number | undefined {
    const key = this.#books.get(book)?.keys.get(tally)?.get(name);
    if (key === undefined || key.complete || (key.months?.[0]?.period ?? NEVER) <= period) return undefined;
    return key.id;
  }

  /** Only while nothing waits to be written: what is forgotten must be in the tables. */
  shrink(): void {
    for (const key of this.#used) {
      if (key.months === undefined || key.months.length <= MONTHS_KEPT) continue;
      key.months = key.months.slice(-MONTHS_KEPT);
      key.complete = false;
    }
    this.#used = [];
    if (this.#keys <= this.maxKeys) return;
    // Oldest first in, first out is enough: a book that is still written to costs a few seeks to come back.
    for (const [name, book] of this.#books) {
      if (this.#keys <= this.maxKeys * 0.75) break;
      this.#books.delete(name);
      for (const keys of book.keys.values()) this.#keys -= keys.size;
    }
  }

  clear(): void {
    this.#books.clear();
    this.#used = [];
    this.#keys = 0;
    this.#lastId = undefined;
  }

  #nextId(): number {
    this.#lastId = (this.#lastId ?? this.stored.lastBookNumber()) + this.step;
    return this.#lastId;
  }

  #keysOf(tally: Tally, book: number): Map<string, TallyKey> {
    const rows = this.stored.keysOf(tally, book);
    this.#keys += rows.length;
    return new Map(rows.map(([id, ...parts]) => [nameOfKey(parts), { id, months: undefined, complete: false }]));
  }
}
