import { type Fact, periodOf, type Posting } from '@ledger/domain';
import { accountBalance } from './account-balance.js';
import { dayNumber, monthNumber } from './calendar.js';
import { register, type Row } from './register.js';
import { turnover, turnoverOf } from './turnover.js';

/**
 * Every voucher line, ordered by the day it is booked on, for reads of a day inside a month. Red-letter amounts stay
 * negative on their side. `turnover` is empty for lines that are neither income nor expense, and for closing vouchers.
 */
export const entry = register({
  name: 'entry',
  version: 3,
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
  },
  key: ['book', 'period', 'booked_on', 'position', 'line'],
  on: {
    IncomeRecorded: eachLine,
    ExpenseRecorded: eachLine,
    VoucherPosted: eachLine,
    VoucherReversed: eachLine,
    DepreciationRecorded: eachLine,
  },
});

/** The income and expense lines that stand in the books of another month than the one they belong to. */
export const correction = register({
  name: 'correction',
  version: 3,
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
  },
  key: ['book', 'month', 'effective_on', 'position', 'line'],
  on: {
    IncomeRecorded: moved,
    ExpenseRecorded: moved,
    VoucherPosted: moved,
    VoucherReversed: moved,
    DepreciationRecorded: moved,
  },
});

function eachLine({ data, effectiveOn }: Fact<string, Posting>, position: number): Row[] {
  const period = monthNumber(data.period);
  const bookedOn = dayNumber(data.bookedOn);
  const closing = data.kind === 'closing';
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
  }));
}

function moved({ data, effectiveOn }: Fact<string, Posting>, position: number): Row[] {
  const month = periodOf(effectiveOn);
  if (data.kind === 'closing' || month === data.period) return [];
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
      },
    ];
  });
}
