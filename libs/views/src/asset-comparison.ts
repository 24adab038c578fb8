import { accumulatedFen } from '@ledger/accounting';
import { lastDay, type LocalDate, periodOf, previousPeriod } from '@ledger/domain';
import { type AssetState, monthOver } from './asset.js';
import { exact } from './exact.js';

/** What voucher lines say of an asset: cost and disposal debit positive, depreciation credit positive. */
export interface AssetInBooks {
  /** Empty for lines that name none. */
  readonly asset: string;
  readonly costFen: number;
  readonly depreciationFen: number;
  readonly disposalFen: number;
}

export interface Compared {
  readonly cardFen: number;
  readonly booksFen: number;
  /** Books less cards: zero when both say the same. */
  readonly differenceFen: number;
}

export interface ComparedAsset {
  /** Null for what the books hold of no asset: opening balances that no card explains. */
  readonly asset: string | null;
  readonly name: string | null;
  readonly cost: Compared;
  readonly depreciation: Compared;
  readonly disposal: Compared;
}

export interface AssetComparison {
  readonly rows: readonly ComparedAsset[];
  readonly total: Pick<ComparedAsset, 'cost' | 'depreciation' | 'disposal'>;
  readonly consistent: boolean;
}

type Amounts = Omit<AssetInBooks, 'asset'>;

const NOTHING: Amounts = { costFen: 0, depreciationFen: 0, disposalFen: 0 };

/**
 * The cards of a book beside the lines on its accounts of assets. What a card says of the opening stands there in balances
 * by account, so it is taken off the balances of no asset and counts as booked for the asset itself.
 */
export function compareAssets(
  cards: readonly AssetState[],
  books: readonly AssetInBooks[],
  asOf: LocalDate,
): AssetComparison {
  const byAsset = new Map(books.map((row) => [row.asset, row]));
  let unnamed: Amounts = byAsset.get('') ?? NOTHING;
  byAsset.delete('');
  const rows = cards.map((card) => {
    const opened = openingOf(card, asOf);
    unnamed = minus(unnamed, opened);
    const booked = byAsset.get(card.asset) ?? NOTHING;
    byAsset.delete(card.asset);
    return compared(card.asset, card.name, expectedOf(card, asOf), minus(booked, minus(NOTHING, opened)));
  });
  for (const row of byAsset.values()) rows.push(compared(row.asset, null, NOTHING, row));
  if (amountsOf(unnamed).some((fen) => fen !== 0)) rows.push(compared(null, null, NOTHING, unnamed));
  const of = (column: 'cost' | 'depreciation' | 'disposal'): Compared => {
    let [cardFen, booksFen] = [0, 0];
    for (const row of rows) {
      cardFen = exact(cardFen + row[column].cardFen);
      booksFen = exact(booksFen + row[column].booksFen);
    }
    return beside(cardFen, booksFen);
  };
  const consistent = rows.every(({ cost, depreciation, disposal }) =>
    [cost, depreciation, disposal].every(({ differenceFen }) => differenceFen === 0),
  );
  return { rows, total: { cost: of('cost'), depreciation: of('depreciation'), disposal: of('disposal') }, consistent };
}

/** What the books should hold of a card: after a disposal nothing but the runs that its month still lacks. */
function expectedOf(card: AssetState, asOf: LocalDate): Amounts {
  const { value, disposed } = card;
  if (value === undefined || beforeOpening(card, asOf)) return NOTHING;
  const over = monthOver(asOf);
  if (disposed === undefined) {
    return { costFen: value.costFen, depreciationFen: accumulatedFen(value.schedule, over), disposalFen: 0 };
  }
  const last = periodOf(disposed.on) < over ? periodOf(disposed.on) : over;
  const depreciationFen = accumulatedFen(value.schedule, last) - disposed.accumulatedDepreciationFen;
  return { costFen: 0, depreciationFen, disposalFen: 0 };
}

function openingOf(card: AssetState, asOf: LocalDate): Amounts {
  const { opening } = card;
  if (opening === undefined || beforeOpening(card, asOf)) return NOTHING;
  return { costFen: opening.costFen, depreciationFen: opening.accumulatedDepreciationFen, disposalFen: 0 };
}

/** The opening balances stand on the day before the book's first. */
function beforeOpening({ opening }: AssetState, asOf: LocalDate): boolean {
  return opening !== undefined && asOf < lastDay(previousPeriod(opening.period));
}

function compared(asset: string | null, name: string | null, card: Amounts, booked: Amounts): ComparedAsset {
  return {
    asset,
    name,
    cost: beside(card.costFen, booked.costFen),
    depreciation: beside(card.depreciationFen, booked.depreciationFen),
    disposal: beside(card.disposalFen, booked.disposalFen),
  };
}

function beside(cardFen: number, booksFen: number): Compared {
  return { cardFen, booksFen, differenceFen: booksFen - cardFen };
}

function minus(a: Amounts, b: Amounts): Amounts {
  return {
    costFen: exact(a.costFen - b.costFen),
    depreciationFen: exact(a.depreciationFen - b.depreciationFen),
    disposalFen: exact(a.disposalFen - b.disposalFen),
  };
}

function amountsOf({ costFen, depreciationFen, disposalFen }: Amounts): number[] {
  return [costFen, depreciationFen, disposalFen];
}
