import { openSyncConnection, type SyncConnection } from '@ledger/postgres';
import type { PrivateDatabase, SharedStores, StoreTables } from '../private-database.js';
import { makeTables } from './make-tables.js';
import { SchemaDatabase } from './schema-database.js';
import { takeOver } from './take-over.js';

/**
 * A commit that has returned is on the server's disk. A process that is stopped in the middle of a transaction loses it, and
 * with it the lock of the store, before others have waited too long for that; so does one that is stopped while it is alone with something; one whose machine has gone loses its connection, and
 * with it what it was alone with, within half a minute and not in hours.
 */
const SETTINGS = {
  search_path: 'identity, drafts, vault',
  synchronous_commit: 'on',
  default_transaction_isolation: 'read committed',
  idle_in_transaction_session_timeout: '3s',
  idle_session_timeout: '6s',
  lock_timeout: '6s',
  statement_timeout: '8s',
  tcp_keepalives_idle: '10s',
  tcp_keepalives_interval: '5s',
  tcp_keepalives_count: '3',
  client_min_messages: 'error',
};
const HEARTBEAT_MS = 1_500;
const DEADLINE_MS = 10_000;

export class PostgresStores implements SharedStores {
  private constructor(private readonly connection: SyncConnection) {}

  static at(url: string): PostgresStores {
    const options = {
      url,
      name: 'ledger stores',
      settings: SETTINGS,
      deadlineMs: DEADLINE_MS,
      heartbeatMs: HEARTBEAT_MS,
    };
    return new PostgresStores(openSyncConnection(options));
  }

  open(store: StoreTables): PrivateDatabase {
    makeTables(this.connection, store);
    return new SchemaDatabase(this.connection, store.schema);
  }

  takeOver(store: StoreTables, from: PrivateDatabase): number | undefined {
    makeTables(this.connection, store);
    return takeOver(this.connection, store.schema, from);
  }

  get waitedMs(): number {
    return this.connection.waitedMs;
  }

  close(): void {
    this.connection.close();
  }
}
