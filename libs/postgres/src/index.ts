export { aloneIn } from './alone-in.js';
export type { Value } from './asked.js';
export { DatabaseError, DatabaseUnavailable } from './errors.js';
export { exactNumbers } from './exact-numbers.js';
export { openSharedTurns, type SharedTurns } from './shared-turns.js';
export { openSyncConnection, type Rows, SyncConnection, type SyncConnectionOptions } from './sync-connection.js';
