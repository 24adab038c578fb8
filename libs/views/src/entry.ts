import { type Fact, periodOf, type Posting } from '@ledger/domain';
import { accountBalance } from './account-balance.js';
import { roleOf } from './account-roles.js';
import { dayNumber, monthNumber } from './calendar.js';
import { ofPostings } from './facts.js';
import { collectionsOf } from './receivable.js';
import type { Receivables } from './receivables.js';
import { register, type Row } from './register.js';
import { collectedAtOnce, turnover, turnoverOf } from './turnover.js';

/**
 * Every voucher line, ordered by the day it is booked on, for reads of a day inside a month. Red-letter amounts stay
 * negative on their side. `turnover` is empty for lines that are neither income nor expense, and for closing vouchers.
 * `collected_fen` is what of an income was paid at once.
 */
export const entry = register({
  name: 'entry',
  version: 4,
  columns: {
    book: 'book',
    period: 'integer',
    booked_on: 'integer',
    position: 'integer',
    line: 'integer',
    account: accountBalance,
    turnover,
    debit_fen: 'integer',
    credit_fen: 'integer',
    closing: 'integer',
    effective_on: 'integer',
    non_recurring: 'integer',
    collected_fen: 'integer',
  },
  key: ['book', 'period', 'booked_on', 'position', 'line'],
  on: ofPostings(eachLine),
});

/** The income and expense lines that stand in the books of another month than the one they belong to. */
export const correction = register({
  name: 'correction',
  version: 4,
  columns: {
    book: 'book',
    month: 'integer',
    effective_on: 'integer',
    position: 'integer',
    line: 'integer',
    turnover,
    amount_fen: 'integer',
    period: 'integer',
    voucher_no: 'integer',
    booked_on: 'integer',
    non_recurring: 'integer',
    collected_fen: 'integer',
  },
  key: ['book', 'month', 'effective_on', 'position', 'line'],
  on: ofPostings(moved),
});

/**
 * Income received for what stood as a receivable, piece by piece: of an account and project, or of the receivable itself
 * where no income is said.
 */
export const collection = register({
  name: 'collection',
  version: 1,
  columns: {
    book: 'book',
    period: 'integer',
    booked_on: 'integer',
    position: 'integer',
    line: 'integer',
    piece: 'integer',
    turnover,
    amount_fen: 'integer',
    month: 'integer',
    effective_on: 'integer',
  },
  key: ['book', 'period', 'booked_on', 'position', 'line', 'piece'],
  // Those that stand in the books of another month than that of the receipt.
  index: { columns: ['book', 'month', 'effective_on'], where: 'month <> period' },
  on: ofPostings(received),
});

function eachLine({ data, effectiveOn }: Fact<string, Posting>, position: number): Row[] {
  const period = monthNumber(data.period);
  const bookedOn = dayNumber(data.bookedOn);
  const closing = data.kind === 'closing';
  const paid = closing ? [] : collectedAtOnce(data.lines);
  return data.lines.map((line, index) => ({
    book: data.book,
    period,
    booked_on: bookedOn,
    position,
    line: index + 1,
    account: [line.account],
    turnover: closing ? null : (turnoverOf(line)?.key ?? null),
    debit_fen: line.side === 'debit' ? line.amountFen : 0,
    credit_fen: line.side === 'credit' ? line.amountFen : 0,
    closing: closing ? 1 : 0,
    effective_on: dayNumber(effectiveOn),
    non_recurring: data.nonRecurring === true ? 1 : 0,
    collected_fen: roleOf(line.account) === 'income' ? (paid[index] ?? 0) : 0,
  }));
}

function moved({ data, effectiveOn }: Fact<string, Posting>, position: number): Row[] {
  const month = periodOf(effectiveOn);
  if (data.kind === 'closing' || month === data.period) return [];
  const paid = collectedAtOnce(data.lines);
  return data.lines.flatMap((line, index): Row[] => {
    const counted = turnoverOf(line);
    if (counted === undefined) return [];
    return [
      {
        book: data.book,
        month: monthNumber(month),
        effective_on: dayNumber(effectiveOn),
        position,
        line: index + 1,
        turnover: counted.key,
        amount_fen: counted.amountFen,
        period: monthNumber(data.period),
        voucher_no: data.voucherNo,
        booked_on: dayNumber(data.bookedOn),
        non_recurring: data.nonRecurring === true ? 1 : 0,
        collected_fen: counted.key[0] === 'income' ? (paid[index] ?? 0) : 0,
      },
    ];
  });
}

function received(fact: Fact<string, Posting>, position: number, receivables: Receivables): Row[] {
  const { book, period, bookedOn } = fact.data;
  return collectionsOf(fact, receivables).map(({ line, role, account, project, effectiveOn, fen }, piece) => ({
    book,
    period: monthNumber(period),
    booked_on: dayNumber(bookedOn),
    position,
    line,
    // 0 is what was paid at once, which stands in `entry`.
    piece: piece + 1,
    turnover: [role, account, project],
    amount_fen: fen,
    month: monthNumber(periodOf(effectiveOn)),
    effective_on: dayNumber(effectiveOn),
  }));
}
