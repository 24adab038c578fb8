import { openSqliteLogForReading } from '@ledger/eventlog';

/** The newest position in the log of a data directory: where there are accounts, health does not tell it. */
export async function logHead({ directory }: { readonly directory: string }): Promise<number> {
  const log = openSqliteLogForReading(directory);
  try {
    return await log.head();
  } finally {
    await log.close();
  }
}
