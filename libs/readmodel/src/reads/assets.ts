import type { AssetClass, LocalDate, Period, UseStatus } from '@ledger/domain';
import {
  asset,
  type AssetInBooks,
  assetKey,
  type AssetState,
  assetWorth,
  dayNumber,
  exact,
  monthOver,
  type Worth,
} from '@ledger/views';
import type { At } from './at.js';
import type { BookRow } from './books.js';
import type { Histories } from './histories.js';
import type { Statement, Statements } from '../statements.js';

/** A card on a day, with what it is worth by the end of the last month that was over. */
export interface AssetRow extends AssetState, Worth {
  readonly validFrom: LocalDate;
  readonly position: number;
}

export interface AssetTotal extends Worth {
  readonly village: string;
  readonly class: AssetClass;
  readonly useStatus: UseStatus;
  readonly count: number;
  readonly areaSquareMetres: number;
  readonly areaMuHundredths: number;
}

export class Assets {
  readonly #inBooks: Statement;

  constructor(
    db: Statements,
    private readonly history: Histories,
  ) {
    this.#inBooks = db.prepare(
      `SELECT asset, sum(cost_fen) AS costFen, sum(depreciation_fen) AS depreciationFen, sum(disposal_fen) AS disposalFen
       FROM asset_entry WHERE book = :book AND booked_on <= :day AND position <= :known GROUP BY asset ORDER BY asset`,
    );
  }

  one(id: string, at: At): AssetRow | undefined {
    const row = this.history.one(asset, assetKey(id), at);
    return row && assetRow(row, monthOver(at.asOf));
  }

  /** The cards of books that follow each other, after the one with a key; as many as asked for. */
  page(books: readonly BookRow[], after: string | undefined, limit: number, at: At): AssetRow[] {
    const rows: AssetRow[] = [];
    const over = monthOver(at.asOf);
    const begun = after === undefined ? 0 : books.findIndex(({ id }) => id === after.slice(0, after.lastIndexOf('-')));
    if (begun === -1) return rows;
    const left = books.slice(begun).map(({ id }) => id);
    // Book by book, so that a page costs its own rows, however many books come after it.
    for (const id of this.history.withAny(asset, 'book', left, at.knownAt)) {
      const question = { find: { book: [id] }, limit: limit - rows.length, ...(id === left[0] ? { after } : {}) };
      for (const row of this.history.page(asset, question, at)) rows.push(assetRow(row, over));
      if (rows.length === limit) break;
    }
    return rows;
  }

  totals(books: readonly BookRow[], at: At): AssetTotal[] {
    const villages = new Map(books.map(({ id, village }) => [id, village]));
    const over = monthOver(at.asOf);
    const sums = new Map<string, { -readonly [K in keyof AssetTotal]: AssetTotal[K] }>();
    for (const row of this.history.page(asset, { find: { book: [...villages.keys()] } }, at)) {
      const { book, class: assetClass, useStatus, area } = row.state;
      const village = villages.get(book) ?? '';
      const key = `${village} ${assetClass} ${useStatus}`;
      let sum = sums.get(key);
      if (sum === undefined) {
        const none = { areaSquareMetres: 0, areaMuHundredths: 0, costFen: 0, accumulatedDepreciationFen: 0, netFen: 0 };
        sums.set(key, (sum = { village, class: assetClass, useStatus, count: 0, ...none }));
      }
      const value = assetWorth(row.state, over);
      sum.count++;
      if (area !== undefined) {
        const unit = area.unit === 'SQUARE_METRE' ? 'areaSquareMetres' : 'areaMuHundredths';
        sum[unit] = exact(sum[unit] + area.quantity);
      }
      for (const column of ['costFen', 'accumulatedDepreciationFen', 'netFen'] as const) {
        sum[column] = exact(sum[column] + value[column]);
      }
    }
    return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  }

  /** All cards of a book, for a comparison. */
  cards(book: BookRow, at: At): AssetRow[] {
    const over = monthOver(at.asOf);
    return this.history.page(asset, { find: { book: [book.id] } }, at).map((row) => assetRow(row, over));
  }

  inBooks(book: BookRow, { asOf, knownAt }: At): AssetInBooks[] {
    const rows = this.#inBooks.all({ book: book.number, day: dayNumber(asOf), known: knownAt });
    return rows.map((row) => ({ ...(row as AssetInBooks) }));
  }
}

function assetRow(
  { state, validFrom, position }: { state: AssetState; validFrom: LocalDate; position: number },
  over: Period,
): AssetRow {
  return { ...state, ...assetWorth(state, over), validFrom, position };
}
