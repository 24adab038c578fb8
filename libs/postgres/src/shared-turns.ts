import { aloneIn } from './alone-in.js';
import { openSyncConnection } from './sync-connection.js';

/** Turns that several processes take with each other, by locks of a server that they all ask. */
export interface SharedTurns {
  /**
   * Does some work while no other process does what has the same key. `stillAlone` throws `DatabaseUnavailable` where that
   * has ended early; so does waiting that takes too long.
   */
  alone<T>(key: string, work: (stillAlone: () => void) => Promise<T>): Promise<T>;
  close(): void;
}

/** A process that stands still says nothing, and loses its locks to others, who have been waiting for them this long. */
const SILENT_MS = 6_000;
const HEARTBEAT_MS = 1_500;
const DEADLINE_MS = 3_000;

/** Opens turns on a database, for whoever may connect to it. Throws `DatabaseUnavailable`. */
export function openSharedTurns(url: string): SharedTurns {
  const settings = { idle_session_timeout: `${SILENT_MS}ms`, lock_timeout: '1s', client_min_messages: 'error' };
  const connection = openSyncConnection({
    url,
    name: 'ledger turns',
    settings,
    deadlineMs: DEADLINE_MS,
    heartbeatMs: HEARTBEAT_MS,
  });
  return {
    alone: async (key, work) => aloneIn(connection, `turn ${key}`, work),
    close: () => connection.close(),
  };
}
