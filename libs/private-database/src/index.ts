export { BadDatabase } from './bad-database.js';
export { isMaybeDone, type MaybeDone } from './maybe-done.js';
export { isOpenToOthers } from './is-open-to-others.js';
export { openPrivateDatabase, openSharedStores } from './open-private-database.js';
export type { PrivateDatabase, SharedStores, Statement, StorePlace, StoreTables, Value } from './private-database.js';
