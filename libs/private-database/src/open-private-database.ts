import type { PrivateDatabase, SharedStores, StorePlace, StoreTables } from './private-database.js';
import { openFile } from './sqlite/open-file.js';

/** Opens a store, made on first use. Throws `BadDatabase` where it is damaged or of another format. */
export function openPrivateDatabase(place: StorePlace, store: StoreTables): PrivateDatabase {
  return typeof place === 'string' ? openFile(place, store) : place.open(store);
}

/**
 * The stores of a cluster, on the PostgreSQL of this URL; one connection has them all. Rejects with `DatabaseUnavailable`
 * where it cannot be reached. What belongs to PostgreSQL is loaded now, so that whoever keeps files does without.
 */
export async function openSharedStores(url: string): Promise<SharedStores> {
  const { PostgresStores } = await import('./postgres/postgres-stores.js');
  return PostgresStores.at(url);
}
