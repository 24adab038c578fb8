// The same on a server that several processes share.
import { onPostgres } from '../support/private-stores.js';

onPostgres();
await import('./passwords.spec.js');
