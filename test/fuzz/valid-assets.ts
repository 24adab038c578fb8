import { anyFen, anyText } from './values.js';
import type { Recipe } from './valid-writes.js';
import type { World } from './world.js';

const van = {
  name: '送货车',
  class: 'OPERATING',
  category: 'VEHICLE',
  source: 'PURCHASED',
  residualFen: 0,
  lifeMonths: 48,
  depreciationAccount: '511',
  effectiveOn: '2024-02-15',
};
const paidFrom = ({ staff }: World, account: string, summary = '购置送货车') => {
  return { settlement: { account }, summary, ...staff.signed };
};

/** Cards of assets and what becomes of them: what must be accepted. */
export const validAssets: Readonly<Record<string, Recipe>> = {
  registerAsset: async (world, any) => ({
    path: { id: (await world.villageBook({ name: '购置账套' })).id },
    body: { ...van, costFen: any(anyFen), acquisition: paidFrom(world, '211', any(anyText)) },
  }),
  runDepreciation: async (world) => {
    const { id } = await world.villageBook({ name: '折旧账套' });
    await world.asset(id);
    return { path: { id }, body: { period: '2024-03', account: '511', ...world.staff.signed } };
  },
  improveAsset: async (world, any) => ({
    path: { id: await world.asset() },
    body: { effectiveOn: '2024-06-20', amountFen: any(anyFen), ...paidFrom(world, '211', any(anyText)) },
  }),
  revalueAsset: async (world, any) => ({
    path: { id: await world.asset() },
    body: {
      effectiveOn: '2024-06-30',
      costFen: 120_000_00 + any(anyFen),
      reason: any(anyText),
      summary: '评估',
      ...world.staff.signed,
    },
  }),
  changeAssetUse: async (world) => ({
    path: { id: await world.asset() },
    body: { useStatus: 'LEASED', effectiveOn: '2024-03-01' },
  }),
  markAssetIdle: async (world, any) => ({
    path: { id: await world.asset() },
    body: { since: '2024-05-01', reason: any(anyText), effectiveOn: '2024-06-01' },
  }),
  activateAsset: async (world) => {
    const id = await world.asset();
    await world.tell('markAssetIdle', { since: '2024-05-01', reason: '待租', effectiveOn: '2024-06-01' }, { id });
    return { path: { id }, body: { project: 'project-3', effectiveOn: '2024-07-01' } };
  },
  retryAssetPosting: async (world) => {
    const { id } = await world.villageBook({ name: '挂账账套' });
    // There is no cash to pay it from.
    await world.tell('registerAsset', { ...van, costFen: 80_000_00, acquisition: paidFrom(world, '101') }, { id });
    await world.until('getBooksAssetPostings', { id }, (text) => text.includes('REFUSED'));
    return { path: { id: `${id}-1` }, body: {} };
  },
  disposeAsset: async (world, any) => ({
    path: { id: await world.asset() },
    body: { effectiveOn: '2024-06-20', kind: 'SCRAPPED', reason: any(anyText), summary: '报废', ...world.staff.signed },
  }),
};
