export { BadDatabase } from './bad-database.js';
export { inTransaction } from './in-transaction.js';
export { openPrivateDatabase, type PrivateDatabase } from './open-private-database.js';
