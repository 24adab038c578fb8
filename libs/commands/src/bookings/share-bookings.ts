import {
  type BookingLine,
  bookIdOf,
  type Fact,
  type IncomeAllocated,
  type IncomeReallocated,
  type Origin,
  type SettledShare,
  type ShareRetried,
  type ShareTerms,
  TellShareBooked,
  TellShareRefused,
} from '@ledger/domain';
import type { Booking, BookingSource } from './booking.js';

interface Share extends SettledShare {
  readonly project: string;
  readonly allocationNo: number;
}

/** The shares of joint projects: each stands in its village's book, or is listed as refused. */
export const shareBookings: BookingSource = {
  types: ['IncomeAllocated', 'IncomeReallocated', 'ShareRetried'],
  bookingsOf(fact) {
    const { data, effectiveOn } = fact as unknown as IncomeAllocated | IncomeReallocated | ShareRetried;
    const { project, allocationNo } = data;
    const shares = 'shares' in data ? data.shares : [data];
    return shares
      .filter(({ amountFen }) => amountFen !== 0)
      .map((share) => bookingOf({ ...share, project, allocationNo }, data, effectiveOn));
  },
};

function bookingOf(
  share: Share,
  { origin, ...terms }: ShareTerms & { readonly origin?: Origin },
  effectiveOn: Fact['effectiveOn'],
): Booking {
  const { project, allocationNo, village, organization } = share;
  const { summary, preparedBy, reviewedBy } = terms;
  const from = origin === undefined ? {} : { origin };
  const told = { project, allocationNo, village, ...from };
  return {
    name: `share\n${project}\n${allocationNo}\n${village}`,
    posting: {
      // A village without a book is no book's name, and is refused as such.
      book: organization === undefined ? village : bookIdOf(organization),
      effectiveOn,
      summary,
      lines: linesOf(share, terms),
      preparedBy,
      reviewedBy,
      ...from,
    },
    booked: ({ book, period, voucherNo }) => Object.assign(new TellShareBooked(), { ...told, book, period, voucherNo }),
    refused: ({ code, messageZh, messageEn }) =>
      Object.assign(new TellShareRefused(), { ...told, code, messageZh, messageEn }),
  };
}

/** Red letters where a share is taken back, so that turnover does not inflate. */
function linesOf({ project, amountFen }: Share, { account, settlement }: ShareTerms): BookingLine[] {
  return [
    { ...settlement, side: 'debit', amountFen, project, wanted: 'incomeSettlement' },
    { account, side: 'credit', amountFen, project, wanted: 'income' },
  ];
}
