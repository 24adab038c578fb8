import { oneOf } from './one-of.js';

/** One process with its files, or many on EventStoreDB and PostgreSQL. */
export type Profile = 'embedded' | 'cluster';

export function profileOf(env: NodeJS.ProcessEnv): Profile {
  return oneOf('LEDGER_PROFILE', env['LEDGER_PROFILE'] ?? 'embedded', ['embedded', 'cluster']);
}
