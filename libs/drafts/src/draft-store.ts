import type { PrivateDatabase, Statement, StorePlace } from '@ledger/private-database';
import { DraftChanged } from './draft-changed.js';
import type { Content, Draft } from './draft.js';
import { DraftPages, type DraftsWanted, type NumberedDraft } from './draft-pages.js';
import { openDraftsStore } from './schema.js';

/**
 * Opens the drafts of a data directory, which one process at a time writes to, the one that holds the log; or those that
 * several processes share on a server.
 */
export function openDrafts(place: StorePlace): DraftStore {
  return new DraftStore(openDraftsStore(place));
}

/** What is submitted and not, or not yet, in the ledger. Whatever returns has been made durable. */
export class DraftStore {
  readonly #pages: DraftPages;
  readonly #divisions: Statement;
  readonly #add: Statement;
  readonly #addContent: Statement;
  readonly #addEvidence: Statement;
  readonly #replace: Statement;
  readonly #one: Statement;
  readonly #contents: Statement;
  readonly #fingerprint: Statement;
  readonly #waiting: Statement;
  readonly #waitingOf: Statement;
  readonly #naming: Statement;

  constructor(private readonly db: PrivateDatabase) {
    this.#pages = new DraftPages(db);
    this.#add = db.prepare(
      'INSERT INTO drafts (id, fingerprint, division, book, status, prepared_by, draft) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number',
    );
    this.#addContent = db.prepare('INSERT INTO contents (draft, version, body) VALUES (?, ?, ?)');
    this.#addEvidence = db.prepare('INSERT INTO evidence (sha256, draft) VALUES (?, ?) ON CONFLICT DO NOTHING');
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
    this.#waiting = db.prepare("SELECT draft FROM drafts WHERE status = 'SUBMITTED' ORDER BY division, number");
    this.#waitingOf = db.prepare("SELECT draft FROM drafts WHERE book = ? AND status = 'SUBMITTED' ORDER BY number");
    this.#naming = db.prepare('SELECT d.draft FROM evidence e JOIN drafts d ON d.number = e.draft WHERE e.sha256 = ?');
    // A seek for each of them, however many drafts there have been.
    this.#divisions = db.prepare(`
      WITH RECURSIVE found (division) AS (
        SELECT min(division) FROM drafts UNION ALL
        SELECT (SELECT min(division) FROM drafts WHERE division > found.division) FROM found WHERE division IS NOT NULL
      )
      SELECT division FROM found WHERE division IS NOT NULL
    `);
  }

  /** Every division that there is a draft of. */
  get divisions(): readonly string[] {
    return (this.#divisions.all() as { division: string }[]).map(({ division }) => division);
  }

  add(draft: Draft, content: Content, fingerprint: string): void {
    this.db.inTransaction(() => {
      const { id, division, book, status, preparedBy } = draft;
      const text = JSON.stringify(draft);
      const added = this.#add.get(id, fingerprint, division, book, status, preparedBy, text);
      this.#keep((added as { number: number }).number, content);
    });
  }

  /** Puts the next state of a draft in the place of the one that it was made from; throws `DraftChanged` when that has gone. */
  replace(before: Draft, next: Draft, { content, closedAtMs }: { content?: Content; closedAtMs?: number } = {}): void {
    this.db.inTransaction(() => {
      const { id, division, book, status } = next;
      const [was, is] = [JSON.stringify(before), JSON.stringify(next)];
      const { changes } = this.#replace.run(division, book, status, closedAtMs ?? null, is, id, was);
      if (changes !== 1) throw new DraftChanged(id);
      if (content !== undefined) this.#keep((this.#one.get(id) as { number: number }).number, content);
    });
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
    // Every command asks whether a draft has used its key.
    this.db.readForThisTurn();
    return (this.#fingerprint.get(id) as { fingerprint: string } | undefined)?.fingerprint;
  }

  page(wanted: DraftsWanted): NumberedDraft[] {
    return this.#pages.page(wanted);
  }

  /** Everything that waits for review. */
  waiting(): Draft[] {
    return (this.#waiting.all() as { draft: string }[]).map(asDraft);
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
    return this.db.inTransaction(() => {
      const old = 'SELECT number FROM drafts WHERE closed_at < ? ORDER BY closed_at, number LIMIT ?';
      this.db
        .prepare(`INSERT INTO forgotten SELECT id, fingerprint FROM drafts WHERE number IN (${old})`)
        .run(beforeMs, limit);
      return Number(this.db.prepare(`DELETE FROM drafts WHERE number IN (${old})`).run(beforeMs, limit).changes);
    });
  }

  /**
   * One step at a time for each draft, in every process that has these open; within this process the caller sees to it.
   * `stillAlone` throws where that has ended early.
   */
  alone<T>(id: string, work: (stillAlone: () => void) => Promise<T>): Promise<T> {
    return this.db.alone(id, work);
  }

  close(): void {
    this.db.close();
  }

  #keep(number: number, { version, body }: Content): void {
    this.#addContent.run(number, version, JSON.stringify(body));
    const { evidence = [] } = body as { evidence?: readonly string[] };
    for (const sha256 of evidence) this.#addEvidence.run(sha256, number);
  }
}

function asDraft({ draft }: { draft: string }): Draft {
  return JSON.parse(draft) as Draft;
}
