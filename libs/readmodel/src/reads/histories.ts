import type { LocalDate } from '@ledger/domain';
import { dateOfDay, dayNumber, type History } from '@ledger/views';
import { keyTable } from '../schema.js';
import type { At } from './at.js';
import type { Sql, Statement, Statements } from '../statements.js';

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
  /** Of these things alone. */
  readonly keys?: readonly string[];
  /** For each column the values wanted; all things when left out. */
  readonly find?: Readonly<Record<string, readonly string[]>>;
  /** Things whose key comes after this one. */
  readonly after?: string;
  readonly limit?: number;
}

type Found = [key: string, validFrom: number, position: number, state: string];

/** States of things, in the order of their keys; one seek a thing, whatever its history. */
export class Histories {
  readonly #prepared = new Map<string, Statement>();

  constructor(
    private readonly db: Statements,
    /** Throws when the views have not come so far. */
    private readonly reached: (knownAt: number) => void,
  ) {}

  one<S>(view: History<S>, key: string, at: At): HistoryRow<S> | undefined {
    this.reached(at.knownAt);
    const [row] = this.#prepare(statesOf(view, 'AND k.key = :key')).all({ key, ...timesOf(at) });
    return row === undefined ? undefined : rowOf<S>(row);
  }

  page<S>(
    view: History<S>,
    { keys, find = {}, after = '', limit = Number.MAX_SAFE_INTEGER }: HistoryQuestion,
    at: At,
  ): HistoryRow<S>[] {
    this.reached(at.knownAt);
    const wanted = { ...find, ...(keys && { key: keys }) };
    const found = Object.keys(wanted).map((column) => `AND k.${column} IN (SELECT value FROM texts(:${column}))`);
    const sql = statesOf(view, `AND k.key > :after ${found.join(' ')} ORDER BY k.key LIMIT :limit`);
    const lists = Object.fromEntries(
      Object.entries(wanted).map(([column, values]) => [column, JSON.stringify(values)]),
    );
    const rows = this.#prepare(sql).all({ ...lists, after, limit, ...timesOf(at) });
    return rows.map((row) => rowOf<S>(row));
  }

  /** Of values by which things are found, those for which anything was known by then. */
  withAny(view: History, column: string, values: readonly string[], knownAt: number): string[] {
    this.reached(knownAt);
    const any = `SELECT 1 FROM ${keyTable(view)} k WHERE k.${column} = j.value AND k.first_position <= :known`;
    const sql = `SELECT j.value FROM texts(:values) j WHERE EXISTS (${any}) ORDER BY j.key`;
    const rows = this.#prepare(sql).all({ values: JSON.stringify(values), known: knownAt });
    return (rows as [string][]).map(([value]) => value);
  }

  #prepare(sql: Sql): Statement {
    const name = typeof sql === 'string' ? sql : sql.sqlite;
    let statement = this.#prepared.get(name);
    if (statement === undefined) this.#prepared.set(name, (statement = this.db.arrays(sql)));
    return statement;
  }
}

/** The greatest date at or before the day that has a version known then: later slices are written anew with each change. */
function statesOf(view: History, rest: string): Sql {
  const { name } = view;
  const newest = `FROM ${name} x WHERE x.key = k.key AND x.valid_from <= :day AND x.position <= :known
      ORDER BY x.valid_from DESC, x.position DESC LIMIT 1`;
  const select = `SELECT k.key, h.valid_from, h.position, h.state FROM ${keyTable(view)} k`;
  const where = `WHERE k.first_position <= :known AND h.state IS NOT NULL ${rest}`;
  return {
    sqlite: `${select} JOIN ${name} h ON h.rowid = (SELECT x.rowid ${newest}) ${where}`,
    postgres: `${select} CROSS JOIN LATERAL (SELECT x.* ${newest}) h ${where}`,
  };
}

function timesOf({ asOf, knownAt }: At): { day: number; known: number } {
  return { day: dayNumber(asOf), known: knownAt };
}

function rowOf<S>(row: unknown): HistoryRow<S> {
  const [key, day, position, state] = row as Found;
  return { key, validFrom: dateOfDay(day), position, state: JSON.parse(state) as S };
}
