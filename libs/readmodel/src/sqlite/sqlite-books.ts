import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Month, tallies, type Tally } from '@ledger/views';
import { columnsOf, keyTable } from '../schema.js';
import type { StoredBooks, StoredKey } from '../stored-rows.js';

/** Rows are read back one by one, when they are wanted: a seek in the file takes some microseconds. */
export class SqliteBooks implements StoredBooks {
  readonly #sql: Readonly<Record<'id' | 'lastId' | 'periods' | 'receivable', StatementSync>>;
  readonly #ofTally: ReadonlyMap<Tally, Readonly<Record<'keys' | 'before', StatementSync>>>;

  constructor(db: DatabaseSync) {
    this.#sql = {
      id: db.prepare('SELECT id FROM book_id WHERE book = ?'),
      lastId: db.prepare('SELECT max(id) AS id FROM book_id'),
      periods: rowsAsArrays(db, 'SELECT period FROM book_period WHERE book = ?'),
      receivable: db.prepare(
        `SELECT state FROM receivable WHERE book = (SELECT id FROM book_id WHERE book = ?) AND period = ? AND voucher_no = ?
         ORDER BY position DESC LIMIT 1`,
      ),
    };
    this.#ofTally = new Map(tallies.map((tally) => [tally, statementsOf(db, tally)]));
  }

  bookNumber(book: string): number | undefined {
    return (this.#sql.id.get(book) as { id: number } | undefined)?.id;
  }

  lastBookNumber(): number {
    return (this.#sql.lastId.get() as { id: number | null }).id ?? 0;
  }

  periodsOf(book: number): number[] {
    return (this.#sql.periods.all(book) as unknown as [number][]).map(([period]) => period);
  }

  keysOf(tally: Tally, book: number): StoredKey[] {
    return (this.#ofTally.get(tally)?.keys.all(book) ?? []) as unknown as StoredKey[];
  }

  monthBefore(tally: Tally, key: number, period: number): Month | undefined {
    const row = this.#ofTally.get(tally)?.before.get(key, period) as unknown as number[] | undefined;
    return row === undefined ? undefined : { period: row[0] ?? 0, amounts: row.slice(1) };
  }

  receivable(book: string, month: number, voucherNo: number): string | undefined {
    return (this.#sql.receivable.get(book, month, voucherNo) as { state: string } | undefined)?.state;
  }
}

function statementsOf(db: DatabaseSync, tally: Tally) {
  const amounts = columnsOf(tally).slice(3).join(', ');
  return {
    keys: rowsAsArrays(db, `SELECT id, ${tally.key.join(', ')} FROM ${keyTable(tally)} WHERE book = ? ORDER BY id`),
    before: rowsAsArrays(
      db,
      `SELECT period, ${amounts} FROM ${tally.name} WHERE key = ? AND period < ? ORDER BY period DESC, position DESC LIMIT 1`,
    ),
  };
}

function rowsAsArrays(db: DatabaseSync, sql: string): StatementSync {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}
