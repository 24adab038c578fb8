import { totals } from '@ledger/accounting';
import type { AssetFact, AssetPosting, Fact } from '@ledger/domain';
import { assetKey } from './asset.js';
import { history, type HistoryChange } from './history.js';

/** What a fact of an asset asks its book to post, and what has become of it. */
export interface AssetPostingState {
  readonly asset: string;
  /** The fact that asked. */
  readonly askedBy: string;
  readonly type: string;
  readonly summary: string;
  readonly totalFen: number;
  readonly status: 'WAITING' | 'POSTED' | 'REFUSED';
  /** Why it was refused. */
  readonly code?: string;
  readonly period?: string;
  readonly voucherNo?: number;
}

type Said = Partial<AssetPostingState>;

export const assetPosting = history<AssetPostingState, Said>({
  name: 'asset_posting',
  version: 1,
  find: ['book'],
  on: {
    AssetRegistered: asked,
    AssetImproved: asked,
    AssetRevalued: asked,
    AssetDisposed: asked,
    AssetPosted: ({ data: { book, asset, askedBy, period, voucherNo } }) =>
      ofPosting(book, asset, askedBy, { status: 'POSTED', code: undefined, period, voucherNo }),
    AssetPostingRefused: ({ data: { book, asset, askedBy, code } }) =>
      ofPosting(book, asset, askedBy, { status: 'REFUSED', code }),
    AssetPostingRetried: ({ data: { book, asset, askedBy } }) =>
      ofPosting(book, asset, askedBy, { status: 'WAITING', code: undefined }),
  },
  evolve: (state, change) => ({ ...state, ...change }) as AssetPostingState,
});

function asked({
  id,
  type,
  data,
}: Fact<string, AssetFact['data'] & { posting?: AssetPosting }>): HistoryChange<Said>[] {
  const { book, asset, posting } = data;
  if (posting === undefined) return [];
  const { debitFen: totalFen } = totals(posting.lines);
  return ofPosting(book, asset, id, {
    asset,
    askedBy: id,
    type,
    summary: posting.summary,
    totalFen,
    status: 'WAITING',
  });
}

function ofPosting(book: string, asset: string, askedBy: string, change: Said): HistoryChange<Said>[] {
  return [{ key: `${assetKey(asset)}-${askedBy}`, find: { book }, change }];
}
