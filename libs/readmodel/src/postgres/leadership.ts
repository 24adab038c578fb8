import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, connected } from './connection.js';
import { beating } from './heartbeat.js';

/** What only one process of a cluster is to do at a time. */
export interface Task {
  readonly name: string;
  /** Of several of the same name. */
  readonly number: number;
}

/** That this process is the one, as long as the connection lives: what it writes, it writes on this connection. */
export interface Leadership {
  readonly connection: Connection;
  /** Aborted, with the reason, when it is found that the connection is gone. */
  readonly lost: AbortSignal;
  /** Lets the next one begin at once. */
  release(): Promise<void>;
}

const TRY_EVERY_MS = 250;
/** By the server's clock: a process that stands still can judge of nothing, and its socket stays open. */
const SILENT_MS = 2500;
const STATEMENT_MS = 3000;

/**
 * Stands by until a task is this process's, and leads then. The lock of a task is its connection's, and the server ends a connection
 * that says nothing for some seconds, waits for another as long, or leaves a transaction open; so a process that is stopped
 * or cut off loses the right to write before another one begins, and what it still sends finds its connection gone. Resolves with undefined
 * when told to end. Rejects where the database cannot be asked.
 */
export async function standBy(url: string, task: Task, ending: AbortSignal): Promise<Leadership | undefined> {
  const connection = await connected(url, 'public');
  try {
    await connection.query(
      `SET idle_session_timeout TO ${SILENT_MS}; SET idle_in_transaction_session_timeout TO ${SILENT_MS};
       SET statement_timeout TO ${STATEMENT_MS}; SET lock_timeout TO ${STATEMENT_MS}`,
    );
    while (!ending.aborted) {
      if (await taken(connection, task)) return leading(connection);
      await endIfStuck(connection, task);
      await pause(TRY_EVERY_MS, undefined, { signal: ending }).catch(() => undefined);
    }
  } catch (error) {
    await connection.end();
    throw error;
  }
  await connection.end();
  return undefined;
}

function leading(connection: Connection): Leadership {
  const lost = new AbortController();
  const still = beating(connection, (reason) => {
    lost.abort(reason);
    // Whoever waits for an answer on it hears that there will be none.
    void connection.end();
  });
  const release = async (): Promise<void> => {
    still();
    await connection.end();
  };
  return { connection, lost: lost.signal, release };
}

async function taken(connection: Connection, { name, number }: Task): Promise<boolean> {
  const { rows } = await connection.query<{ taken: boolean }>(
    'SELECT pg_try_advisory_lock(hashtext($1), $2) AS taken',
    [name, number],
  );
  return rows[0]?.taken === true;
}

/**
 * The one thing that no timeout of the server ends is a COPY whose rows do not come. Nothing that a leader asks takes as long, so whoever is at it
 * longer than any statement may take is stopped, and stands in the way.
 */
async function endIfStuck(connection: Connection, { name, number }: Task): Promise<void> {
  await connection.query(
    `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND l.classid = (hashtext($1)::bigint & 4294967295)::oid AND l.objid = $2::oid AND l.objsubid = 2
       AND a.state = 'active' AND a.query_start < clock_timestamp() - interval '${STATEMENT_MS + 500} ms'`,
    [name, number],
  );
}
