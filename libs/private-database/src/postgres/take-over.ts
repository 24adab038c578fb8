import type { SyncConnection } from '@ledger/postgres';
import type { PrivateDatabase, Value } from '../private-database.js';
import { takeStore } from './store-lock.js';

type Row = Readonly<Record<string, Value>>;

/** So that a statement has far fewer values than PostgreSQL takes. */
const ROWS_AT_ONCE = 200;

/** In one transaction, tables in the order in which they were made: rows that others name come first. */
export function takeOver(connection: SyncConnection, schema: string, from: PrivateDatabase): number | undefined {
  return connection.inTransaction(() => {
    takeStore(connection, schema);
    connection.query(`SET LOCAL search_path TO ${schema}`);
    const tables = tablesOf(from);
    const isEmpty = (table: string): boolean => connection.query(`SELECT 1 FROM ${table} LIMIT 1`).rows.length === 0;
    if (!tables.every(isEmpty)) return undefined;
    return tables.map((table) => taken(connection, table, from)).reduce((sum, rows) => sum + rows, 0);
  });
}

function tablesOf(from: PrivateDatabase): string[] {
  const sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
  return (from.prepare(sql).all() as { name: string }[]).map(({ name }) => name);
}

function taken(connection: SyncConnection, table: string, from: PrivateDatabase): number {
  const rows = from.prepare(`SELECT * FROM ${table}`).all() as Row[];
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) insert(connection, table, rows.slice(at, at + ROWS_AT_ONCE));
  goOnNumbering(connection, table);
  return rows.length;
}

function insert(connection: SyncConnection, table: string, rows: readonly Row[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const tuples = rows.map((_, n) => `(${columns.map((__, i) => `$${n * columns.length + i + 1}`).join(', ')})`);
  const values = rows.flatMap((row) => columns.map((column) => row[column] ?? null));
  connection.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${tuples.join(', ')}`, values);
}

/** Rows that number themselves go on after the last one that was taken over. */
function goOnNumbering(connection: SyncConnection, table: string): void {
  const numbered = connection.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = to_regclass($1) AND attidentity <> ''`,
    [table],
  );
  for (const { name } of numbered.rows) {
    connection.query(`
      SELECT setval(pg_get_serial_sequence('${table}', '${name}'), coalesce(max(${name}), 0) + 1, false) FROM ${table}
    `);
  }
}
