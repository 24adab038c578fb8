/** A question put to the tables: rows as objects by column, or as arrays. */
export interface Statement {
  all(values: Values): unknown[];
  get(values: Values): unknown;
}

/** By the names of a text's parameters. */
export type Values = Readonly<Record<string, string | number | null>>;

/**
 * A text for both databases, or one for each where what is fast in one is slow or unknown in the other. Parameters are
 * named (`:book`). A list is handed over as JSON: `numbers(:books) j` and `texts(:codes) j` are its values as `j.value`, in
 * the order of `j.key`; `only(:books)` is the value of a list that has one.
 */
export type Sql = string | { readonly sqlite: string; readonly postgres: string };

/** The tables of a generation, to be asked. */
export interface Statements {
  prepare(sql: Sql): Statement;
  /** Rows as arrays, which are made faster than objects. */
  arrays(sql: Sql): Statement;
  /**
   * Keys as statements had better be asked about them: one by one in a file, where a seek is all that a statement costs;
   * many together where each is a way to a server, few at first, so that who stops early has not asked for all.
   */
  runs<T>(keys: readonly T[]): readonly (readonly T[])[];
}

/** The versions of the views whose rows the tables hold, by name. */
export function versionsOf(db: Statements): Record<string, number> {
  const rows = db.prepare('SELECT name, version FROM view_version ORDER BY name').all({});
  return Object.fromEntries((rows as { name: string; version: number }[]).map(({ name, version }) => [name, version]));
}
