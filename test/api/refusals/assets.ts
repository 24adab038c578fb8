import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningLedger } from '../../support/running-ledger.js';
import { SIGNED, type VillageBooks } from '../../support/village-books.js';
import { post, type Refused, type Scene } from './scene.js';

export const van = (more: object = {}) => ({
  name: '送货车',
  class: 'OPERATING',
  category: 'VEHICLE',
  source: 'PURCHASED',
  costFen: 120_000_00,
  residualFen: 6_000_00,
  lifeMonths: 48,
  depreciationAccount: '511',
  acquisition: { settlement: { account: '211' }, summary: '购置送货车', ...SIGNED },
  effectiveOn: '2024-02-15',
  ...more,
});
/** The same as a book began with it: nothing is posted, so that the log stands still once it is registered. */
const owned = (more: object = {}) =>
  van({
    acquisition: undefined,
    opening: { accumulatedDepreciationFen: 0 },
    effectiveOn: '2023-12-15',
    ...more,
  });
export const hill = {
  name: '后山林地',
  class: 'RESOURCE',
  category: 'FOREST_LAND',
  source: 'STATUTORY',
  area: { quantity: 32_050, unit: 'MU_HUNDREDTH' },
  effectiveOn: '2010-01-01',
};
const money = { summary: '记账', effectiveOn: '2024-06-20', ...SIGNED };
const disposal = { kind: 'SOLD', reason: '更新车辆', ...money };

/** A book with one asset, and a request to it that is refused. */
async function ofAsset(
  books: VillageBooks,
  card: object,
  path: string,
  body: object,
  facts: (asset: string) => object,
  before: readonly (readonly [string, object])[] = [],
): Promise<Refused> {
  const { id } = await books.book();
  const asset = `${id}-1`;
  await books.accepted(`/books/${id}/assets`, card);
  for (const [step, said] of before) await books.accepted(`/assets/${asset}/${step}`, said);
  return post(`/assets/${asset}/${path}`, body, { facts: facts(asset), shows: [asset] });
}

/** Waits until the book has refused what an asset asked for. */
async function untilRefused(ledger: RunningLedger, book: string): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if ((await ledger.get(`/books/${book}/asset-postings`)).text.includes('REFUSED')) return;
    await sleep(10);
  }
  throw new Error(`${book}: nothing was refused`);
}

const run = { period: '2024-03', account: '511', ...SIGNED };

export const assetsScenes: Readonly<Record<string, Scene>> = {
  ASSET_UNKNOWN: {
    status: 404,
    facts: { asset: 'no-such-book-1' },
    shows: ['no-such-book-1'],
    field: 'asset',
    request: async () => post('/assets/no-such-book-1/use', { useStatus: 'LEASED', effectiveOn: '2024-01-01' }),
  },
  ASSET_CATEGORY: {
    status: 422,
    facts: {
      category: 'ARABLE_LAND',
      class: 'OPERATING',
      categories: [
        'BUILDING',
        'STRUCTURE',
        'MACHINERY',
        'VEHICLE',
        'ELECTRONICS',
        'FURNITURE',
        'ROAD',
        'WATER_WORKS',
        'CULTURE_SPORTS',
        'OTHER_FIXED',
      ],
    },
    shows: ['ARABLE_LAND', 'OPERATING', 'WATER_WORKS', { zh: '耕地', en: 'arable land' }],
    field: 'category',
    request: async (books) => post(`/books/${(await books.book()).id}/assets`, van({ category: 'ARABLE_LAND' })),
  },
  ASSET_ACQUISITION: {
    status: 422,
    facts: { costFen: 120_000_00, said: 0 },
    shows: ['120,000.00', 'acquisition', 'opening'],
    field: 'acquisition',
    request: async (books) => post(`/books/${(await books.book()).id}/assets`, van({ acquisition: undefined })),
  },
  ASSET_OPENING_DATE: {
    status: 422,
    facts: { date: '2023-12-31', startPeriod: '2024-01' },
    shows: ['2023-12-31', '2024-01'],
    field: 'effectiveOn',
    request: async (books) => post(`/books/${(await books.book()).id}/assets`, van({ effectiveOn: '2023-12-31' })),
  },
  ASSET_ALREADY_DISPOSED: {
    status: 422,
    facts: {},
    shows: ['后山林地', '2024-06-20', { zh: '征收', en: 'requisitioned' }],
    field: 'asset',
    request: (books) =>
      ofAsset(
        books,
        hill,
        'dispose',
        disposal,
        (asset) => ({ asset, name: '后山林地', disposedOn: '2024-06-20', kind: 'REQUISITIONED' }),
        [['dispose', { ...disposal, kind: 'REQUISITIONED' }]],
      ),
  },
  ASSET_CHANGED_LATER: {
    status: 422,
    facts: {},
    shows: ['2024-06-20', '2024-07-01'],
    field: 'effectiveOn',
    request: (books) =>
      ofAsset(
        books,
        owned(),
        'dispose',
        disposal,
        (asset) => ({ asset, effectiveOn: '2024-06-20', changedOn: '2024-07-01' }),
        [['use', { useStatus: 'LEASED', effectiveOn: '2024-07-01' }]],
      ),
  },
  ASSET_ALREADY_IDLE: {
    status: 422,
    facts: {},
    shows: ['2024-05-01'],
    field: 'asset',
    request: (books) => {
      const idle = { since: '2024-05-01', reason: '无人承租', effectiveOn: '2024-06-01' };
      return ofAsset(books, owned(), 'idle', idle, (asset) => ({ asset, since: '2024-05-01' }), [['idle', idle]]);
    },
  },
  ASSET_NOT_IDLE: {
    status: 422,
    facts: {},
    shows: ['2024-06-01', { zh: '在用', en: 'in use' }],
    field: 'asset',
    request: (books) =>
      ofAsset(books, owned(), 'activate', { project: 'project-3', effectiveOn: '2024-06-01' }, (asset) => ({
        asset,
        useStatus: 'IN_USE',
        effectiveOn: '2024-06-01',
      })),
  },
  ASSET_IDLE_SINCE: {
    status: 422,
    facts: { since: '2024-06-02', effectiveOn: '2024-06-01' },
    shows: ['2024-06-02', '2024-06-01'],
    field: 'since',
    request: async (books) => {
      const { id } = await books.book();
      await books.accepted(`/books/${id}/assets`, owned());
      const idle = { since: '2024-06-02', reason: '无人承租', effectiveOn: '2024-06-01' };
      return post(`/assets/${id}-1/idle`, idle);
    },
  },
  RESOURCE_HAS_NO_COST: {
    status: 422,
    facts: { category: 'FOREST_LAND', amountFen: 5_00 },
    shows: ['5.00', { zh: '林地', en: 'forest land' }],
    field: 'costFen',
    request: async (books) => post(`/books/${(await books.book()).id}/assets`, { ...hill, costFen: 5_00 }),
  },
  LAND_SALE_FORBIDDEN: {
    status: 422,
    facts: {},
    shows: ['后山林地', 'REQUISITIONED', { zh: '林地', en: 'forest land' }],
    field: 'kind',
    request: (books) =>
      ofAsset(books, hill, 'dispose', disposal, (asset) => ({ asset, name: '后山林地', category: 'FOREST_LAND' })),
  },
  DEPRECIATION_EXCEEDS_COST: {
    status: 422,
    facts: { costFen: 15_000_00, residualFen: 6_000_00, accumulatedFen: 14_250_00 },
    shows: ['15,000.00', '6,000.00', '14,250.00'],
    field: 'costFen',
    request: async (books) => {
      const { id } = await books.book();
      await books.accepted(`/books/${id}/assets`, owned());
      return post(`/assets/${id}-1/revalue`, { ...money, costFen: 15_000_00, reason: '评估' });
    },
  },
  ASSET_LIFE_OVER: {
    status: 422,
    facts: { lifeMonths: 3, usedMonths: 6, remainingFen: 20_000_00 },
    shows: ['3', '6', '20,000.00'],
    field: 'lifeMonths',
    request: async (books) => {
      const { id } = await books.book();
      await books.accepted(`/books/${id}/assets`, owned({ lifeMonths: 3 }));
      return post(`/assets/${id}-1/improve`, { ...money, amountFen: 20_000_00, settlement: { account: '211' } });
    },
  },
  ASSET_POSTING_ACCOUNT: {
    status: 422,
    facts: {},
    shows: ['151', '101'],
    field: 'accounts.0.insteadOf',
    request: async (books, ledger) => {
      const { id } = await books.book();
      const asset = `${id}-1`;
      // There is no cash to pay it from.
      const acquisition = { settlement: { account: '101' }, summary: '购置送货车', ...SIGNED };
      await books.accepted(`/books/${id}/assets`, van({ acquisition }));
      await untilRefused(ledger, id);
      const accounts = [{ insteadOf: '151', account: '102' }];
      const facts = { asset, account: '151', exchangeable: ['101'] };
      return post(`/assets/${asset}/retry-posting`, { accounts }, { facts, shows: [asset] });
    },
  },
  ASSET_POSTING_NOT_REFUSED: {
    status: 422,
    facts: {},
    shows: [],
    field: 'asset',
    request: (books) => ofAsset(books, hill, 'retry-posting', {}, (asset) => ({ asset })),
  },
  DEPRECIATION_DUPLICATE_PERIOD: {
    status: 422,
    facts: { period: '2024-03', byPeriod: '2024-03', byVoucherNo: 1 },
    shows: ['2024-03', '记-1'],
    field: 'period',
    request: async (books) => {
      const { id } = await books.book();
      await books.accepted(`/books/${id}/assets`, owned());
      await books.accepted(`/books/${id}/depreciation`, run);
      return post(`/books/${id}/depreciation`, run);
    },
  },
  NOTHING_TO_DEPRECIATE: {
    status: 422,
    facts: { period: '2024-03' },
    shows: ['2024-03'],
    field: 'period',
    request: async (books) => post(`/books/${(await books.book()).id}/depreciation`, run),
  },
};
