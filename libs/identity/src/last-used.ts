import type { PrivateDatabase } from '@ledger/private-database';
import type { WriteBehind } from './write-behind.js';

const MINUTE_MS = 60_000;

/** Notes when sessions or API tokens were used, once a minute at most, and without holding anybody up. */
export class LastUsed {
  readonly #touched = new Map<string, number>();

  constructor(
    db: PrivateDatabase,
    table: 'sessions' | 'api_tokens',
    private readonly behind: WriteBehind,
  ) {
    // Another process may have seen it used later.
    const save = db.prepare(`UPDATE ${table} SET last_used_at = ?1 WHERE id = ?2 AND coalesce(last_used_at, 0) < ?1`);
    behind.add(() => {
      const written = [...this.#touched];
      for (const [id, atMs] of written) save.run(atMs, id);
      return {
        done: () => written.forEach(([id, atMs]) => this.#touched.get(id) === atMs && this.#touched.delete(id)),
      };
    });
  }

  touch(id: string, nowMs: number, lastUsedAtMs: number | null): void {
    if (lastUsedAtMs !== null && nowMs - lastUsedAtMs < MINUTE_MS) return;
    this.#touched.set(id, nowMs);
    this.behind.soon();
  }
}
