import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Dated, History, Slice } from '@ledger/views';
import { changeTable, keyTable } from '../schema.js';
import { datedOf, sliceOf, type StoredThings } from '../stored-rows.js';

type Statements = Readonly<Record<'known' | 'last' | 'changes' | 'slices', StatementSync>>;

export class SqliteThings implements StoredThings {
  readonly #of: ReadonlyMap<History, Statements>;

  constructor(db: DatabaseSync, histories: readonly History[]) {
    this.#of = new Map(histories.map((view) => [view, statementsOf(db, view)]));
  }

  isKnown(view: History, key: string): boolean {
    return this.#statements(view).known.get(key) !== undefined;
  }

  lastSlice(view: History, key: string): Slice | undefined {
    const row = this.#statements(view).last.get(key);
    return row === undefined ? undefined : sliceOf(row as unknown as Parameters<typeof sliceOf>[0]);
  }

  changes(view: History, key: string): Dated[] {
    const rows = this.#statements(view).changes.all(key);
    return rows.map((row) => datedOf(row as unknown as Parameters<typeof datedOf>[0]));
  }

  slices(view: History, key: string): Slice[] {
    const rows = this.#statements(view).slices.all(key);
    return rows.map((row) => sliceOf(row as unknown as Parameters<typeof sliceOf>[0]));
  }

  #statements(view: History): Statements {
    const statements = this.#of.get(view);
    if (statements === undefined) throw new RangeError(`no rows are kept of ${view.name}`);
    return statements;
  }
}

function statementsOf(db: DatabaseSync, view: History): Statements {
  const { name } = view;
  return {
    known: db.prepare(`SELECT 1 FROM ${keyTable(view)} WHERE key = ?`),
    last: db.prepare(
      `SELECT valid_from, state FROM ${name} WHERE key = ? ORDER BY valid_from DESC, position DESC LIMIT 1`,
    ),
    changes: db.prepare(`SELECT effective_on, position, change FROM ${changeTable(view)} WHERE key = ?`),
    slices: db.prepare(`SELECT valid_from, state FROM ${name} WHERE key = ? ORDER BY valid_from, position`),
  };
}
