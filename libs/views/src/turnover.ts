import type { Line } from '@ledger/accounting';
import { type Fact, type OpeningBalances, periodOf, type Posting } from '@ledger/domain';
import { growth, roleOf } from './account-roles.js';
import { monthBefore, monthNumber } from './calendar.js';
import { ofPostings } from './facts.js';
import { paidInMoney } from './paid-in-money.js';
import { collectionsOf } from './receivable.js';
import type { Receivables } from './receivables.js';
import { tally, type TallyChange } from './tally.js';

/**
 * Income and expense of a month by account and project (empty for none), without closing vouchers. `booked_fen` counts by
 * the month in whose books the money stands. A correction of a closed month is counted out of there (`moved_out_fen`) and
 * into the month it belongs to (`moved_in_fen`): restated = booked_fen − moved_out_fen + moved_in_fen, so that the two
 * bases differ by the corrections and by nothing else. The same three for the part that is marked as non-recurring, and
 * for the income that was collected, which stands in the month of the receipt. Receipts that say no income have a role of
 * their own, `receipt`, by the receivable account.
 */
export const turnover = tally({
  name: 'turnover',
  version: 4,
  key: ['role', 'account', 'project'],
  sums: [
    'booked_fen',
    'moved_in_fen',
    'moved_out_fen',
    'non_recurring_fen',
    'non_recurring_in_fen',
    'non_recurring_out_fen',
    'collected_fen',
    'collected_in_fen',
    'collected_out_fen',
  ],
  on: {
    OpeningBalancesRecorded: opening,
    ...ofPostings(eachLine),
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

/** What of each line is income that was paid at once. */
export function collectedAtOnce(lines: readonly Line[]): readonly number[] {
  return lines.some(({ account }) => roleOf(account) === 'income') ? paidInMoney(lines) : [];
}

function eachLine(fact: Fact<string, Posting>, _: number, receivables: Receivables): TallyChange[] {
  const { data, effectiveOn } = fact;
  if (data.kind === 'closing') return [];
  const changes: TallyChange[] = [];
  const period = monthNumber(data.period);
  const add = (key: readonly string[], month: number, amounts: readonly [number, number, number]): void => {
    const [amount, nonRecurring, collected] = amounts;
    const { book } = data;
    if (month === period) {
      changes.push({ book, key, period, amounts: [amount, 0, 0, nonRecurring, 0, 0, collected, 0, 0] });
      return;
    }
    const out = [amount, 0, amount, nonRecurring, 0, nonRecurring, collected, 0, collected];
    changes.push({ book, key, period, amounts: out });
    changes.push({ book, key, period: month, amounts: [0, amount, 0, 0, nonRecurring, 0, 0, collected, 0] });
  };
  const paid = collectedAtOnce(data.lines);
  data.lines.forEach((line, i) => {
    const counted = turnoverOf(line);
    if (counted === undefined) return;
    const { key, amountFen } = counted;
    const collected = key[0] === 'income' ? (paid[i] ?? 0) : 0;
    add(key, monthNumber(periodOf(effectiveOn)), [amountFen, data.nonRecurring === true ? amountFen : 0, collected]);
  });
  for (const { role, account, project, effectiveOn: received, fen } of collectionsOf(fact, receivables)) {
    add([role, account, project], monthNumber(periodOf(received)), [0, 0, fen]);
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
    return [{ book: data.book, key: [role, account, ''], period, amounts: [amountFen, 0, 0, 0, 0, 0, 0, 0, 0] }];
  });
}
