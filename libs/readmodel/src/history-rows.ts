import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type Dated,
  dateOfDay,
  dayNumber,
  type History,
  type HistoryChange,
  type Slice,
  sliceAfter,
  slicesOf,
  type When,
} from '@ledger/views';
import type { Stored } from './key-sorted-run.js';
import { changeTable, keyTable } from './schema.js';

/** What is known of a thing while its new rows wait to be written. */
interface Thing {
  /** The slice of the latest date. */
  last: Slice | undefined;
  readonly waiting: { readonly changes: Dated[]; readonly slices: Map<string, Slice> };
}

type Write = (table: string, row: Stored[]) => void;
type Statements = Readonly<Record<'known' | 'last' | 'changes' | 'slices', StatementSync>>;

/**
 * Turns changes of things into rows. Nothing is updated: a slice (thing, `valid_from`) gets a new version at the
 * position of the fact that changed it, so "as known at N" is a filter. A fact that is dated back writes every later
 * slice that comes out different.
 */
export class HistoryRows {
  readonly #of = new Map<History, { readonly sql: Statements; readonly things: Map<string, Thing> }>();

  constructor(
    db: DatabaseSync,
    histories: readonly History[],
    private readonly write: Write,
  ) {
    for (const view of histories) this.#of.set(view, { sql: statements(db, view), things: new Map() });
  }

  post(view: History, { key, find, change }: HistoryChange, when: When): void {
    const thing = this.#thing(view, key, find, when.position);
    const dated: Dated = { ...when, change };
    this.write(changeTable(view), [key, dayNumber(when.effectiveOn), when.position, JSON.stringify(change)]);
    const behind = thing.last === undefined || thing.last.validFrom <= when.effectiveOn;
    const changed = behind ? [sliceAfter(view, thing.last, dated)] : this.#foldedAnew(view, key, thing, dated);
    thing.waiting.changes.push(dated);
    for (const slice of changed) {
      thing.waiting.slices.set(slice.validFrom, slice);
      this.write(view.name, [key, dayNumber(slice.validFrom), when.position, slice.state]);
      if (thing.last === undefined || thing.last.validFrom <= slice.validFrom) thing.last = slice;
    }
  }

  /** Only when nothing waits to be written, or when what waited is given up. */
  forget(): void {
    for (const { things } of this.#of.values()) things.clear();
  }

  #thing(view: History, key: string, find: HistoryChange['find'], position: number): Thing {
    const { sql, things } = this.#tablesOf(view);
    let thing = things.get(key);
    if (thing === undefined) {
      thing = { last: undefined, waiting: { changes: [], slices: new Map() } };
      if (sql.known.get(key) === undefined) this.write(keyTable(view), [key, position, ...foundBy(view, key, find)]);
      else thing.last = sliceOf(sql.last.get(key));
      things.set(key, thing);
    }
    return thing;
  }

  /** The slices from the change's date on that differ from those known. */
  #foldedAnew(view: History, key: string, { waiting }: Thing, added: Dated): Slice[] {
    const { sql } = this.#tablesOf(view);
    const known = new Map<string, string | null>();
    // Versions of one slice come in the order of their positions, so the newest stays.
    for (const row of sql.slices.all(key)) {
      const { validFrom, state } = sliceOf(row);
      known.set(validFrom, state);
    }
    for (const [validFrom, { state }] of waiting.slices) known.set(validFrom, state);
    const changes = [...sql.changes.all(key).map(datedOf), ...waiting.changes, added];
    return slicesOf(view, changes).filter(
      ({ validFrom, state }) =>
        validFrom >= added.effectiveOn && (!known.has(validFrom) || known.get(validFrom) !== state),
    );
  }

  #tablesOf(view: History): { readonly sql: Statements; readonly things: Map<string, Thing> } {
    const tables = this.#of.get(view);
    if (tables === undefined) throw new RangeError(`no rows are kept of ${view.name}`);
    return tables;
  }
}

function foundBy(view: History, key: string, find: HistoryChange['find']): string[] {
  return view.find.map((column) => {
    const value = find[column];
    if (value === undefined) throw new RangeError(`${view.name} ${key} does not say its ${column}`);
    return value;
  });
}

function statements(db: DatabaseSync, view: History): Statements {
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

function sliceOf(row: unknown): Slice {
  const { valid_from: day, state } = row as { valid_from: number; state: string | null };
  return { validFrom: dateOfDay(day), state };
}

function datedOf(row: unknown): Dated {
  const { effective_on: day, position, change } = row as { effective_on: number; position: number; change: string };
  return { effectiveOn: dateOfDay(day), position, change: JSON.parse(change) as unknown };
}
