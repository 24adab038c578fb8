import { totals } from '@ledger/accounting';
import type { Fact, Posting } from '@ledger/domain';
import { dayNumber, monthNumber } from './calendar.js';
import { ofPostings } from './facts.js';
import { register, type Row } from './register.js';

/**
 * The voucher list of a month. Whether a voucher is reversed is not written into it: that is a later voucher whose
 * `reverses` names it, found by index, so that an earlier `knownAt` does not see it.
 */
export const voucher = register({
  name: 'voucher',
  version: 3,
  columns: {
    book: 'book',
    period: 'integer',
    voucher_no: 'integer',
    position: 'integer',
    type: 'text',
    kind: 'text',
    effective_on: 'integer',
    booked_on: 'integer',
    summary: 'text',
    total_fen: 'integer',
    prepared_by: 'text',
    reviewed_by: 'text',
    attachment_count: 'integer',
    source_document: 'text',
    non_recurring: 'integer',
    corrects_period: 'integer',
    corrects_reason: 'text',
    reverses_period: 'integer',
    reverses_voucher_no: 'integer',
    origin: 'text',
  },
  key: ['book', 'period', 'voucher_no', 'position'],
  index: {
    columns: ['book', 'reverses_period', 'reverses_voucher_no', 'position'],
    where: 'reverses_period IS NOT NULL',
  },
  on: ofPostings(posted),
});

function posted({ type, data, effectiveOn }: Fact<string, Posting>, position: number): Row[] {
  const { corrects, reverses } = data;
  // A voucher in parts is one voucher, with the total of the whole.
  if ((data.part ?? 1) > 1) return [];
  return [
    {
      book: data.book,
      period: monthNumber(data.period),
      voucher_no: data.voucherNo,
      position,
      type,
      kind: data.kind,
      effective_on: dayNumber(effectiveOn),
      booked_on: dayNumber(data.bookedOn),
      summary: data.summary,
      total_fen: data.totalFen ?? totals(data.lines).debitFen,
      prepared_by: data.preparedBy,
      reviewed_by: data.reviewedBy,
      attachment_count: data.attachmentCount,
      source_document: data.sourceDocument ?? null,
      non_recurring: data.nonRecurring === true ? 1 : 0,
      corrects_period: corrects === undefined ? null : monthNumber(corrects.period),
      corrects_reason: corrects?.reason ?? null,
      reverses_period: reverses === undefined ? null : monthNumber(reverses.period),
      reverses_voucher_no: reverses?.voucherNo ?? null,
      origin: data.origin ?? null,
    },
  ];
}
