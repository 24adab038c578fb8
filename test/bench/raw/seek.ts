import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { scanned } from './scan.js';

interface Stated {
  type: string;
  data: {
    book: string;
    period: string;
    bookedOn?: string;
    lines?: { account: string; side: 'debit' | 'credit'; amountFen: number }[];
  };
}

/** One voucher line of every kind, in columns; the index of all arrays is the line. */
export interface PlainEntries {
  readonly keys: Int32Array;
  readonly days: Int32Array;
  readonly positions: Int32Array;
  readonly nets: Float64Array;
  readonly count: number;
  /** `book account` by the number of the key. */
  readonly names: readonly string[];
}

/**
 * Two tables made from nothing but the texts of a log: plain entries to be summed, and a running balance of each account
 * of a book after every entry, found by one versioned seek a key. They know record time in full, and of business time
 * what a sum can filter.
 */
export class PlainTables {
  readonly #db: DatabaseSync;
  readonly #seek: StatementSync;
  readonly #sum: StatementSync;
  readonly entries: PlainEntries;

  constructor(log: string, file: string, capacity: number) {
    this.#db = new DatabaseSync(file);
    this.#db
      .exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824;
      CREATE TABLE entries (key INTEGER NOT NULL, day INTEGER NOT NULL, position INTEGER NOT NULL, net INTEGER NOT NULL) STRICT;
      CREATE TABLE running (key INTEGER NOT NULL, position INTEGER NOT NULL, balance INTEGER NOT NULL,
        PRIMARY KEY (key, position)) STRICT, WITHOUT ROWID;
      CREATE TABLE keys (key INTEGER PRIMARY KEY) STRICT;`);
    this.entries = collected(log, capacity);
    this.#fill();
    this.#seek = this.#db.prepare(`SELECT k.key, r.balance FROM keys k CROSS JOIN running r ON r.key = k.key
      AND r.position = (SELECT max(x.position) FROM running x WHERE x.key = k.key AND x.position <= ?)`);
    this.#sum = this.#db.prepare(
      'SELECT key, sum(net) AS net FROM entries WHERE day <= ? AND position <= ? GROUP BY key',
    );
    this.#seek.setReturnArrays(true);
    this.#sum.setReturnArrays(true);
  }

  /** The balance of every key known at a position: one versioned seek a key, in one statement. */
  seek(position: number): [key: number, balance: number][] {
    return this.#seek.all(position) as unknown as [number, number][];
  }

  /** The balance of every key by a sum over all entries. */
  sum(day: number, position: number): Map<number, number> {
    return new Map(this.#sum.all(day, position) as unknown as [number, number][]);
  }

  close(): void {
    this.#db.close();
  }

  #fill(): void {
    const { keys, days, positions, nets, count, names } = this.entries;
    const entry = this.#db.prepare('INSERT INTO entries VALUES (?, ?, ?, ?)');
    const numbered = this.#db.prepare('INSERT INTO keys VALUES (?)');
    this.#db.exec('BEGIN');
    names.forEach((_, key) => numbered.run(key));
    for (let i = 0; i < count; i++) entry.run(keys[i] ?? 0, days[i] ?? 0, positions[i] ?? 0, nets[i] ?? 0);
    const order = Uint32Array.from({ length: count }, (_, i) => i).toSorted((a, b) => {
      const byKey = (keys[a] ?? 0) - (keys[b] ?? 0);
      return byKey === 0 ? a - b : byKey;
    });
    const version = this.#db.prepare('INSERT OR REPLACE INTO running VALUES (?, ?, ?)');
    let key = -1;
    let balance = 0;
    for (const i of order) {
      if (keys[i] !== key) balance = 0;
      key = keys[i] ?? 0;
      balance += nets[i] ?? 0;
      version.run(key, positions[i] ?? 0, balance);
    }
    this.#db.exec('COMMIT');
  }
}

/** The same sums over the columns in memory, which takes a hundredth of the time, for checking many answers. */
export function summed({ keys, days, positions, nets, count, names }: PlainEntries, day: number, position: number) {
  const sums = new Float64Array(names.length);
  // Positions never decrease along the lines.
  for (let i = 0; i < count && (positions[i] as number) <= position; i++) {
    if ((days[i] as number) <= day) sums[keys[i] as number] = (sums[keys[i] as number] as number) + (nets[i] as number);
  }
  return sums;
}

function collected(log: string, capacity: number): PlainEntries {
  const keys = new Int32Array(capacity);
  const days = new Int32Array(capacity);
  const positions = new Int32Array(capacity);
  const nets = new Float64Array(capacity);
  const numbers = new Map<string, number>();
  let count = 0;
  scanned(log, ({ position, fact }) => {
    const { type, data } = JSON.parse(fact) as Stated;
    if (data.lines === undefined) return;
    // An opening stands at the end of the month before the book's first.
    const day = type === 'OpeningBalancesRecorded' ? Number(data.period.replace('-', '')) * 100 : dayOf(data.bookedOn);
    for (const { account, side, amountFen } of data.lines) {
      if (count === capacity) throw new RangeError(`more than ${capacity} lines`);
      const name = `${data.book} ${account}`;
      let key = numbers.get(name);
      if (key === undefined) numbers.set(name, (key = numbers.size));
      keys[count] = key;
      days[count] = day;
      positions[count] = position;
      nets[count] = side === 'debit' ? amountFen : -amountFen;
      count++;
    }
  });
  return { keys, days, positions, nets, count, names: [...numbers.keys()] };
}

function dayOf(date: string | undefined): number {
  return Number((date ?? '').replaceAll('-', ''));
}
