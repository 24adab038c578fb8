import { BadConfiguration } from './bad-configuration.js';

/** What the ledger is called: in its first fact, and in a cluster before the names of all its streams. */
export function ledgerName(name: string): string {
  if (/^[a-z0-9][a-z0-9.-]{0,62}$/.test(name)) return name;
  throw new BadConfiguration(
    `LEDGER_NAME=${name} 须为小写字母、数字、点和短横线。LEDGER_NAME must be lower-case letters, digits, dots and hyphens.`,
  );
}
