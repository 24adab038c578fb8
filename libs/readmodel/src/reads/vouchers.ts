import {
  CorruptLog,
  type Fact,
  type LocalDate,
  type Period,
  type Posting,
  readFact,
  type VoucherRef,
} from '@ledger/domain';
import type { EventLog } from '@ledger/eventlog';
import { dateOfDay, dayNumber, monthNumber, periodOfMonth } from '@ledger/views';
import type { At } from './at.js';
import type { BookRow } from './books.js';
import type { Sql, Statement, Statements } from '../statements.js';

/** A line of the voucher list. The lines of the voucher itself are in its fact. */
export interface VoucherRow {
  readonly book: string;
  readonly period: Period;
  readonly voucherNo: number;
  readonly position: number;
  readonly type: string;
  readonly kind: string;
  readonly effectiveOn: LocalDate;
  readonly bookedOn: LocalDate;
  readonly summary: string;
  readonly totalFen: number;
  readonly preparedBy: string;
  readonly reviewedBy: string;
  readonly attachmentCount: number;
  readonly sourceDocument: string | null;
  readonly nonRecurring: boolean;
  readonly corrects: { readonly period: Period; readonly reason: string } | null;
  readonly reverses: VoucherRef | null;
  /** The voucher that had reversed this one by then. */
  readonly reversedBy: VoucherRef | null;
  readonly origin: string | null;
}

const select = (by: string): string => `SELECT v.*, r.period AS by_period, r.voucher_no AS by_voucher_no FROM voucher v
  LEFT JOIN voucher r ${by} ON r.book = v.book AND r.reverses_period = v.period
    AND r.reverses_voucher_no = v.voucher_no AND r.reverses_period IS NOT NULL AND r.position <= :known
  WHERE v.book = :book AND v.period = :period AND v.position <= :known`;
/** SQLite would take the primary key for what reverses a voucher, and walk the book. */
const SELECT: Exclude<Sql, string> = { sqlite: select('INDEXED BY voucher_index'), postgres: select('') };

const alsoWhere = (rest: string): Sql => ({
  sqlite: `${SELECT.sqlite} AND ${rest}`,
  postgres: `${SELECT.postgres} AND ${rest}`,
});

export class Vouchers {
  readonly #ofMonth: Statement;
  readonly #one: Statement;

  constructor(db: Statements) {
    this.#ofMonth = db.prepare(alsoWhere('v.booked_on <= :day ORDER BY v.voucher_no'));
    this.#one = db.prepare(alsoWhere('v.voucher_no = :voucherNo'));
  }

  ofMonth(book: BookRow, period: Period, { asOf, knownAt }: At): VoucherRow[] {
    const question = { book: book.number, period: monthNumber(period), day: dayNumber(asOf), known: knownAt };
    return this.#ofMonth.all(question).map((row) => voucherRow(book, row as Stored));
  }

  one(book: BookRow, { period, voucherNo }: VoucherRef, knownAt: number): VoucherRow | undefined {
    const row = this.#one.get({ book: book.number, period: monthNumber(period), voucherNo, known: knownAt });
    return row === undefined ? undefined : voucherRow(book, row as Stored);
  }
}

/** The fact of a voucher, with all its lines, from the log: the views keep no second copy of them. */
export async function voucherFact(
  log: Pick<EventLog, 'readAfter'>,
  { position }: Pick<VoucherRow, 'position'>,
): Promise<Fact<string, Posting>> {
  const [recorded] = await log.readAfter(position - 1, 1);
  if (recorded?.position !== position) throw new CorruptLog(`position ${position} is missing`);
  const fact = readFact(recorded.fact) as Fact<string, Posting>;
  const further = (fact.data.of ?? 1) - 1;
  const parts = further === 0 ? [] : await log.readAfter(position, further);
  const lines = parts.flatMap((part) => (readFact(part.fact) as Fact<string, Posting>).data.lines);
  return further === 0 ? fact : { ...fact, data: { ...fact.data, lines: [...fact.data.lines, ...lines] } };
}

interface Stored {
  readonly period: number;
  readonly voucher_no: number;
  readonly position: number;
  readonly type: string;
  readonly kind: string;
  readonly effective_on: number;
  readonly booked_on: number;
  readonly summary: string;
  readonly total_fen: number;
  readonly prepared_by: string;
  readonly reviewed_by: string;
  readonly attachment_count: number;
  readonly source_document: string | null;
  readonly non_recurring: number;
  readonly corrects_period: number | null;
  readonly corrects_reason: string | null;
  readonly reverses_period: number | null;
  readonly reverses_voucher_no: number | null;
  readonly by_period: number | null;
  readonly by_voucher_no: number | null;
  readonly origin: string | null;
}

function voucherRow(book: BookRow, row: Stored): VoucherRow {
  const corrected = row.corrects_period;
  return {
    book: book.id,
    period: periodOfMonth(row.period),
    voucherNo: row.voucher_no,
    position: row.position,
    type: row.type,
    kind: row.kind,
    effectiveOn: dateOfDay(row.effective_on),
    bookedOn: dateOfDay(row.booked_on),
    summary: row.summary,
    totalFen: row.total_fen,
    preparedBy: row.prepared_by,
    reviewedBy: row.reviewed_by,
    attachmentCount: row.attachment_count,
    sourceDocument: row.source_document,
    nonRecurring: row.non_recurring === 1,
    corrects: corrected === null ? null : { period: periodOfMonth(corrected), reason: row.corrects_reason ?? '' },
    reverses: reference(row.reverses_period, row.reverses_voucher_no),
    reversedBy: reference(row.by_period, row.by_voucher_no),
    origin: row.origin,
  };
}

function reference(month: number | null, voucherNo: number | null): VoucherRef | null {
  return month === null || voucherNo === null ? null : { period: periodOfMonth(month), voucherNo };
}
