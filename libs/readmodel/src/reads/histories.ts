import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LocalDate } from '@ledger/domain';
import { dateOfDay, dayNumber, type History } from '@ledger/views';
import { keyTable } from '../schema.js';
import { type At, rowsAsArrays } from './at.js';

/** The state of a thing as it was then. */
export interface HistoryRow<S> {
  readonly key: string;
  /** The business date from which this state holds. */
  readonly validFrom: LocalDate;
  /** The fact that made this row. */
  readonly position: number;
  readonly state: S;
}

export interface HistoryQuestion {
  /** For each column the values wanted; all things when left out. */
  readonly find?: Readonly<Record<string, readonly string[]>>;
  /** Things whose key comes after this one. */
  readonly after?: string;
  readonly limit?: number;
}

type Found = [key: string, validFrom: number, position: number, state: string];

/** States of things, in the order of their keys; one seek a thing, whatever its history. */
export class Histories {
  readonly #prepared = new Map<string, StatementSync>();

  constructor(
    private readonly db: DatabaseSync,
    /** Throws when the views have not come so far. */
    private readonly reached: (knownAt: number) => void,
  ) {}

  one<S>(view: History<S>, key: string, at: At): HistoryRow<S> | undefined {
    this.reached(at.knownAt);
    const [row] = this.#prepare(`${statesOf(view)} AND k.key = :key`).all({ key, ...timesOf(at) });
    return row === undefined ? undefined : rowOf<S>(row);
  }

  page<S>(view: History<S>, { find = {}, after = '', limit = -1 }: HistoryQuestion, at: At): HistoryRow<S>[] {
    this.reached(at.knownAt);
    const wanted = Object.keys(find);
    const found = wanted.map((column) => `AND k.${column} IN (SELECT value FROM json_each(:${column}))`);
    const sql = `${statesOf(view)} AND k.key > :after ${found.join(' ')} ORDER BY k.key LIMIT :limit`;
    const lists = Object.fromEntries(wanted.map((column) => [column, JSON.stringify(find[column])]));
    const rows = this.#prepare(sql).all({ ...lists, after, limit, ...timesOf(at) });
    return rows.map((row) => rowOf<S>(row));
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = rowsAsArrays(this.db, sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}

/** The greatest date at or before the day that has a version known then: later slices are written anew with each change. */
function statesOf(view: History): string {
  const { name } = view;
  return `SELECT k.key, h.valid_from, h.position, h.state FROM ${keyTable(view)} k JOIN ${name} h
    ON h.rowid = (SELECT x.rowid FROM ${name} x
      WHERE x.key = k.key AND x.valid_from <= :day AND x.position <= :known
      ORDER BY x.valid_from DESC, x.position DESC LIMIT 1)
    WHERE k.first_position <= :known AND h.state IS NOT NULL`;
}

function timesOf({ asOf, knownAt }: At): { day: number; known: number } {
  return { day: dayNumber(asOf), known: knownAt };
}

function rowOf<S>(row: unknown): HistoryRow<S> {
  const [key, day, position, state] = row as Found;
  return { key, validFrom: dateOfDay(day), position, state: JSON.parse(state) as S };
}
