import { netFen } from '@ledger/accounting';
import type { Fact, OpeningBalances, Posting, StandardConversion } from '@ledger/domain';
import { monthBefore, monthNumber, turnOfYear } from './calendar.js';
import { ofPostings } from './facts.js';
import { tally, type TallyChange } from './tally.js';

/**
 * Turnover and balance of every account of a book, by the month in whose books it stands. The balance is debit positive.
 * Closing vouchers are part of the turnover and told apart, for the trial balance before the year's close.
 */
export const accountBalance = tally({
  name: 'account_balance',
  version: 4,
  key: ['account'],
  sums: ['debit_fen', 'credit_fen', 'closing_voucher_debit_fen', 'closing_voucher_credit_fen'],
  carried: ['balance_fen'],
  on: {
    OpeningBalancesRecorded: opening,
    StandardConverted: carriedOver,
    ...ofPostings(eachLine),
  },
});

function eachLine({ data }: Fact<string, Posting>): TallyChange[] {
  const { book, lines } = data;
  const period = monthNumber(data.period);
  const closing = data.kind === 'closing';
  return lines.map((line) => {
    const debitFen = line.side === 'debit' ? line.amountFen : 0;
    const creditFen = line.side === 'credit' ? line.amountFen : 0;
    const amounts = [debitFen, creditFen, closing ? debitFen : 0, closing ? creditFen : 0, debitFen - creditFen];
    return { book, key: [line.account], period, amounts };
  });
}

/**
 * The opening stands in the month before the book's first. When a book starts inside a year, that month also holds the
 * year's turnover so far, so that a year to date is simply the sum of the year's months.
 */
function opening({ data }: Fact<string, OpeningBalances>): TallyChange[] {
  const period = monthBefore(monthNumber(data.period));
  return data.lines.map((line) => ({
    book: data.book,
    key: [line.account],
    period,
    amounts: [line.yearToDateDebitFen ?? 0, line.yearToDateCreditFen ?? 0, 0, 0, netFen(line)],
  }));
}

/** Signed December stays under the old chart; the new year begins under the other, and no month has turnover from it. */
function carriedOver({ data }: Fact<string, StandardConversion>): TallyChange[] {
  const period = turnOfYear(monthNumber(data.period));
  return data.lines.flatMap(({ from, to, ...line }) => [
    { book: data.book, key: [from], period, amounts: [0, 0, 0, 0, -netFen(line)] },
    { book: data.book, key: [to], period, amounts: [0, 0, 0, 0, netFen(line)] },
  ]);
}
