import type { Line } from '@ledger/accounting';
import { type Fact, type OpeningBalances, periodOf, type Posting } from '@ledger/domain';
import { growth, roleOf } from './account-roles.js';
import { monthBefore, monthNumber } from './calendar.js';
import { tally, type TallyChange } from './tally.js';

/**
 * Income and expense of a month by account and project (empty for none), without closing vouchers. `booked_fen` counts by
 * the month in whose books the money stands. A correction of a closed month is counted out of there (`moved_out_fen`) and
 * into the month it belongs to (`moved_in_fen`): restated = booked_fen − moved_out_fen + moved_in_fen, so that the two
 * bases differ by the corrections and by nothing else.
 */
export const turnover = tally({
  name: 'turnover',
  version: 3,
  key: ['role', 'account', 'project'],
  sums: ['booked_fen', 'moved_in_fen', 'moved_out_fen'],
  on: {
    OpeningBalancesRecorded: opening,
    IncomeRecorded: eachLine,
    ExpenseRecorded: eachLine,
    VoucherPosted: eachLine,
    VoucherReversed: eachLine,
    DepreciationRecorded: eachLine,
  },
});

/** The key and amount of a line that is income or expense, or undefined. */
export function turnoverOf(line: Line): { key: [string, string, string]; amountFen: number } | undefined {
  const role = roleOf(line.account);
  if (role === undefined) return undefined;
  const debit = line.side === 'debit';
  const amountFen = growth(role, debit ? line.amountFen : 0, debit ? 0 : line.amountFen);
  return { key: [role, line.account, line.project ?? ''], amountFen };
}

function eachLine({ data, effectiveOn }: Fact<string, Posting>): TallyChange[] {
  if (data.kind === 'closing') return [];
  const { book } = data;
  const changes: TallyChange[] = [];
  const moved = periodOf(effectiveOn) !== data.period;
  for (const line of data.lines) {
    const counted = turnoverOf(line);
    if (counted === undefined) continue;
    const { key, amountFen } = counted;
    const amounts = [amountFen, 0, moved ? amountFen : 0];
    changes.push({ book, key, period: monthNumber(data.period), amounts });
    if (moved) changes.push({ book, key, period: monthNumber(periodOf(effectiveOn)), amounts: [0, amountFen, 0] });
  }
  return changes;
}

/** A book that starts inside a year brings the year's income so far, in the month before its first. */
function opening({ data }: Fact<string, OpeningBalances>): TallyChange[] {
  const period = monthBefore(monthNumber(data.period));
  return data.lines.flatMap(({ account, yearToDateDebitFen = 0, yearToDateCreditFen = 0 }): TallyChange[] => {
    const role = roleOf(account);
    const amountFen = role === undefined ? 0 : growth(role, yearToDateDebitFen, yearToDateCreditFen);
    if (role === undefined || amountFen === 0) return [];
    return [{ book: data.book, key: [role, account, ''], period, amounts: [amountFen, 0, 0] }];
  });
}
