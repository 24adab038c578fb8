import type { LocalDate, Qualifier, MeasureUnit } from '@ledger/domain';
import { dateOfDay, dayNumber } from '@ledger/views';
import type { At } from './at.js';
import { inPages } from './in-pages.js';
import type { Statement, Statements } from '../statements.js';

/** A published figure that nothing known has corrected. */
export interface ReadingRow {
  /** The id of its fact. */
  readonly reading: string;
  readonly scope: string;
  readonly measure: string;
  /** The day or year that it is about, and the day on which that stands. */
  readonly asOf: string;
  readonly day: LocalDate;
  readonly value: number;
  readonly unit: MeasureUnit;
  readonly qualifier: Qualifier;
  readonly source: { readonly document: string; readonly line: string; readonly quote: string | null };
  /** What a ratio is of. */
  readonly parts: { readonly numerator: number; readonly denominator: number } | null;
  readonly corrects: string | null;
  readonly position: number;
  readonly origin: string | null;
}

export interface ReadingQuestion {
  readonly scope?: string;
  readonly measure?: string;
  /** Those recorded after this position. */
  readonly after: number;
  readonly limit: number;
}

interface Stored extends Pick<ReadingRow, 'reading' | 'scope' | 'measure' | 'value' | 'unit' | 'qualifier'> {
  readonly corrects: string | null;
  readonly position: number;
  readonly origin: string | null;
  readonly as_of: string;
  readonly day: number;
  readonly document: string;
  readonly line: string;
  readonly quote: string | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

/** Published figures in the order of recording. */
export class Readings {
  readonly #sql: Statement;

  constructor(db: Statements) {
    this.#sql = db.prepare(
      `SELECT * FROM indicator_reading r
       WHERE (CAST(:scope AS text) IS NULL OR scope = :scope) AND (CAST(:measure AS text) IS NULL OR measure = :measure)
         AND day <= :day AND position > :after AND position <= :known
         AND NOT EXISTS (SELECT 1 FROM indicator_reading c WHERE c.corrects = r.reading AND c.position <= :known)
       ORDER BY position LIMIT :limit`,
    );
  }

  /** Those of places that the reader may see; `next` is where to go on after a full page. */
  page(
    question: ReadingQuestion,
    at: At,
    isSeen: (scope: string) => boolean,
  ): { rows: ReadingRow[]; next: number | null } {
    const { scope, measure, after, limit } = question;
    const wanted = { scope: scope ?? null, measure: measure ?? null, day: dayNumber(at.asOf), known: at.knownAt };
    const page = (from: number, length: number) => this.#sql.all({ ...wanted, after: from, limit: length }) as Stored[];
    const rows: ReadingRow[] = [];
    for (const row of inPages(page, after)) {
      const reading = readingRow(row);
      if (isSeen(reading.scope)) rows.push(reading);
      if (rows.length === limit) return { rows, next: reading.position };
    }
    return { rows, next: null };
  }
}

function readingRow(row: Stored): ReadingRow {
  const { as_of: asOf, day, document, line, quote, numerator, denominator, ...rest } = row;
  return {
    ...rest,
    asOf,
    day: dateOfDay(day),
    source: { document, line, quote },
    parts: numerator === null || denominator === null ? null : { numerator, denominator },
  };
}
