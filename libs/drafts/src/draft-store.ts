import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { inTransaction } from '@ledger/private-database';
import type { Content, Draft, DraftStatus } from './draft.js';
import { openDraftsFile } from './schema.js';

/** Which drafts a page is of: those of some divisions, in the order in which they were submitted. */
export interface DraftsWanted {
  readonly divisions: readonly string[];
  readonly statuses: readonly DraftStatus[];
  readonly book?: string;
  readonly preparedBy?: string;
  readonly notPreparedBy?: string;
  /** After the draft of this number. */
  readonly after: number;
  readonly limit: number;
}

export interface NumberedDraft {
  readonly number: number;
  readonly draft: Draft;
}

/** Opens the drafts of a data directory. One process at a time writes to them: the one that holds the log. */
export function openDrafts(directory: string): DraftStore {
  return new DraftStore(openDraftsFile(directory));
}

/** What is submitted and not, or not yet, in the ledger. Whatever returns has been made durable. */
export class DraftStore {
  readonly #divisions: Set<string>;
  readonly #add: StatementSync;
  readonly #addContent: StatementSync;
  readonly #addEvidence: StatementSync;
  readonly #replace: StatementSync;
  readonly #one: StatementSync;
  readonly #contents: StatementSync;
  readonly #fingerprint: StatementSync;
  readonly #numbers: StatementSync;
  readonly #numbered: StatementSync;
  readonly #waiting: StatementSync;
  readonly #waitingOf: StatementSync;
  readonly #naming: StatementSync;

  constructor(private readonly db: DatabaseSync) {
    this.#add = db.prepare(
      'INSERT INTO drafts (id, fingerprint, division, book, status, prepared_by, draft) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#addContent = db.prepare('INSERT INTO contents (draft, version, body) VALUES (?, ?, ?)');
    this.#addEvidence = db.prepare('INSERT OR IGNORE INTO evidence (sha256, draft) VALUES (?, ?)');
    this.#replace = db.prepare(
      'UPDATE drafts SET division = ?, book = ?, status = ?, closed_at = ?, draft = ? WHERE id = ? AND draft = ?',
    );
    this.#one = db.prepare('SELECT number, draft FROM drafts WHERE id = ?');
    this.#contents = db.prepare(
      'SELECT version, body FROM contents WHERE draft = (SELECT number FROM drafts WHERE id = ?) ORDER BY version',
    );
    this.#fingerprint = db.prepare(
      'SELECT fingerprint FROM drafts WHERE id = ?1 UNION ALL SELECT fingerprint FROM forgotten WHERE id = ?1',
    );
    this.#numbers = db.prepare(
      `SELECT number FROM drafts WHERE division = ?1 AND status = ?2 AND number > ?3 AND (?4 IS NULL OR book = ?4)
       AND (?5 IS NULL OR prepared_by = ?5) AND (?6 IS NULL OR prepared_by <> ?6) ORDER BY number LIMIT ?7`,
    );
    this.#numbered = db.prepare('SELECT draft FROM drafts WHERE number = ?');
    this.#waiting = db.prepare('SELECT draft FROM drafts WHERE division = ? AND status = ? ORDER BY number');
    this.#waitingOf = db.prepare("SELECT draft FROM drafts WHERE book = ? AND status = 'SUBMITTED' ORDER BY number");
    this.#naming = db.prepare('SELECT d.draft FROM evidence e JOIN drafts d ON d.number = e.draft WHERE e.sha256 = ?');
    const divisions = db.prepare('SELECT DISTINCT division FROM drafts').all() as { division: string }[];
    this.#divisions = new Set(divisions.map(({ division }) => division));
  }

  /** Every division that there is a draft of. */
  get divisions(): readonly string[] {
    return [...this.#divisions];
  }

  add(draft: Draft, content: Content, fingerprint: string): void {
    this.#inTransaction(() => {
      const { id, division, book, status, preparedBy } = draft;
      const text = JSON.stringify(draft);
      const { lastInsertRowid } = this.#add.run(id, fingerprint, division, book, status, preparedBy, text);
      this.#keep(Number(lastInsertRowid), content);
    });
    this.#divisions.add(draft.division);
  }

  /** Puts the next state of a draft in the place of the one that it was made from; throws when that has gone. */
  replace(before: Draft, next: Draft, { content, closedAtMs }: { content?: Content; closedAtMs?: number } = {}): void {
    this.#inTransaction(() => {
      const { id, division, book, status } = next;
      const [was, is] = [JSON.stringify(before), JSON.stringify(next)];
      const { changes } = this.#replace.run(division, book, status, closedAtMs ?? null, is, id, was);
      if (changes !== 1) throw new Error(`draft ${id} was changed by somebody else meanwhile`);
      if (content !== undefined) this.#keep((this.#one.get(id) as { number: number }).number, content);
    });
    this.#divisions.add(next.division);
  }

  find(id: string): Draft | undefined {
    return this.numbered(id)?.draft;
  }

  /** With its place in the order of submission. */
  numbered(id: string): NumberedDraft | undefined {
    const row = this.#one.get(id) as { number: number; draft: string } | undefined;
    return row && { number: row.number, draft: asDraft(row) };
  }

  /** All that was submitted under it, oldest first. */
  contents(id: string): Content[] {
    const rows = this.#contents.all(id) as { version: number; body: string }[];
    return rows.map(({ version, body }) => ({ version, body: JSON.parse(body) as Content['body'] }));
  }

  /** What the request asked for that made the draft, also where the draft itself has been forgotten. */
  fingerprintOf(id: string): string | undefined {
    this.#readForThisTurn();
    return (this.#fingerprint.get(id) as { fingerprint: string } | undefined)?.fingerprint;
  }

  /** One seek a division and status, so that a page costs the same however many drafts there have been. */
  page({ divisions, statuses, book, preparedBy, notPreparedBy, after, limit }: DraftsWanted): NumberedDraft[] {
    const numbers = divisions.flatMap((division) =>
      statuses.flatMap((status) => {
        const who = [preparedBy ?? null, notPreparedBy ?? null];
        const rows = this.#numbers.all(division, status, after, book ?? null, ...who, limit) as { number: number }[];
        return rows.map(({ number }) => number);
      }),
    );
    const first = numbers.toSorted((a, b) => a - b).slice(0, limit);
    return first.map((number) => ({ number, draft: asDraft(this.#numbered.get(number) as { draft: string }) }));
  }

  /** Everything that waits for review. */
  waiting(): Draft[] {
    return this.divisions.flatMap((division) =>
      (this.#waiting.all(division, 'SUBMITTED') as { draft: string }[]).map(asDraft),
    );
  }

  /** What waits for review of one book: a seek, because it is asked in the moment in which a month is closed. */
  waitingOf(book: string): Draft[] {
    return (this.#waitingOf.all(book) as { draft: string }[]).map(asDraft);
  }

  /** The drafts that name an attachment. */
  naming(sha256: string): Draft[] {
    return (this.#naming.all(sha256) as { draft: string }[]).map(asDraft);
  }

  /** Forgets drafts that were closed before an instant, at most so many; how many these were. */
  forget(beforeMs: number, limit: number): number {
    return this.#inTransaction(() => {
      const old = 'SELECT number FROM drafts WHERE closed_at < ? ORDER BY closed_at LIMIT ?';
      this.db
        .prepare(`INSERT INTO forgotten SELECT id, fingerprint FROM drafts WHERE number IN (${old})`)
        .run(beforeMs, limit);
      return Number(this.db.prepare(`DELETE FROM drafts WHERE number IN (${old})`).run(beforeMs, limit).changes);
    });
  }

  close(): void {
    this.db.close();
  }

  #keep(number: number, { version, body }: Content): void {
    this.#addContent.run(number, version, JSON.stringify(body));
    const { evidence = [] } = body as { evidence?: readonly string[] };
    for (const sha256 of evidence) this.#addEvidence.run(sha256, number);
  }

  /**
   * Every command asks whether a draft has used its key, and the locks that SQLite takes for it cost more than the look-up:
   * they are taken once for all that ask in one turn of the event loop. Nobody else writes to this file.
   */
  #readForThisTurn(): void {
    if (this.db.isTransaction) return;
    this.db.exec('BEGIN');
    setImmediate(() => this.#endReading());
  }

  #endReading(): void {
    if (this.db.isOpen && this.db.isTransaction) this.db.exec('COMMIT');
  }

  #inTransaction<T>(work: () => T): T {
    this.#endReading();
    return inTransaction(this.db, work);
  }
}

function asDraft({ draft }: { draft: string }): Draft {
  return JSON.parse(draft) as Draft;
}
