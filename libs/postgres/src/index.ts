export type { Value } from './asked.js';
export { DatabaseError, DatabaseUnavailable } from './errors.js';
export { exactNumbers } from './exact-numbers.js';
export { openSyncConnection, type Rows, SyncConnection, type SyncConnectionOptions } from './sync-connection.js';
