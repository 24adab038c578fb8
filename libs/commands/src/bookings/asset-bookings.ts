import {
  type AssetFact,
  type AssetPosting,
  type Fact,
  RecordAssetPosted,
  RecordAssetPostingRefused,
} from '@ledger/domain';
import type { Booking, BookingSource } from './booking.js';

/** What the facts of assets ask of their books: acquisitions, improvements, revaluations, disposals, and retries of them. */
export const assetBookings: BookingSource = {
  types: ['AssetRegistered', 'AssetImproved', 'AssetRevalued', 'AssetDisposed', 'AssetPostingRetried'],
  bookingsOf(fact) {
    const { data } = fact as unknown as AssetFact;
    return 'posting' in data && data.posting !== undefined ? [bookingOf(fact, data.posting)] : [];
  },
};

function bookingOf({ id, effectiveOn, data }: Fact, { lines, ...signed }: AssetPosting): Booking {
  const { book, asset, askedBy = id, origin } = data as AssetFact['data'] & { askedBy?: string };
  const of = { asset, askedBy, effectiveOn, ...(origin === undefined ? {} : { origin }) };
  return {
    name: `asset\n${askedBy}`,
    posting: { book, effectiveOn, lines, ...signed, ...(origin === undefined ? {} : { origin }) },
    booked: ({ period, voucherNo }) => Object.assign(new RecordAssetPosted(), of, { period, voucherNo }),
    refused: ({ code }) => Object.assign(new RecordAssetPostingRefused(), of, { code }),
  };
}
