import { netFen } from '@ledger/accounting';
import { type Fact, lastDay, type OpeningBalances, type Posting, previousPeriod } from '@ledger/domain';
import { assetAccountOf } from './account-roles.js';
import { dayNumber } from './calendar.js';
import { ofPostings } from './facts.js';
import { register, type Row } from './register.js';

/**
 * The voucher lines on the accounts of assets by the asset that they name, none for the opening balances, which stand by
 * account. Cost and disposal are debit positive, depreciation is credit positive. A change of standard moves each of these
 * accounts to the one of the same role, so it changes nothing here.
 */
export const assetEntry = register({
  name: 'asset_entry',
  version: 1,
  columns: {
    book: 'book',
    booked_on: 'integer',
    position: 'integer',
    line: 'integer',
    asset: 'text',
    cost_fen: 'integer',
    depreciation_fen: 'integer',
    disposal_fen: 'integer',
  },
  key: ['book', 'booked_on', 'position', 'line'],
  on: {
    OpeningBalancesRecorded: opening,
    ...ofPostings(eachLine),
  },
});

interface OnAccount {
  readonly account: string;
  readonly side: 'debit' | 'credit';
  readonly amountFen: number;
  readonly asset?: string;
}

function eachLine({ data }: Fact<string, Posting>, position: number): Row[] {
  return rowsOf(data.book, dayNumber(data.bookedOn), data.lines, position);
}

/** As everywhere, the opening stands at the end of the month before the book's first. */
function opening({ data }: Fact<string, OpeningBalances>, position: number): Row[] {
  return rowsOf(data.book, dayNumber(lastDay(previousPeriod(data.period))), data.lines, position);
}

function rowsOf(book: string, bookedOn: number, lines: readonly OnAccount[], position: number): Row[] {
  return lines.flatMap((line, index): Row[] => {
    const of = assetAccountOf(line.account);
    if (of === undefined) return [];
    return [
      {
        book,
        booked_on: bookedOn,
        position,
        line: index + 1,
        asset: line.asset ?? '',
        cost_fen: of === 'cost' ? netFen(line) : 0,
        depreciation_fen: of === 'depreciation' ? -netFen(line) : 0,
        disposal_fen: of === 'disposal' ? netFen(line) : 0,
      },
    ];
  });
}
