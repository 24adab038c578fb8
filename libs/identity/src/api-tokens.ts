import type { PrivateDatabase } from '@ledger/private-database';
import { type LocalDate, Refusal, shanghaiDate } from '@ledger/domain';
import type { Credential } from './credential.js';
import { FoundThisTurn } from './found-this-turn.js';
import { LastUsed } from './last-used.js';
import { API_TOKEN, hashOf, newId, newSecret } from './secrets.js';
import type { WriteBehind } from './write-behind.js';

export interface ApiToken {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly createdAtMs: number;
  /** To the minute; null before it is used. */
  readonly lastUsedAtMs: number | null;
  /** The last day in Shanghai on which it holds. */
  readonly to: LocalDate;
}

interface Found extends Omit<ApiToken, 'name' | 'createdAtMs'> {
  readonly mustChange: number;
}

const LONGEST_DAYS = 366;
const DAY_MS = 24 * 60 * 60_000;
export const MOST_TOKENS = 20;

const COLUMNS = 'id, account, name, created_at AS "createdAtMs", last_used_at AS "lastUsedAtMs", to_day AS "to"';

/** Tokens of programs: each acts for an account, under a name, up to a day at most a year away. */
export class ApiTokens {
  readonly #lastUsed: LastUsed;
  readonly #found: FoundThisTurn<Found>;
  readonly #insert;
  readonly #list;
  readonly #revoke;
  readonly #revokeOfAccount;
  readonly #prune;

  constructor(
    private readonly db: PrivateDatabase,
    behind: WriteBehind,
    private readonly now: () => number,
  ) {
    this.#lastUsed = new LastUsed(db, 'api_tokens', behind);
    this.#found = new FoundThisTurn(
      db,
      `SELECT t.id, t.account, t.last_used_at AS "lastUsedAtMs", t.to_day AS "to", a.must_change AS "mustChange"
       FROM api_tokens t JOIN accounts a ON a.id = t.account WHERE t.hash = ? AND a.disabled = 0`,
    );
    this.#insert = db.prepare('INSERT INTO api_tokens VALUES (?, ?, ?, ?, ?, NULL, ?)');
    this.#list = db.prepare(
      `SELECT ${COLUMNS} FROM api_tokens WHERE account = ?1 OR ?1 IS NULL ORDER BY created_at, id`,
    );
    this.#revoke = db.prepare('DELETE FROM api_tokens WHERE id = ? AND (account = ?2 OR ?2 IS NULL) RETURNING account');
    this.#revokeOfAccount = db.prepare('DELETE FROM api_tokens WHERE account = ?');
    this.#prune = db.prepare('DELETE FROM api_tokens WHERE to_day < ?');
  }

  /** The only time that the token itself is seen. */
  make(account: string, { name, to }: { name: string; to: LocalDate }): { token: string; apiToken: ApiToken } {
    const nowMs = this.now();
    const today = shanghaiDate(nowMs);
    const latest = shanghaiDate(nowMs + LONGEST_DAYS * DAY_MS);
    if (to < today || to > latest) throw new Refusal('API_TOKEN_DAY', { to, today, latest }, 'to');
    const apiToken = { id: newId(), account, name, createdAtMs: nowMs, lastUsedAtMs: null, to };
    const token = newSecret(API_TOKEN);
    this.db.inTransaction(() => {
      this.#prune.run(today);
      if (this.list(account).length >= MOST_TOKENS) {
        throw new Refusal('API_TOKEN_LIMIT', { account, limit: MOST_TOKENS });
      }
      this.#insert.run(apiToken.id, hashOf(token), account, name, nowMs, to);
    });
    return { token, apiToken };
  }

  /** What a token opens now, of an account that is not disabled. */
  of(token: string): Credential | undefined {
    const found = this.#found.of(token);
    const nowMs = this.now();
    if (found === undefined || found.to < shanghaiDate(nowMs)) return undefined;
    const { id, account, lastUsedAtMs, mustChange } = found;
    this.#lastUsed.touch(id, nowMs, lastUsedAtMs);
    return { account, via: 'api-token', id, mustChangePassword: mustChange === 1 };
  }

  /** Of one account, or all. */
  list(account?: string): ApiToken[] {
    const today = shanghaiDate(this.now());
    return (this.#list.all(account ?? null) as unknown as ApiToken[]).filter(({ to }) => to >= today);
  }

  /** Whose it was; undefined when there is none, or none of this account. */
  revoke(id: string, account?: string): string | undefined {
    return (this.#revoke.get(id, account ?? null) as { account: string } | undefined)?.account;
  }

  revokeOf(account: string): void {
    this.#revokeOfAccount.run(account);
  }
}
