import type { Dated, History, Slice, When } from '@ledger/views';
import type { Changes } from '../changes.js';
import type { HistoryRows } from '../history-rows.js';
import { changeTable, keyTable } from '../schema.js';
import { datedOf, sliceOf, type StoredThings } from '../stored-rows.js';
import type { Connection } from './connection.js';

interface Thing {
  readonly last: Slice | undefined;
  readonly changes: Dated[];
  readonly slices: Slice[];
}

/** What is read back of things with states, fetched for many facts before they are added. */
export class FetchedThings implements StoredThings {
  readonly #things = new Map<History, Map<string, Thing>>();

  constructor(private readonly connection: Connection) {}

  /** What the rows of things need to know before these changes are added. */
  async rowsFor(changes: readonly Changes[], rows: HistoryRows): Promise<void> {
    const said = new Map<History, Map<string, When[]>>();
    for (const { ofHistories, effectiveOn, position } of changes) {
      for (const { view, changes: own } of ofHistories) {
        for (const { key } of own) {
          let keys = said.get(view);
          if (keys === undefined) said.set(view, (keys = new Map()));
          keys.set(key, [...(keys.get(key) ?? []), { effectiveOn, position }]);
        }
      }
    }
    for (const [view, keys] of said) {
      const unknown = [...keys.keys()].filter((key) => !rows.has(view, key));
      if (unknown.length > 0) await this.#fetchLast(view, unknown);
      const late = [...keys].flatMap(([key, whens]) => {
        // Of a new thing there is nothing.
        const isThere = rows.has(view, key) || this.isKnown(view, key);
        return isThere && isLate(rows.lastDate(view, key), whens) ? [key] : [];
      });
      if (late.length > 0) await this.#fetchAll(view, late);
    }
  }

  forget(): void {
    this.#things.clear();
  }

  isKnown(view: History, key: string): boolean {
    return this.#things.get(view)?.has(key) === true;
  }

  lastSlice(view: History, key: string): Slice | undefined {
    return this.#things.get(view)?.get(key)?.last;
  }

  changes(view: History, key: string): readonly Dated[] {
    return this.#things.get(view)?.get(key)?.changes ?? [];
  }

  slices(view: History, key: string): readonly Slice[] {
    return this.#things.get(view)?.get(key)?.slices ?? [];
  }

  async #fetchLast(view: History, keys: readonly string[]): Promise<void> {
    const { rows } = await this.connection.query<Parameters<typeof sliceOf>[0] & { key: string }>(
      `SELECT k.key, s.valid_from, s.state FROM ${keyTable(view)} k CROSS JOIN LATERAL (
         SELECT x.valid_from, x.state FROM ${view.name} x WHERE x.key = k.key
         ORDER BY x.valid_from DESC, x.position DESC LIMIT 1) s
       WHERE k.key = ANY($1)`,
      [keys],
    );
    const things = this.#of(view);
    for (const row of rows) things.set(row.key, { last: sliceOf(row), changes: [], slices: [] });
  }

  /** A thing that is folded anew needs all that was ever said of it. */
  async #fetchAll(view: History, keys: readonly string[]): Promise<void> {
    const things = this.#of(view);
    for (const key of keys) things.set(key, { last: things.get(key)?.last, changes: [], slices: [] });
    const changes = await this.connection.query<Parameters<typeof datedOf>[0] & { key: string }>(
      `SELECT key, effective_on, position, change FROM ${changeTable(view)} WHERE key = ANY($1)`,
      [keys],
    );
    for (const row of changes.rows) things.get(row.key)?.changes.push(datedOf(row));
    const slices = await this.connection.query<Parameters<typeof sliceOf>[0] & { key: string }>(
      `SELECT key, valid_from, state FROM ${view.name} WHERE key = ANY($1) ORDER BY key, valid_from, position`,
      [keys],
    );
    for (const row of slices.rows) things.get(row.key)?.slices.push(sliceOf(row));
  }

  #of(view: History): Map<string, Thing> {
    let things = this.#things.get(view);
    if (things === undefined) this.#things.set(view, (things = new Map()));
    return things;
  }
}

/** Whether one of the changes is dated before what stands there when it comes. */
function isLate(last: string | undefined, whens: readonly When[]): boolean {
  let newest = last ?? '';
  for (const { effectiveOn } of whens) {
    if (effectiveOn < newest) return true;
    newest = effectiveOn;
  }
  return false;
}
