import { accumulatedFen, type AssetValue, changedValue } from '@ledger/accounting';
import {
  type AssetCardData,
  type AssetDisposed,
  type AssetFact,
  assetNumber,
  bookOfAsset,
  type DisposalKind,
  type Fact,
  type LocalDate,
  type Period,
  periodOf,
  previousPeriod,
  type UseStatus,
  valueChangeOf,
} from '@ledger/domain';
import { isLastDay } from './calendar.js';
import { history, type HistoryChange } from './history.js';

/** A card as it stands from a day on. */
export interface AssetState extends Omit<
  AssetCardData,
  'costFen' | 'residualFen' | 'lifeMonths' | 'posting' | 'opening'
> {
  readonly village: string;
  readonly registeredOn: LocalDate;
  readonly idleSince?: LocalDate;
  /** The project that it was last activated for. */
  readonly activatedFor?: string;
  /** None for resources. */
  readonly value?: AssetValue;
  /** What of it stands in the opening balances of its book. */
  readonly opening?: { readonly period: string; readonly costFen: number; readonly accumulatedDepreciationFen: number };
  readonly disposed?: Disposal;
}

export interface Disposal {
  readonly on: LocalDate;
  readonly kind: DisposalKind;
  readonly costFen: number;
  readonly accumulatedDepreciationFen: number;
  readonly proceedsFen: number;
  readonly gainFen: number;
}

/** What a fact says of a card; what the books make of it is theirs. */
type Said = Pick<AssetFact, 'type' | 'effectiveOn'> & { readonly village: string; readonly data: AssetFact['data'] };

/** The cards of the assets of all books: use, place and value on any day. */
export const asset = history<AssetState, Said>({
  name: 'asset',
  version: 1,
  find: ['book'],
  on: {
    AssetRegistered: said,
    AssetImproved: said,
    AssetRevalued: said,
    AssetUseChanged: said,
    AssetMarkedIdle: said,
    AssetActivated: said,
    AssetDisposed: said,
  },
  evolve(state, change) {
    const fact = change as unknown as AssetFact;
    if (fact.type === 'AssetRegistered') return registered(fact.data, change);
    // Nothing else is recorded of an asset before the day from which it is registered.
    return state && { ...state, ...changed(state, fact) };
  },
});

export interface Worth {
  readonly costFen: number;
  readonly accumulatedDepreciationFen: number;
  readonly netFen: number;
}

/** What a card is worth by the end of a month that is over; nothing once it is disposed of. */
export function assetWorth({ value, disposed }: AssetState, over: Period): Worth {
  if (value === undefined || disposed !== undefined) return { costFen: 0, accumulatedDepreciationFen: 0, netFen: 0 };
  const { costFen, schedule } = value;
  const accumulatedDepreciationFen = accumulatedFen(schedule, over);
  return { costFen, accumulatedDepreciationFen, netFen: costFen - accumulatedDepreciationFen };
}

/** The last month that is over on a day; its run is dated to its last day. */
export function monthOver(day: LocalDate): Period {
  return isLastDay(day) ? periodOf(day) : previousPeriod(periodOf(day));
}

/** Cards in the order of their numbers: a key is compared as text. */
export function assetKey(id: string): string {
  return `${bookOfAsset(id)}-${String(assetNumber(id)).padStart(6, '0')}`;
}

function said({ type, effectiveOn, division, data }: Fact<string, AssetFact['data']>): HistoryChange<Said>[] {
  const { posting: _, ...card } = data as AssetCardData;
  const change = { type, effectiveOn, village: division, data: card } as Said;
  return [{ key: assetKey(data.asset), find: { book: data.book }, change }];
}

function registered(data: AssetCardData, { effectiveOn, village }: Said): AssetState {
  const { costFen = 0, residualFen: _r, lifeMonths: _l, opening, ...card } = data;
  const begun = opening && { opening: { ...opening, costFen } };
  return { ...card, ...begun, village, registeredOn: effectiveOn, ...valueAfter(undefined, data, effectiveOn) };
}

function valueAfter(
  state: AssetState | undefined,
  data: AssetCardData,
  effectiveOn: LocalDate,
): Pick<AssetState, 'value'> {
  return restated(state, { type: 'AssetRegistered', version: 1, division: '', effectiveOn, data });
}

function restated(state: AssetState | undefined, fact: AssetFact): Pick<AssetState, 'value'> {
  const dated = valueChangeOf(fact);
  return dated === undefined ? {} : { value: changedValue(state?.value, dated.change) };
}

function changed(state: AssetState, fact: AssetFact): Partial<AssetState> {
  switch (fact.type) {
    case 'AssetImproved':
    case 'AssetRevalued':
      return restated(state, fact);
    case 'AssetUseChanged': {
      const { useStatus, custodian } = fact.data;
      return { ...used(useStatus), ...(custodian === undefined ? {} : { custodian }) };
    }
    case 'AssetMarkedIdle':
      return used('IDLE', fact.data.since);
    case 'AssetActivated':
      return { ...used('IN_USE'), activatedFor: fact.data.project };
    case 'AssetDisposed':
      return { ...used('DISPOSED'), disposed: disposal(fact) };
    default:
      return {};
  }
}

/** An undefined key is left out of what is stored. */
function used(useStatus: UseStatus, idleSince?: LocalDate): Pick<AssetState, 'useStatus' | 'idleSince'> {
  return { useStatus, idleSince };
}

function disposal({ effectiveOn, data }: AssetDisposed): Disposal {
  const { kind, costFen, accumulatedDepreciationFen, proceedsFen, gainFen } = data;
  return { on: effectiveOn, kind, costFen, accumulatedDepreciationFen, proceedsFen, gainFen };
}
