import type { DatabaseSync } from 'node:sqlite';
import type { WriteBehind } from './write-behind.js';

const MINUTE_MS = 60_000;

/** Notes when sessions or API tokens were used, once a minute at most, and without holding anybody up. */
export class LastUsed {
  readonly #touched = new Map<string, number>();

  constructor(
    db: DatabaseSync,
    table: 'sessions' | 'api_tokens',
    private readonly behind: WriteBehind,
  ) {
    const save = db.prepare(`UPDATE ${table} SET last_used_at = ? WHERE id = ?`);
    behind.add(() => {
      for (const [id, atMs] of this.#touched) save.run(atMs, id);
      return { done: () => this.#touched.clear() };
    });
  }

  touch(id: string, nowMs: number, lastUsedAtMs: number | null): void {
    if (lastUsedAtMs !== null && nowMs - lastUsedAtMs < MINUTE_MS) return;
    this.#touched.set(id, nowMs);
    this.behind.soon();
  }
}
