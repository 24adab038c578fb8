import type { PrivateDatabase } from '@ledger/private-database';
import type { Credential } from './credential.js';
import { FoundThisTurn } from './found-this-turn.js';
import { LastUsed } from './last-used.js';
import { hashOf, newId, newSecret, SESSION } from './secrets.js';
import type { WriteBehind } from './write-behind.js';

export type LoggedInBy = 'password' | 'oidc';

export interface Session {
  readonly id: string;
  readonly account: string;
  readonly via: LoggedInBy;
  readonly createdAtMs: number;
  /** To the minute. */
  readonly lastUsedAtMs: number;
  /** When it is over, however much it is used. */
  readonly untilMs: number;
}

interface Found extends Omit<Session, 'createdAtMs'> {
  readonly mustChange: number;
}

/** The only time that the token is seen. */
export interface OpenedSession {
  readonly session: Session;
  readonly token: string;
}

export const IDLE_MS = 30 * 60_000;
export const LONGEST_MS = 12 * 60 * 60_000;
/** Nobody works at so many places at once; the one used least lately makes room. */
const MOST_OF_ONE_ACCOUNT = 20;

const COLUMNS = 'id, account, via, created_at AS "createdAtMs", last_used_at AS "lastUsedAtMs", until AS "untilMs"';

/** Sessions of people who have logged in: over after half an hour without use, and after twelve hours in any case. */
export class Sessions {
  readonly #lastUsed: LastUsed;
  readonly #found: FoundThisTurn<Found>;
  readonly #insert;
  readonly #list;
  readonly #end;
  readonly #endOfAccount;
  readonly #prune;
  readonly #makeRoom;

  constructor(
    private readonly db: PrivateDatabase,
    behind: WriteBehind,
    private readonly now: () => number,
  ) {
    this.#lastUsed = new LastUsed(db, 'sessions', behind);
    this.#found = new FoundThisTurn(
      db,
      `SELECT s.id, s.account, s.via, s.last_used_at AS "lastUsedAtMs", s.until AS "untilMs", a.must_change AS "mustChange"
       FROM sessions s JOIN accounts a ON a.id = s.account WHERE s.hash = ? AND a.disabled = 0`,
    );
    this.#insert = db.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#list = db.prepare(`SELECT ${COLUMNS} FROM sessions WHERE account = ?1 OR ?1 IS NULL ORDER BY created_at, id`);
    this.#end = db.prepare('DELETE FROM sessions WHERE id = ? AND (account = ?2 OR ?2 IS NULL) RETURNING account');
    this.#endOfAccount = db.prepare('DELETE FROM sessions WHERE account = ?');
    this.#prune = db.prepare(`DELETE FROM sessions WHERE until <= ?1 OR last_used_at <= ?1 - ${IDLE_MS}`);
    this.#makeRoom = db.prepare(`
      DELETE FROM sessions WHERE account = ?1 AND id NOT IN (
        SELECT id FROM sessions WHERE account = ?1 ORDER BY last_used_at DESC LIMIT ${MOST_OF_ONE_ACCOUNT - 1}
      )
    `);
  }

  open(account: string, via: LoggedInBy): OpenedSession {
    const nowMs = this.now();
    const session = { id: newId(), account, via, createdAtMs: nowMs, lastUsedAtMs: nowMs, untilMs: nowMs + LONGEST_MS };
    const token = newSecret(SESSION);
    this.db.inTransaction(() => {
      this.#prune.run(nowMs);
      this.#makeRoom.run(account);
      this.#insert.run(session.id, hashOf(token), account, via, nowMs, nowMs, session.untilMs);
    });
    return { session, token };
  }

  /** What a token opens now, of an account that is not disabled. */
  of(token: string): Credential | undefined {
    const found = this.#found.of(token);
    if (found === undefined || !this.#holds(found)) return undefined;
    const { id, account, via, lastUsedAtMs, mustChange } = found;
    this.#lastUsed.touch(id, this.now(), lastUsedAtMs);
    // Whom an identity provider has vouched for needs no password here.
    return { account, via: 'session', id, mustChangePassword: mustChange === 1 && via !== 'oidc' };
  }

  /** Of one account, or all. */
  list(account?: string): Session[] {
    return (this.#list.all(account ?? null) as unknown as Session[]).filter((session) => this.#holds(session));
  }

  /** Whose it was; undefined when there is none, or none of this account. */
  end(id: string, account?: string): string | undefined {
    return (this.#end.get(id, account ?? null) as { account: string } | undefined)?.account;
  }

  endOf(account: string): void {
    this.#endOfAccount.run(account);
  }

  #holds({ untilMs, lastUsedAtMs }: Pick<Session, 'untilMs' | 'lastUsedAtMs'>): boolean {
    const nowMs = this.now();
    return nowMs < untilMs && nowMs < lastUsedAtMs + IDLE_MS;
  }
}
