import type { VillageBooks } from '../../../support/village-books.js';
import { card, cardBody, DAY, newestCard, type Place } from '../places.js';
import { type OperationRequest, type OperationRequests, signed } from './asked.js';

const fresh: OperationRequest['fresh'] = async ({ books }, { book }) => ({ asset: await card(books, book) });
const effectiveOn = '2024-04-10';

/** What becomes of a card. */
export const assetRequests: OperationRequests = {
  improveAsset: {
    of: ({ asset }, by) => ({
      path: `/assets/${asset}/improve`,
      body: { effectiveOn, amountFen: 100, settlement: { account: '102' }, summary: '加装', ...signed(by) },
    }),
    fresh,
  },
  revalueAsset: {
    of: ({ asset }, by) => ({
      path: `/assets/${asset}/revalue`,
      body: { effectiveOn, costFen: 900_00, reason: '评估', summary: '评估调整', ...signed(by) },
    }),
    fresh,
  },
  disposeAsset: {
    of: ({ asset }, by) => ({
      path: `/assets/${asset}/dispose`,
      body: { effectiveOn, kind: 'SCRAPPED', reason: '报废', summary: '报废', ...signed(by) },
    }),
    fresh,
  },
  changeAssetUse: {
    of: ({ asset }) => ({
      path: `/assets/${asset}/use`,
      body: { useStatus: 'LEASED', reason: '整体出租', effectiveOn },
    }),
    fresh,
  },
  markAssetIdle: {
    of: ({ asset }) => ({ path: `/assets/${asset}/idle`, body: { since: DAY, reason: '无人承租', effectiveOn } }),
    fresh,
  },
  activateAsset: {
    of: ({ asset, project }) => ({ path: `/assets/${asset}/activate`, body: { project, effectiveOn: '2024-05-01' } }),
    fresh: async ({ books }, { book }) => {
      const asset = await card(books, book);
      await books.accepted(`/assets/${asset}/idle`, { since: DAY, reason: '无人承租', effectiveOn });
      return { asset };
    },
  },
  retryAssetPosting: {
    of: ({ asset }) => ({ path: `/assets/${asset}/retry-posting`, body: {} }),
    fresh: async ({ books }, place) => ({ asset: await refusedCard(books, place) }),
  },
};

/** A card that is paid for with cash that its book does not have. */
async function refusedCard(books: VillageBooks, { book }: Place): Promise<string> {
  const said = cardBody() as { acquisition: object };
  const acquisition = { ...said.acquisition, settlement: { account: '101' } };
  await books.accepted(`/books/${book}/assets`, { ...said, acquisition });
  const asset = await newestCard(books, book);
  await books.until<{ rows: { asset: string; status: string }[] }>(`/books/${book}/asset-postings`, ({ rows }) =>
    rows.some((row) => row.asset === asset && row.status === 'REFUSED'),
  );
  return asset;
}
