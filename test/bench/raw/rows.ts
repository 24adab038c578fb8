import { DatabaseSync } from 'node:sqlite';

const PAGE = 50_000;

/**
 * Writes the rows of one file into another of the same schema, table by table in key order, through prepared inserts in
 * one transaction, without a check. Only the inserts and the commit are timed. Returns rows a second.
 */
export function writeRows(from: string, to: string, forMs: number): number {
  const source = new DatabaseSync(from, { readOnly: true });
  // Node’s defensive connections keep a rollback journal, whatever is asked for.
  const target = new DatabaseSync(to, { defensive: false });
  target.exec(
    'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -131072;',
  );
  const schema = source.prepare(
    "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type = 'index'",
  );
  const objects = schema.all() as { type: string; name: string; sql: string }[];
  for (const { name, sql } of objects) if (!name.startsWith('sqlite_')) target.exec(sql);
  let rows = 0;
  let ms = 0;
  const timed = (work: () => void): void => {
    const started = performance.now();
    work();
    ms += performance.now() - started;
  };
  target.exec('BEGIN');
  for (const { type, name } of objects) {
    if (type !== 'table' || name.startsWith('sqlite_')) continue;
    const read = source.prepare(`SELECT * FROM ${name}`);
    read.setReturnArrays(true);
    const insert = target.prepare(
      `INSERT INTO ${name} VALUES (${read
        .columns()
        .map(() => '?')
        .join(', ')})`,
    );
    let page: (number | string | null)[][] = [];
    const write = (): void => timed(() => page.forEach((row) => insert.run(...row)));
    for (const row of read.iterate() as Iterable<unknown>) {
      page.push(row as (number | string | null)[]);
      if (page.length < PAGE) continue;
      write();
      rows += page.length;
      page = [];
      if (ms > forMs) break;
    }
    write();
    rows += page.length;
  }
  timed(() => target.exec('COMMIT'));
  target.close();
  source.close();
  return rows / (ms / 1000);
}
