import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { CorruptLog, readFact } from '@ledger/domain';
import type { RecordedFact } from '@ledger/eventlog';
import {
  type Cell,
  type ColumnType,
  histories,
  type History,
  type HistoryChange,
  mergedPerRow,
  nameOfKey,
  postTo,
  receivable,
  type Reducer,
  reducerFor,
  type Reducers,
  type Register,
  registers,
  type Row,
  tallies,
  type Tally,
  type TallyChange,
  views,
} from '@ledger/views';
import { BookCache, type CachedBook, type TallyKey } from './book-cache.js';
import { generationOf } from './generations.js';
import { HistoryRows } from './history-rows.js';
import { type KeySortedRun, keySortedRun, type Stored } from './key-sorted-run.js';
import { ReceivableRows } from './receivable-rows.js';
import { changeTable, columnsOf, holdsOnlyNumbers, keyTable, primaryKeyOf } from './schema.js';

/** Keys of some thousands of books; each costs some 400 bytes. */
const MAX_CACHED_KEYS = 150_000;

/** A view that makes something of a type of fact, and what. */
interface Heard<V, Change> {
  readonly view: V;
  readonly reduce: Reducer<Change>;
}

interface Reducing {
  readonly tallies: readonly Heard<Tally, TallyChange>[];
  readonly registers: readonly (Heard<Register, Row> & { readonly columns: Columns })[];
  readonly histories: readonly Heard<History, HistoryChange>[];
}

type Columns = readonly (readonly [string, ColumnType])[];

/**
 * Turns facts into rows. `stage` works out the rows, `commit` writes them with the checkpoint in one transaction; live
 * batches and a rebuild differ only in how many facts are staged before a commit. After an error nothing of the open
 * transaction remains, and the same facts can be applied again.
 */
export class Projector {
  readonly #db: DatabaseSync;
  readonly #cache: BookCache;
  readonly #histories: HistoryRows;
  readonly #receivables: ReceivableRows;
  readonly #runs = new Map<string, KeySortedRun>();
  readonly #reducing = new Map<string, Reducing>();
  readonly #saveCheckpoint: StatementSync;
  #checkpoint: number;
  #staged: number;
  /** Leaf of the fact at the staged position: it tells this log from every other. */
  #leaf: string;
  #inTransaction = false;
  #waiting = 0;

  constructor(db: DatabaseSync, maxCachedKeys = MAX_CACHED_KEYS) {
    this.#db = db;
    this.#cache = new BookCache(db, maxCachedKeys);
    this.#histories = new HistoryRows(db, histories, (table, row) => this.#write(table, row));
    this.#receivables = new ReceivableRows(db, (book) => this.#book(book).id);
    const run = (name: string, columns: number, keyColumns: number, numbersOnly: boolean): void => {
      this.#runs.set(name, keySortedRun(db, { name, columns, keyColumns, numbersOnly }));
    };
    run('book_id', 2, 1, false);
    run('book_period', 3, 2, true);
    for (const tally of tallies) run(keyTable(tally), 2 + tally.key.length, 1, false);
    for (const view of histories) {
      run(keyTable(view), 2 + view.find.length, 1, false);
      run(changeTable(view), 4, 3, false);
    }
    for (const view of views) {
      run(view.name, columnsOf(view).length, primaryKeyOf(view).length, holdsOnlyNumbers(view));
    }
    this.#saveCheckpoint = db.prepare('UPDATE generation SET position = ?, leaf = ?');
    const stored = db.prepare('SELECT position, leaf FROM generation').get() as { position: number; leaf: string };
    this.#checkpoint = this.#staged = stored.position;
    this.#leaf = stored.leaf;
  }

  /** The position up to which the rows are written. */
  get checkpoint(): number {
    return this.#checkpoint;
  }

  /** The generation that it writes, by the name of its file. */
  get generation(): number {
    return generationOf(this.#db.location() ?? '');
  }

  /** How many rows wait for the next commit. */
  get waitingRows(): number {
    return this.#waiting;
  }

  /** Stages and commits: what a live batch does. `facts` are whole appends that follow the checkpoint without a gap. */
  apply(facts: readonly RecordedFact[]): void {
    this.stage(facts);
    this.commit();
  }

  stage(facts: readonly RecordedFact[]): void {
    const last = facts.at(-1);
    if (last !== undefined && last.remaining !== 0) throw new RangeError('a batch ends where an append ends');
    this.#orNothing(() => {
      for (const recorded of facts) this.#reduce(recorded);
    });
  }

  commit(): void {
    if (this.#staged === this.#checkpoint) return;
    this.#orNothing(() => {
      this.#flush();
      this.#saveCheckpoint.run(this.#staged, this.#leaf);
      this.#db.exec('COMMIT');
    });
    this.#inTransaction = false;
    this.#checkpoint = this.#staged;
    this.#cache.shrink();
    this.#histories.forget();
    this.#receivables.forget();
  }

  close(): void {
    this.#rollback();
    this.#db.close();
  }

  #reduce({ position, leaf, fact: bytes }: RecordedFact): void {
    if (position !== this.#staged + 1)
      throw new CorruptLog(`position ${this.#staged + 1} is missing: found ${position}`);
    const fact = readFact(bytes);
    const reducing = this.#reducingOf(fact.type);
    try {
      for (const { view, reduce } of reducing.tallies) {
        for (const change of mergedPerRow(reduce(fact, position, this.#receivables)))
          this.#post(view, change, position);
      }
      for (const { view, columns, reduce } of reducing.registers) {
        for (const row of reduce(fact, position, this.#receivables)) {
          this.#add(view.name, columns, row);
          if (view === receivable) this.#receivables.add(row);
        }
      }
      for (const { view, reduce } of reducing.histories) {
        for (const change of reduce(fact, position, this.#receivables)) {
          this.#histories.post(view, change, { effectiveOn: fact.effectiveOn, position });
        }
      }
    } catch (error) {
      // A full disk or a locked file says nothing about the log.
      if ((error as { code?: string }).code === 'ERR_SQLITE_ERROR') throw error;
      throw new CorruptLog(`${fact.type} at position ${position} cannot be added up: ${String(error)}`, {
        cause: error,
      });
    }
    this.#receivables.endOfFact();
    this.#leaf = leaf;
    this.#staged = position;
  }

  #post(tally: Tally, change: TallyChange, position: number): void {
    const book = this.#book(change.book);
    const key = this.#key(book, tally, change.key);
    const months = this.#cache.months(key, tally, change.period);
    for (const { period, amounts } of postTo(months, change, tally)) {
      this.#write(tally.name, [key.id, period, position, ...amounts]);
    }
    if (tally.carried.length > 0 && !book.periods.has(change.period)) {
      book.periods.add(change.period);
      this.#write('book_period', [book.id, change.period, position]);
    }
  }

  #add(table: string, columns: Columns, row: Row): void {
    const cells: Stored[] = [];
    for (const [name, type] of columns) {
      cells.push(this.#stored(row[name] as Cell, type, row['book'] as string | undefined));
    }
    this.#write(table, cells);
  }

  #stored(cell: Cell, type: ColumnType, book: string | undefined): Stored {
    if (cell === null || typeof cell === 'number') return cell;
    if (typeof cell === 'string') return type === 'book' ? this.#book(cell).id : cell;
    return this.#key(this.#book(book ?? ''), type as Tally, cell).id;
  }

  #book(name: string): CachedBook {
    return this.#cache.book(name, (id) => this.#write('book_id', [id, name]));
  }

  #key(book: CachedBook, tally: Tally, parts: readonly string[]): TallyKey {
    const onNew = (id: number): void => this.#write(keyTable(tally), [id, book.id, ...parts]);
    return this.#cache.key(book, tally, nameOfKey(parts), onNew);
  }

  #write(table: string, row: Stored[]): void {
    this.#runs.get(table)?.add(row);
    this.#waiting++;
  }

  #flush(): void {
    if (!this.#inTransaction) this.#db.exec('BEGIN IMMEDIATE');
    this.#inTransaction = true;
    for (const run of this.#runs.values()) run.insert();
    this.#waiting = 0;
  }

  #reducingOf(type: string): Reducing {
    let reducing = this.#reducing.get(type);
    if (reducing === undefined) {
      reducing = {
        tallies: heardBy<Tally, TallyChange>(tallies, type),
        registers: heardBy<Register, Row>(registers, type).map((heard) => {
          return { ...heard, columns: Object.entries(heard.view.columns) };
        }),
        histories: heardBy<History, HistoryChange>(histories, type),
      };
      this.#reducing.set(type, reducing);
    }
    return reducing;
  }

  #orNothing(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#rollback();
      throw error;
    }
  }

  /** Forgets everything since the last commit, in the tables and here. */
  #rollback(): void {
    // SQLite rolls back by itself when the disk is full or fails.
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    this.#inTransaction = false;
    for (const run of this.#runs.values()) run.drop();
    this.#waiting = 0;
    this.#cache.clear();
    this.#histories.forget();
    this.#receivables.forget();
    this.#staged = this.#checkpoint;
  }
}

function heardBy<V extends { readonly on: Reducers<Change> }, Change>(
  among: readonly V[],
  type: string,
): Heard<V, Change>[] {
  return among.flatMap((view) => {
    const reduce = reducerFor(view.on, type);
    return reduce === undefined ? [] : [{ view, reduce }];
  });
}
