import { register } from './register.js';

/** The ledger itself: its name, and whether what it holds is made up. */
export const ledger = register({
  name: 'ledger',
  version: 1,
  columns: { position: 'integer', name: 'text', demo: 'integer' },
  key: ['position'],
  on: { LedgerOpened: ({ data }, position) => [{ position, name: data.name, demo: data.demo ? 1 : 0 }] },
});
