import { redLetter } from '@ledger/accounting';
import { periodOf, yearOf } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf, refusePersonalData } from '../rules.js';
import type { ReverseVoucher } from './commands.js';
import type { Posting, VoucherReversed } from './facts.js';
import { oldestOpen } from './periods.js';
import { entryHead, refuseCashAndOverflow, signatures } from './posting.js';
import { type LedgerSetting, monthsOf } from './setting.js';
import { type LedgerYear, revisionOf } from './year.js';

/**
 * A red-letter entry: the original's lines with negative amounts on the same sides. It keeps the original's business
 * date and stands in the original's period while that is open, else in the oldest open one. What was recorded in parts
 * is taken back in the same parts.
 */
export function reverseVoucher(command: ReverseVoucher, year: LedgerYear, beside: LedgerSetting): VoucherReversed[] {
  const { period, voucherNo, reason } = command;
  refuseIrreversible({ period, voucherNo }, year);
  if (beside.original === undefined) throw new Refusal('VOUCHER_UNKNOWN', { period, voucherNo }, 'voucherNo');
  const { posting: original, effectiveOn, postedBy, further = [] } = beside.original;
  refusePersonalData({ reason });
  const person = command.reviewedBy;
  if (person === original.preparedBy) {
    throw new Refusal('SAME_PERSON', { person, roles: ['reviewedBy', 'originalPreparedBy'] }, 'reviewedBy');
  }
  // Where people have accounts, a voucher is posted by who reviewed it, and nobody judges his own mistake.
  if (person === postedBy) {
    throw new Refusal('SAME_PERSON', { person, roles: ['reviewedBy', 'originalPostedBy'] }, 'reviewedBy');
  }
  const closed = beside.lastClosed !== undefined && period <= beside.lastClosed;
  const target = closed ? oldestOpen(monthsOf(beside)) : period;
  if (target > periodOf(beside.today)) {
    const facts = { period: target, startPeriod: beside.book.startPeriod, oldestOpen: target };
    throw new Refusal('PERIOD_NOT_OPEN', facts, 'period');
  }
  const posting: Posting = {
    ...entryHead(command, target, effectiveOn, year, beside),
    kind: 'reversal',
    summary: reason,
    lines: redLetter(original.lines),
    ...signatures(command),
    ...(original.sourceDocument === undefined ? {} : { sourceDocument: original.sourceDocument }),
    ...(original.nonRecurring === true ? { nonRecurring: true } : {}),
    ...corrected(closed ? { period, reason } : original.corrects),
    reverses: { period, voucherNo },
    ...originOf(command),
  };
  const lines = [original, ...further].flatMap((part) => redLetter(part.lines));
  refuseCashAndOverflow({ ...posting, lines }, year, beside);
  const division = beside.book.village;
  return [original, ...further].map((part) => ({
    type: 'VoucherReversed',
    version: 1,
    division,
    effectiveOn,
    data: { ...posting, lines: redLetter(part.lines), ...partOf(part) },
  }));
}

function partOf({ part, of, totalFen }: Posting): Pick<Posting, 'part' | 'of' | 'totalFen'> {
  return totalFen === undefined ? {} : { part, of, totalFen: -totalFen };
}

/** In the month of a correction its reversal takes back the same correction, so that no restated month keeps half of it. */
function corrected(corrects: Posting['corrects']): Pick<Posting, 'corrects'> {
  return corrects === undefined ? {} : { corrects };
}

function refuseIrreversible(ref: { period: string; voucherNo: number }, year: LedgerYear): void {
  const month = year.months.get(ref.period);
  if (month === undefined || revisionOf(year, ref) === undefined) {
    throw new Refusal('VOUCHER_UNKNOWN', ref, 'voucherNo');
  }
  if (year.closingBalances !== undefined) throw new Refusal('YEAR_CLOSED', { year: yearOf(ref.period) }, 'period');
  const by = month.reversedBy.get(ref.voucherNo);
  if (by !== undefined) {
    const facts = { ...ref, byPeriod: by.period, byVoucherNo: by.voucherNo };
    throw new Refusal('ALREADY_REVERSED', facts, 'voucherNo');
  }
  const kind = month.notReversible.get(ref.voucherNo);
  if (kind !== undefined) throw new Refusal('NOT_REVERSIBLE', { ...ref, kind }, 'voucherNo');
}
