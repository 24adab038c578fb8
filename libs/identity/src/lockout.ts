import { Refusal } from '@ledger/domain';
import type { PrivateDatabase } from '@ledger/private-database';
import { networkOf } from './network.js';

const FREE_FAILURES = 4;
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** Failures in a row from everywhere together, after which NIST SP 800-63B wants guessing at one account bounded. */
const FREE_FAILURES_OF_NAME = 100;
const WAIT_OF_NAME_MS = 5 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** A day without a failure, and they are forgotten. */
const FORGOTTEN_AFTER_MS = DAY_MS;
const FAMILIAR_FOR_MS = 90 * DAY_MS;
/** Names that nobody has are counted too; so many that whoever makes them up gains nothing, and the file stays small. */
const MOST_COUNTED = 100_000;
/** Where the failures of a name are counted together. */
const EVERYWHERE = '';

interface Failures {
  readonly count: number;
  readonly locked_until: number;
  readonly last_at: number;
}

/** How long a name has to wait at an address after so many failures in a row there: from the fifth on, doubling. */
export function waitAfterMs(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - FREE_FAILURES - 1, 20));
}

/** How long it has to wait everywhere: so little that one who guesses at a single address hardly slows its owner. */
export function waitOfNameMs(failures: number): number {
  return failures < FREE_FAILURES_OF_NAME ? 0 : WAIT_OF_NAME_MS;
}

/**
 * Counts failed log-ins by the name that was given and the address that gave it, whether or not there is such an account,
 * and keeps them: waiting survives a restart, and tells nothing about who has an account. Whoever guesses at a name keeps
 * himself out and not its owner, who comes from elsewhere. Guesses from many addresses are bounded by the name alone,
 * except where its owner has logged in before.
 */
export class Lockout {
  readonly #find;
  readonly #count;
  readonly #clear;
  readonly #clearAll;
  readonly #forget;
  readonly #shorten;
  readonly #isFamiliar;
  readonly #makeFamiliar;
  readonly #forgetFamiliar;
  readonly #makeStrange;

  constructor(private readonly db: PrivateDatabase) {
    this.#find = db.prepare('SELECT count, locked_until, last_at FROM failures WHERE account = ? AND network = ?');
    this.#count = db.prepare(`
      INSERT INTO failures VALUES (?, ?, ?, ?, ?) ON CONFLICT (account, network)
      DO UPDATE SET count = excluded.count, locked_until = excluded.locked_until, last_at = excluded.last_at
    `);
    this.#clear = db.prepare('DELETE FROM failures WHERE account = ? AND network IN (?, ?)');
    this.#clearAll = db.prepare('DELETE FROM failures WHERE account = ?');
    this.#forget = db.prepare('DELETE FROM failures WHERE last_at < ?');
    this.#shorten = db.prepare(`
      DELETE FROM failures WHERE (account, network) IN (
        SELECT account, network FROM failures WHERE account NOT IN (SELECT id FROM accounts)
        ORDER BY last_at LIMIT (
          SELECT CASE WHEN count(*) > ${MOST_COUNTED} THEN count(*) - ${MOST_COUNTED} ELSE 0 END FROM failures)
      )
    `);
    this.#isFamiliar = db.prepare('SELECT 1 FROM familiar_networks WHERE account = ? AND network = ? AND last_at >= ?');
    this.#makeFamiliar = db.prepare(`
      INSERT INTO familiar_networks VALUES (?, ?, ?) ON CONFLICT (account, network) DO UPDATE SET last_at = excluded.last_at
    `);
    this.#forgetFamiliar = db.prepare('DELETE FROM familiar_networks WHERE account = ? AND last_at < ?');
    this.#makeStrange = db.prepare('DELETE FROM familiar_networks WHERE account = ?');
  }

  /**
   * Counts an attempt as failed before its password is looked at, so that guesses sent all at once count one by one;
   * `succeeded` takes it back. Refuses while the name has to wait. Gives how long it has to from now on if this one fails.
   */
  attempt(account: string, address: string, nowMs: number): { waitMs: number } {
    // Looking and counting are one: two processes that are asked at once do not count the same failure.
    return this.db.inTransaction(() => this.#attempt(account, address, nowMs));
  }

  #attempt(account: string, address: string, nowMs: number): { waitMs: number } {
    const network = networkOf(address);
    const here = this.#failures(account, network, nowMs);
    const everywhere = this.#failures(account, EVERYWHERE, nowMs);
    const isFamiliar = this.#isFamiliar.get(account, network, nowMs - FAMILIAR_FOR_MS) !== undefined;
    const lockedUntil = Math.max(here.locked_until, isFamiliar ? 0 : everywhere.locked_until);
    if (lockedUntil > nowMs) {
      throw new Refusal('LOGIN_LOCKED', { waitSeconds: Math.ceil((lockedUntil - nowMs) / 1000) });
    }
    const [waitMs, waitOfName] = [waitAfterMs(here.count + 1), waitOfNameMs(everywhere.count + 1)];
    this.#forget.run(nowMs - FORGOTTEN_AFTER_MS);
    this.#count.run(account, network, here.count + 1, nowMs + waitMs, nowMs);
    this.#count.run(account, EVERYWHERE, everywhere.count + 1, nowMs + waitOfName, nowMs);
    if (here.count === 0) this.#shorten.run();
    return { waitMs: Math.max(waitMs, isFamiliar ? 0 : waitOfName) };
  }

  /** What others have failed with at their addresses goes on counting there. */
  succeeded(account: string, address: string, nowMs: number): void {
    const network = networkOf(address);
    this.db.inTransaction(() => {
      this.#clear.run(account, network, EVERYWHERE);
      this.#makeFamiliar.run(account, network, nowMs);
      this.#forgetFamiliar.run(account, nowMs - FAMILIAR_FOR_MS);
    });
  }

  /** For an account with another password than its owner's: who guessed is forgotten, and so is where he logged in. */
  beginAnew(account: string): void {
    this.#clearAll.run(account);
    this.#makeStrange.run(account);
  }

  #failures(account: string, network: string, nowMs: number): Failures {
    const found = this.#find.get(account, network) as Failures | undefined;
    if (found !== undefined && found.last_at >= nowMs - FORGOTTEN_AFTER_MS) return found;
    return { count: 0, locked_until: 0, last_at: 0 };
  }
}
