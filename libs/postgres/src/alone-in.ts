import { setTimeout } from 'node:timers/promises';
import { DatabaseUnavailable } from './errors.js';
import type { SyncConnection } from './sync-connection.js';

const FIRST_PAUSE_MS = 5;
/** No longer than a turn: who waits would otherwise come after whoever has many. */
const LONGEST_PAUSE_MS = 20;
const PATIENCE_MS = 10_000;

/**
 * Does some work while no other process does what has the same key, by a lock that this connection holds as long as it
 * lasts. Within this process the caller sees to it.
 */
export async function aloneIn<T>(
  connection: SyncConnection,
  key: string,
  work: (stillAlone: () => void) => Promise<T>,
): Promise<T> {
  const session = await taken(connection, key);
  try {
    return await work(() => {
      if (sessionOf(connection) !== session) throw lost();
    });
  } finally {
    release(connection, key, session);
  }
}

/**
 * Which session has the lock; that of a standby is no lock, as others may have it on the primary. It asks again and again,
 * for to wait for a lock is to stand still for all requests.
 */
async function taken(connection: SyncConnection, key: string): Promise<string> {
  const until = performance.now() + PATIENCE_MS;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const text = `SELECT NOT pg_is_in_recovery() AND pg_try_advisory_lock(hashtextextended($1, 0)) AS "isTaken", ${SESSION} AS session`;
    const { isTaken, session } = connection.query<{ isTaken: boolean; session: string }>(text, [key]).rows[0]!;
    if (isTaken) return session;
    if (performance.now() > until) throw busy();
    await setTimeout(pauseMs);
  }
}

/** A lock that is not given back is lost with its connection; an error here would hide what the work has come to. */
function release(connection: SyncConnection, key: string, session: string): void {
  try {
    if (sessionOf(connection) === session) {
      connection.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [key]);
    }
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
  }
}

/** No two sessions of a server have both. */
const SESSION = `pg_backend_pid() || ' ' || extract(epoch FROM pg_postmaster_start_time())`;

function sessionOf(connection: SyncConnection): string | undefined {
  return connection.query<{ session: string }>(`SELECT ${SESSION} AS session`, []).rows[0]?.session;
}

function busy(): DatabaseUnavailable {
  return new DatabaseUnavailable(
    '另一个进程正在处理同一事项,请稍后重试。Another process is at work on the same thing; try again later.',
  );
}

function lost(): DatabaseUnavailable {
  return new DatabaseUnavailable(
    '处理途中与数据库的连接断开,未记录,请重试。The connection to the database was lost on the way, so nothing was recorded; try again.',
  );
}
