/** The database refused a statement for a reason of the statement's own. `code` is its SQLSTATE. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/**
 * The database was not reached, did not answer in time, or would not now. Of a statement that writes outside of a
 * transaction, and of a COMMIT, it is not known whether it was done.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/**
 * By the classes of SQLSTATE (PostgreSQL's manual, appendix A): connection exceptions, insufficient resources, operator
 * intervention (shut down, timed out), locks that were waited for too long, deadlock, serialisation, a standby that is not promoted yet.
 */
const PASSING = /^(?:08|53|57|55P03|40P01|40001|25006|25P0[34])/;

/** Without a SQLSTATE it is no answer of the database, but the way to it. */
export function databaseError(message: string, code: string | undefined): DatabaseError | DatabaseUnavailable {
  if (code === undefined || PASSING.test(code)) {
    return new DatabaseUnavailable(
      `数据库暂时不可用,请稍后重试:${message} The database is not available now, try again later: ${message}`,
    );
  }
  return new DatabaseError(message, code);
}
