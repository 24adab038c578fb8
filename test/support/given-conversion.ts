import { type ChartId, conversionFrom } from '@ledger/accounting';
import { ConvertStandard, type DetailedBalance, type FactDraft, type LedgerSetting } from '@ledger/domain';
import { BOOK, bookOf } from './given-ledger-year.js';

/** The standard that ends with 2023, and the one that follows. */
export const OLD: ChartId = 'village-2004';
export const NEW: ChartId = 'rural-collective-2024';

/** What stands on an account; debit is positive. */
export type Standing = readonly [account: string, netFen: number, more?: { party?: string; grant?: string }];

/** A book that has closed 2023 with these balances and stands before its change. */
export function before(standing: readonly Standing[], more: readonly FactDraft[] = []): Partial<LedgerSetting> {
  const old = bookOf(OLD, '2022-01', more);
  const balances = standing.map(([account, net, details]): DetailedBalance => {
    return { account: `${OLD}:${account}`, ...details, netFen: net };
  });
  const carried = new Map<string, number>();
  for (const { account, netFen: net } of balances) carried.set(account, (carried.get(account) ?? 0) + net);
  const unconverted = conversionFrom(OLD);
  if (old.next === undefined || unconverted === undefined) throw new Error('the standard of 2004 has a successor');
  return { book: old.next.book, unconverted, converting: { book: old, balances }, carried, lastClosed: '2023-12' };
}

export const convert = (said: Partial<ConvertStandard> = {}): ConvertStandard =>
  Object.assign(new ConvertStandard(), {
    book: BOOK,
    from: '2024-01',
    preparedBy: 'accountant-1',
    reviewedBy: 'reviewer-1',
    ...said,
  });

/** Balances that go over without a word of the officer. */
export const SIMPLE: readonly Standing[] = [
  ['102', 500_00],
  ['154', 700_00],
  ['202', -200_00, { party: 'builder-1' }],
  ['241', -300_00, { grant: 'road-2023' }],
  ['301', -700_00],
];
