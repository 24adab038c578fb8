import type { DatabaseSync } from 'node:sqlite';
import { Refusal } from '@ledger/domain';

const FREE_FAILURES = 4;
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** A day without a failure, and they are forgotten. */
const FORGOTTEN_AFTER_MS = 24 * 60 * 60_000;
/** Names that nobody has are counted too; so many that whoever makes them up gains nothing, and the file stays small. */
const MOST_NAMES = 100_000;

/** How long nobody may log in after so many failures in a row: from the fifth on, doubling up to a quarter of an hour. */
export function waitAfterMs(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - FREE_FAILURES - 1, 20));
}

/**
 * Counts failed log-ins by the name that was given, whether or not there is such an account, and keeps them: waiting
 * survives a restart, and tells nothing about who has an account.
 */
export class Lockout {
  readonly #find;
  readonly #count;
  readonly #clear;
  readonly #forget;
  readonly #shorten;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare('SELECT count, locked_until, last_at FROM failures WHERE account = ?');
    this.#count = db.prepare(`
      INSERT INTO failures (account, count, locked_until, last_at) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (account) DO UPDATE SET count = ?2, locked_until = ?3, last_at = ?4
    `);
    this.#clear = db.prepare('DELETE FROM failures WHERE account = ?');
    this.#forget = db.prepare('DELETE FROM failures WHERE last_at < ?');
    this.#shorten = db.prepare(`
      DELETE FROM failures WHERE account IN (
        SELECT account FROM failures WHERE account NOT IN (SELECT id FROM accounts)
        ORDER BY last_at LIMIT max(0, (SELECT count(*) FROM failures) - ${MOST_NAMES})
      )
    `);
  }

  /**
   * Counts an attempt as failed before its password is looked at, so that guesses sent all at once count one by one;
   * `succeeded` takes it back. Refuses while the name has to wait. Gives how long it has to from now on if this one fails.
   */
  attempt(account: string, nowMs: number): { waitMs: number } {
    const found = this.#find.get(account) as { count: number; locked_until: number; last_at: number } | undefined;
    if (found !== undefined && found.locked_until > nowMs) {
      throw new Refusal('LOGIN_LOCKED', { waitSeconds: Math.ceil((found.locked_until - nowMs) / 1000) });
    }
    this.#forget.run(nowMs - FORGOTTEN_AFTER_MS);
    const before = found === undefined || found.last_at < nowMs - FORGOTTEN_AFTER_MS ? 0 : found.count;
    const waitMs = waitAfterMs(before + 1);
    this.#count.run(account, before + 1, nowMs + waitMs, nowMs);
    if (before === 0) this.#shorten.run();
    return { waitMs };
  }

  succeeded(account: string): void {
    this.#clear.run(account);
  }
}
