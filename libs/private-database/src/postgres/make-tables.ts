import type { SyncConnection } from '@ledger/postgres';
import { ofAnotherFormat } from '../bad-database.js';
import type { StoreTables } from '../private-database.js';
import { tablesInPostgres } from './dialect.js';
import { takeStore } from './store-lock.js';

/**
 * Makes the tables of a store where they are not there yet; of several processes that start at once, one does. A schema that
 * was made by whoever runs the server, for a role that may make none, is used as it is. Throws `BadDatabase` for another
 * format.
 */
export function makeTables(
  connection: SyncConnection,
  { schema, name, format, tables, also, indexes }: StoreTables,
): void {
  connection.inTransaction(() => {
    takeStore(connection, schema);
    // Asked of the tables: what the session remembers of names may be of before the lock.
    const has = (text: string): boolean => connection.query(text, [schema]).rows.length > 0;
    if (!has('SELECT 1 FROM pg_namespace WHERE nspname = $1')) connection.query(`CREATE SCHEMA ${schema}`);
    connection.query(`SET LOCAL search_path TO ${schema}`);
    if (!has("SELECT 1 FROM pg_tables WHERE schemaname = $1 AND tablename = 'format'")) {
      connection.query(`
        ${tablesInPostgres(tables)} ${also?.postgres ?? ''}
        CREATE TABLE format (one BIGINT PRIMARY KEY CHECK (one = 1), number BIGINT NOT NULL);
        INSERT INTO format VALUES (1, ${format});
      `);
    }
    const found = connection.query<{ number: number }>('SELECT number FROM format').rows[0]?.number ?? 0;
    if (found !== format) throw ofAnotherFormat({ place: `“${schema}”`, name, format }, found);
    if (indexes !== undefined) connection.query(tablesInPostgres(indexes));
  });
}
