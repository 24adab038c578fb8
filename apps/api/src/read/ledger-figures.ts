import { type LedgerSource, periodOf, roundedAverage, yearOf } from '@ledger/domain';
import type { ReadModel, Scope } from '@ledger/readmodel';
import { operatingFen, totalFen } from './answers.js';
import type { Moment } from './moments.js';

/** What the ledger itself says, in the unit of the measure. */
export interface LedgerFigure {
  readonly value: number;
  /** The villages of the place on that day, and those with a collective's book that had begun. */
  readonly villages: number;
  readonly villagesWithBook: number;
  /** What an average was made from. */
  readonly parts: { readonly numerator: number; readonly denominator: number } | null;
}

/**
 * A figure of a place on a day, as known; `undefined` where the ledger has nothing to say: the place is not in the tree,
 * or no book had begun there, and a zero would be taken for a figure.
 */
export function ledgerFigure(
  views: ReadModel,
  source: LedgerSource,
  division: string,
  at: Moment,
  scope: Scope,
): LedgerFigure | undefined {
  const villages = views.villagesThere(division, at, scope).length;
  if (villages === 0) return undefined;
  const books = views.books({ division }, at, scope).filter(({ startPeriod }) => startPeriod <= periodOf(at.asOf));
  const counted = { villages, villagesWithBook: new Set(books.map(({ village }) => village)).size, parts: null };
  if (source === 'villages') return { ...counted, value: villages };
  if (source === 'households') {
    const counts = views.householdCounts([...views.recordedVillages(division, at, scope).keys()], at);
    return { ...counted, value: counts.reduce((sum, { households }) => sum + households, 0) };
  }
  if (counted.villagesWithBook === 0) return undefined;
  const rows = incomeOfYear(views, division, at, scope);
  if (source === 'totalIncome') return { ...counted, value: totalFen(rows) };
  const numerator = operatingFen(rows);
  if (source === 'operatingIncome') return { ...counted, value: numerator };
  // A village without a book stays in the denominator.
  return { ...counted, value: roundedAverage(numerator, villages), parts: { numerator, denominator: villages } };
}

/** What the collectives of a place earned in the year of the day, up to it, as booked. */
function incomeOfYear(views: ReadModel, division: string, at: Moment, scope: Scope) {
  const year = yearOf(at.asOf);
  const question = { role: 'income', from: `${year}-01`, to: `${year}-12`, basis: 'booked' } as const;
  return views.turnover({ division, books: 'collective' }, question, at, scope);
}
