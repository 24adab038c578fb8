import { DatabaseError, type SyncConnection } from '@ledger/postgres';

const OF_STORES = "hashtext('ledger store')";

/** Until the transaction ends nobody else writes to the store. Gives the transaction's number, by which it is asked after. */
export function takeStore(connection: SyncConnection, schema: string): string {
  const text = `SELECT pg_advisory_xact_lock(${OF_STORES}, hashtext($1)), pg_current_xact_id()::text AS id`;
  return connection.query<{ id: string }>(text, [schema]).rows[0]?.id ?? '';
}

/** Whether a transaction was done; throws where the server does not know yet, or does not answer. */
export function wasCommitted(connection: SyncConnection, id: string): boolean {
  const status = statusOf(connection, id);
  if (status === 'committed') return true;
  if (status === 'aborted') return false;
  throw new Error(`the server says of transaction ${id}: ${status ?? 'too long ago'}`);
}

const INVALID_PARAMETER_VALUE = '22023';

/** One that the server has not come to yet was lost with the server that had. */
function statusOf(connection: SyncConnection, id: string): string | null | undefined {
  try {
    return connection.query<{ status: string | null }>('SELECT pg_xact_status($1::xid8) AS status', [id]).rows[0]
      ?.status;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === INVALID_PARAMETER_VALUE) return 'aborted';
    throw error;
  }
}
