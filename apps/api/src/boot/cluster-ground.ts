import { openEventStoreLog } from '@ledger/eventlog';
import { openSharedTurns } from '@ledger/postgres';
import { openSharedStores } from '@ledger/private-database';
import { followPostgresViews } from '@ledger/readmodel';
import type { ClusterSettings } from '@ledger/settings';
import { type Ground, untilReadable } from './ground.js';

/**
 * EventStoreDB and PostgreSQL, which other processes write to as well: projectors decide the order of the facts, keep the
 * views current, and book what books by itself.
 */
export async function clusterGround(
  { eventStoreUrl, databaseUrl }: ClusterSettings,
  name: string,
  onFailure: (failure: string) => void,
): Promise<Ground> {
  const log = await openEventStoreLog({
    url: eventStoreUrl,
    namespace: name,
    sequences: false,
    onError: (error) => onFailure(`the log: ${String(error)}`),
  });
  const opened: { close(): void | Promise<void> }[] = [log];
  const close = async (): Promise<void> => {
    for (const each of opened.toReversed()) await each.close();
  };
  try {
    const turns = openSharedTurns(databaseUrl);
    opened.push(turns);
    const stores = await openSharedStores(databaseUrl);
    opened.push(stores);
    return {
      log,
      stores,
      alone: async (key, work) => turns.alone(key, work),
      openViews: async () => openViews(databaseUrl, onFailure),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openViews(url: string, onFailure: (failure: string) => void): ReturnType<Ground['openViews']> {
  const followed = await followPostgresViews({ url, onFailure: (failure) => onFailure(`views: ${failure}`) });
  try {
    await untilReadable(followed.projector);
    return followed;
  } catch (error) {
    await followed.close();
    throw error;
  }
}
