import type {
  AssetFact,
  BookFact,
  DivisionFact,
  Fact,
  HouseholdFact,
  IndicatorReported,
  LedgerFact,
  LedgerOpened,
  OrganizationRegistered,
  Posting,
  PostingFact,
  ProjectFact,
  SettlementFact,
} from '@ledger/domain';
import type { Receivables } from './receivables.js';

type Stated =
  | LedgerOpened
  | DivisionFact
  | OrganizationRegistered
  | BookFact
  | LedgerFact
  | HouseholdFact
  | IndicatorReported
  | ProjectFact
  | SettlementFact
  | AssetFact;

/** What the facts that views add up carry, by their type. */
export type FactData = { [F in Stated as F['type']]: F['data'] };

/**
 * What a view makes of each type of fact; the types that it leaves out don't concern it. What a receipt settles is said by
 * an earlier voucher, so a reducer may look up what of it is known before the fact.
 */
export type Reducers<Change> = {
  readonly [T in keyof FactData]?: (
    fact: Fact<T, FactData[T]>,
    position: number,
    receivables: Receivables,
  ) => readonly Change[];
};

export type Reducer<Change> = (fact: Fact, position: number, receivables: Receivables) => readonly Change[];

/** The reducer for a type of fact, or undefined when the view ignores it. */
export function reducerFor<Change>(on: Reducers<Change>, type: string): Reducer<Change> | undefined {
  return Object.hasOwn(on, type) ? (on as Readonly<Record<string, Reducer<Change>>>)[type] : undefined;
}

/** One reducer for all that is posted. Of a kind of posting that a view left out, its sums would lack the money. */
export function ofPostings<Change>(
  reduce: (fact: Fact<string, Posting>, position: number, receivables: Receivables) => readonly Change[],
): Record<PostingFact['type'], typeof reduce> {
  return {
    IncomeRecorded: reduce,
    ExpenseRecorded: reduce,
    VoucherPosted: reduce,
    VoucherReversed: reduce,
    DepreciationRecorded: reduce,
  };
}
