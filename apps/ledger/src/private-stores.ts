import { BadDatabase, openSharedStores, type SharedStores } from '@ledger/private-database';
import { BadConfiguration, databaseSetting, profileOf } from '@ledger/settings';
import { CommandFailed } from './command-failed.js';

/** Whether accounts, drafts and personal data are those of a cluster. */
export function isInCluster(): boolean {
  return inSentences(() => profileOf(process.env) === 'cluster');
}

/** Works with the stores that a cluster shares, while it runs or not. */
export async function withSharedStores<T>(work: (stores: SharedStores) => T | Promise<T>): Promise<T> {
  const url = inSentences(() => databaseSetting(process.env));
  try {
    const stores = await openSharedStores(url);
    try {
      return await work(stores);
    } finally {
      stores.close();
    }
  } catch (error) {
    throw isForeseen(error) ? new CommandFailed(error.message) : error;
  }
}

function inSentences<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw isForeseen(error) ? new CommandFailed(error.message) : error;
  }
}

/** What is thrown by a database that is not there is known by its name: its code is loaded only in a cluster. */
function isForeseen(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return error instanceof BadConfiguration || error instanceof BadDatabase || error.name === 'DatabaseUnavailable';
}
