import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FactPlace } from '@ledger/views';

interface Stored extends Pick<FactPlace, 'type' | 'stream'> {
  readonly touched: string;
  readonly of_book: string | null;
}

/** The facts that name an attachment. */
export class EvidenceFacts {
  readonly #sql: StatementSync;

  constructor(db: DatabaseSync) {
    this.#sql = db.prepare('SELECT type, stream, touched, of_book FROM evidence WHERE sha256 = ? ORDER BY position');
  }

  /** One by one, so that whoever finds what he looks for reads no further. */
  *naming(sha256: string): Iterable<FactPlace> {
    for (const row of this.#sql.iterate(sha256)) {
      const { type, stream, touched, of_book: book } = row as unknown as Stored;
      yield { type, stream, touched: JSON.parse(touched) as string[], book };
    }
  }
}
