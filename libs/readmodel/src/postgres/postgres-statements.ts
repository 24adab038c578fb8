import type { SyncConnection, Value } from '@ledger/postgres';
import type { Sql, Statement, Statements, Values } from '../statements.js';

const FIRST_RUN = 8;
const GROWTH = 8;
/** So that no answer of the server is larger than what is made of it. */
const MAX_RUN = 4096;

/** The tables of the schema that a connection finds. */
export class PostgresStatements implements Statements {
  constructor(private readonly connection: Pick<SyncConnection, 'query'>) {}

  prepare(sql: Sql): Statement {
    return this.#statement(sql, {});
  }

  arrays(sql: Sql): Statement {
    return this.#statement(sql, { rowMode: 'array' });
  }

  runs<T>(keys: readonly T[]): readonly (readonly T[])[] {
    const runs: T[][] = [];
    for (let from = 0, length = FIRST_RUN; from < keys.length; length = Math.min(length * GROWTH, MAX_RUN)) {
      runs.push(keys.slice(from, from + length));
      from += length;
    }
    return runs;
  }

  #statement(sql: Sql, mode: { readonly rowMode?: 'array' }): Statement {
    const { text, names } = numbered(textOf(typeof sql === 'string' ? sql : sql.postgres));
    const all = (values: Values): unknown[] => {
      const sent = names.map(({ name, isList }): Value => {
        const value = values[name];
        if (value === undefined) throw new RangeError(`no value for :${name} of ${text}`);
        if (isList) return (JSON.parse(String(value)) as (string | number)[]).map(sendable);
        return value === null ? null : sendable(value);
      });
      return this.connection.query<unknown>(text, sent, mode).rows;
    };
    return { all, get: (values) => all(values)[0] };
  }
}

/** A join that says its order is SQLite's own, and names are folded to small letters unless they are quoted. */
function textOf(sql: string): string {
  return sql
    .replaceAll(/\bCROSS JOIN (?!LATERAL)/g, 'JOIN ')
    .replaceAll(/\bAS ([a-z]+[A-Z]\w*)/g, 'AS "$1"')
    .replaceAll(/\bIN \(SELECT value FROM (numbers|texts)\((:\w+)\)\)/g, (_, of: string, list: string) => {
      return `= ANY(${arrayOf(of, list)})`;
    })
    .replaceAll(/\b(numbers|texts)\((:\w+)\) (\w+)/g, (_, of: string, list: string, as: string) => {
      return `unnest(${arrayOf(of, list)}) WITH ORDINALITY AS ${as}(value, key)`;
    });
}

function arrayOf(values: string, list: string): string {
  return `${list}::${values === 'numbers' ? 'bigint' : 'text'}[]`;
}

/** With `$1` and so on for the named parameters, a name that comes again under its first number. */
function numbered(sql: string): { text: string; names: readonly { name: string; isList: boolean }[] } {
  const names: { name: string; isList: boolean }[] = [];
  const text = sql.replaceAll(/(?<!:):([a-zA-Z]\w*)(::\w+\[\])?/g, (_, name: string, list: string | undefined) => {
    if (!names.some((known) => known.name === name)) names.push({ name, isList: list !== undefined });
    return `$${names.findIndex((known) => known.name === name) + 1}${list ?? ''}`;
  });
  return { text, names };
}

/** No text there has a null character, so there is nothing to be found by one; asked with it, the server would refuse. */
function sendable(value: string | number): string | number {
  return typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value;
}
