import { openSyncConnection } from '@ledger/postgres';
import { ReadModel } from '../read-model.js';
import { schemaOf } from './postgres-generations.js';
import { PostgresStatements } from './postgres-statements.js';

export interface PostgresReadOptions {
  /** The position up to which the views are told to go, where that is known without asking for it. */
  readonly reached?: () => number;
  /** How long one statement may take. */
  readonly statementTimeoutMs?: number;
}

const STATEMENT_TIMEOUT_MS = 10_000;
/** What the server is given beyond the statement's time to say that it was over. */
const GRACE_MS = 2_000;
const LOCK_TIMEOUT_MS = 2_000;

/**
 * Opens a generation in a database for reading. As long as it is open no one removes the generation: the connection holds
 * its lock, and takes it again first of all when it was lost. Throws `DatabaseUnavailable`, or a `DatabaseError` where there
 * is no such generation.
 */
export function openPostgresReadModel(
  url: string,
  generation: number,
  { reached, statementTimeoutMs = STATEMENT_TIMEOUT_MS }: PostgresReadOptions = {},
): ReadModel {
  const connection = openSyncConnection({
    url,
    name: 'ledger views',
    settings: {
      search_path: schemaOf(generation),
      default_transaction_read_only: 'on',
      statement_timeout: String(statementTimeoutMs),
      lock_timeout: String(LOCK_TIMEOUT_MS),
      // A plan for any values, which statements come to that are asked again, is many times slower; and these are short.
      plan_cache_mode: 'force_custom_plan',
      jit: 'off',
    },
    deadlineMs: statementTimeoutMs + GRACE_MS,
  });
  try {
    connection.beginWith([`SELECT pg_advisory_lock_shared(hashtext('views'), ${generation})`]);
    return new ReadModel(new PostgresStatements(connection), { reached, close: () => connection.close() });
  } catch (error) {
    connection.close();
    throw error;
  }
}
