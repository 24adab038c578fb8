export { BadDatabase } from './bad-database.js';
export { inTransaction } from './in-transaction.js';
export { isOpenToOthers } from './is-open-to-others.js';
export { openPrivateDatabase, type PrivateDatabase } from './open-private-database.js';
