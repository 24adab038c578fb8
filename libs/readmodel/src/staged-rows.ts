import { CorruptLog, type Fact } from '@ledger/domain';
import type { RecordedFact } from '@ledger/eventlog';
import {
  type Cell,
  type ColumnType,
  nameOfKey,
  postTo,
  type Register,
  registers,
  type Row,
  type Tally,
  type TallyChange,
} from '@ledger/views';
import { BookCache, type CachedBook, type TallyKey } from './book-cache.js';
import { type Changes, ReducedFacts } from './changes.js';
import { HistoryRows } from './history-rows.js';
import { type KeySortedRun, keySortedRun } from './key-sorted-run.js';
import { ReceivableRows } from './receivable-rows.js';
import { keyTable, rowTables, type Table } from './schema.js';
import type { Stored, StoredRows } from './stored-rows.js';

/** Keys of some thousands of books; each costs some 400 bytes. */
const MAX_CACHED_KEYS = 150_000;

const columnsOfRegister = new Map(registers.map((view) => [view, Object.entries(view.columns)]));

/** How far rows go, and the leaf of the fact there: it tells this log from every other. */
export interface Reached {
  readonly position: number;
  readonly leaf: string;
}

/**
 * The rows that facts make, as they wait for a commit. Everything here happens in memory, but for what is read back of rows
 * that were written before; so a projector differs from another one only in where its rows are kept.
 */
export class StagedRows {
  readonly cache: BookCache;
  readonly histories: HistoryRows;
  readonly receivables: ReceivableRows;
  readonly #reduced: ReducedFacts;
  readonly #runs: ReadonlyMap<string, { readonly table: Table; readonly run: KeySortedRun }>;
  #committed: Reached;
  #reached: Reached;
  #waiting = 0;

  constructor(stored: StoredRows, committed: Reached, maxCachedKeys = MAX_CACHED_KEYS, shards = 1) {
    this.cache = new BookCache(stored.books, maxCachedKeys, shards);
    this.histories = new HistoryRows(stored.things, (table, row) => this.#write(table, row));
    this.receivables = new ReceivableRows(stored.books);
    this.#reduced = new ReducedFacts(this.receivables);
    this.#runs = new Map(rowTables.map((table) => [table.name, { table, run: keySortedRun(table) }]));
    this.#committed = this.#reached = committed;
  }

  /** Up to where the rows are written, and up to where they are worked out. */
  get committed(): Reached {
    return this.#committed;
  }

  get reached(): Reached {
    return this.#reached;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** What the next fact changes; nothing is added yet. What is looked up for it must be at hand. */
  reduce(recorded: RecordedFact, fact: Fact): Changes {
    const { position } = recorded;
    this.#follows(recorded);
    try {
      const changes = this.#reduced.of(fact, position);
      this.receivables.endOfFact();
      this.#reached = reachedBy(recorded);
      return changes;
    } catch (error) {
      throw notAddedUp(fact, position, error);
    }
  }

  /** The next fact is another shard's to add up; it is behind this one then as well. */
  pass(recorded: RecordedFact): void {
    this.#follows(recorded);
    this.#reached = reachedBy(recorded);
  }

  add(changes: Changes): void {
    const { position, ofTallies, ofRegisters, ofHistories } = changes;
    try {
      for (const { view, changes: said } of ofTallies) for (const change of said) this.#post(view, change, position);
      for (const { view, changes: rows } of ofRegisters) for (const row of rows) this.#add(view, row);
      for (const { view, changes: said } of ofHistories) {
        for (const change of said) this.histories.post(view, change, changes);
      }
    } catch (error) {
      throw notAddedUp(changes, position, error);
    }
  }

  /** What waits, table by table, to be handed out in the order of the keys. */
  get runs(): Iterable<{ readonly table: Table; readonly run: KeySortedRun }> {
    return this.#runs.values();
  }

  /** What was handed out is written. */
  settle(): void {
    this.#waiting = 0;
    this.#committed = this.#reached;
    this.cache.shrink();
    this.histories.shrink();
    this.receivables.shrink();
  }

  /** Forgets everything since the last commit. */
  giveUp(): void {
    for (const { run } of this.#runs.values()) run.drop();
    this.#waiting = 0;
    this.cache.clear();
    this.histories.clear();
    this.receivables.clear();
    this.#reached = this.#committed;
  }

  #follows({ position }: RecordedFact): void {
    const missing = this.#reached.position + 1;
    if (position !== missing) throw new CorruptLog(`position ${missing} is missing: found ${position}`);
  }

  #post(tally: Tally, change: TallyChange, position: number): void {
    const book = this.#book(change.book);
    const key = this.#key(book, tally, change.key);
    const months = this.cache.months(key, tally, change.period);
    for (const { period, amounts } of postTo(months, change, tally)) {
      this.#write(tally.name, [key.id, period, position, ...amounts]);
    }
    if (tally.carried.length > 0 && !book.periods.has(change.period)) {
      book.periods.add(change.period);
      this.#write('book_period', [book.id, change.period, position]);
    }
  }

  #add(view: Register, row: Row): void {
    const cells: Stored[] = [];
    for (const [name, type] of columnsOfRegister.get(view) ?? []) {
      cells.push(this.#stored(row[name] as Cell, type, row['book'] as string | undefined));
    }
    this.#write(view.name, cells);
  }

  #stored(cell: Cell, type: ColumnType, book: string | undefined): Stored {
    if (cell === null || typeof cell === 'number') return cell;
    if (typeof cell === 'string') return type === 'book' ? this.#book(cell).id : cell;
    return this.#key(this.#book(book ?? ''), type as Tally, cell).id;
  }

  #book(name: string): CachedBook {
    return this.cache.book(name, (id) => this.#write('book_id', [id, name]));
  }

  #key(book: CachedBook, tally: Tally, parts: readonly string[]): TallyKey {
    const onNew = (id: number): void => this.#write(keyTable(tally), [id, book.id, ...parts]);
    return this.cache.key(book, tally, nameOfKey(parts), onNew);
  }

  #write(table: string, row: readonly Stored[]): void {
    this.#runs.get(table)?.run.add(row);
    this.#waiting++;
  }
}

function reachedBy({ position, leaf }: RecordedFact): Reached {
  return { position, leaf };
}

/** What stops the projector for good. A full disk or a locked file says nothing about the log. */
function notAddedUp({ type }: { readonly type: string }, position: number, cause: unknown): unknown {
  if ((cause as { code?: string }).code === 'ERR_SQLITE_ERROR') return cause;
  return new CorruptLog(`${type} at position ${position} cannot be added up: ${String(cause)}`, { cause });
}
