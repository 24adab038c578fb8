import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Sql, Statement, Statements } from '../statements.js';

/** The tables of a file. */
export class SqliteStatements implements Statements {
  constructor(private readonly db: DatabaseSync) {}

  prepare(sql: Sql): Statement {
    return this.#prepared(sql);
  }

  arrays(sql: Sql): Statement {
    const statement = this.#prepared(sql);
    statement.setReturnArrays(true);
    return statement;
  }

  runs<T>(keys: readonly T[]): readonly (readonly T[])[] {
    return keys.map((key) => [key]);
  }

  #prepared(sql: Sql): StatementSync {
    return this.db.prepare(textOf(typeof sql === 'string' ? sql : sql.sqlite));
  }
}

function textOf(sql: string): string {
  return sql
    .replaceAll(/\b(?:numbers|texts)\((:\w+)\)/g, 'json_each($1)')
    .replaceAll(/\bonly\((:\w+)\)/g, "json_extract($1, '$$[0]')");
}
