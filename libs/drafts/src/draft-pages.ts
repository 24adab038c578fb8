import type { PrivateDatabase, Statement } from '@ledger/private-database';
import type { Draft, DraftStatus } from './draft.js';

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

interface Row {
  readonly number: number;
  readonly draft: string;
}

/** Drafts page by page: one seek a division and status, so that a page costs the same however many drafts there have been. */
export class DraftPages {
  readonly #firstOf: Statement;
  readonly #firstOfAll: Statement | undefined;
  readonly #numbered: Statement;

  constructor(db: PrivateDatabase) {
    this.#numbered = db.prepare('SELECT number, draft FROM drafts WHERE number = ?');
    this.#firstOf = db.prepare(`SELECT number FROM drafts WHERE division = ?6 AND status = ?7 AND ${WANTED}`);
    // To a server each question is a way: all of them are one.
    if (db.isShared) this.#firstOfAll = db.prepare(OF_ALL);
  }

  page({ divisions, statuses, book, preparedBy, notPreparedBy, after, limit }: DraftsWanted): NumberedDraft[] {
    const wanted = [after, book ?? null, preparedBy ?? null, notPreparedBy ?? null, limit] as const;
    if (this.#firstOfAll !== undefined) {
      return this.#drafts(this.#firstOfAll.all(...wanted, JSON.stringify(divisions), JSON.stringify(statuses)));
    }
    const numbers = divisions.flatMap((division) =>
      statuses.flatMap((status) => this.#firstOf.all(...wanted, division, status) as Pick<Row, 'number'>[]),
    );
    const first = numbers.toSorted((a, b) => a.number - b.number).slice(0, limit);
    return this.#drafts(first.map(({ number }) => this.#numbered.get(number)));
  }

  #drafts(rows: unknown[]): NumberedDraft[] {
    return (rows as Row[]).map(({ number, draft }) => ({ number, draft: JSON.parse(draft) as Draft }));
  }
}

const WANTED = `number > ?1 AND (book = ?2 OR ?2 IS NULL) AND (prepared_by = ?3 OR ?3 IS NULL)
  AND (prepared_by <> ?4 OR ?4 IS NULL) ORDER BY number LIMIT ?5`;

const OF_ALL = `SELECT d.number, d.draft
  FROM jsonb_array_elements_text(?6::jsonb) AS division
  CROSS JOIN jsonb_array_elements_text(?7::jsonb) AS status
  CROSS JOIN LATERAL (
    SELECT number, draft FROM drafts WHERE drafts.division = division.value AND drafts.status = status.value AND ${WANTED}
  ) d ORDER BY d.number LIMIT ?5`;
