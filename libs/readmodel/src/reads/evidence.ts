import type { FactPlace } from '@ledger/views';
import { inPages } from './in-pages.js';
import type { Statement, Statements } from '../statements.js';

interface Stored extends Pick<FactPlace, 'type' | 'stream'> {
  readonly touched: string;
  readonly of_book: string | null;
  readonly position: number;
}

/** The facts that name an attachment. */
export class EvidenceFacts {
  readonly #sql: Statement;

  constructor(db: Statements) {
    this.#sql = db.prepare(
      `SELECT type, stream, touched, of_book, position FROM evidence WHERE sha256 = :sha256 AND position > :after
       ORDER BY position LIMIT :limit`,
    );
  }

  /** One by one, so that whoever finds what he looks for reads no further. */
  *naming(sha256: string): Iterable<FactPlace> {
    const page = (after: number, limit: number) => this.#sql.all({ sha256, after, limit }) as Stored[];
    for (const { type, stream, touched, of_book: book } of inPages(page)) {
      yield { type, stream, touched: JSON.parse(touched) as string[], book };
    }
  }
}
