import * as fc from 'fast-check';
import type { Draw } from './draw.js';
import { anyFen, anyText } from './values.js';
import type { Recipe } from './valid-writes.js';
import type { Said, SharedProject, World } from './world.js';

const on = (effectiveOn: string, more: object = {}) => ({ effectiveOn, ...more });
const approved = ['approveProject', on('2024-02-01')] as const;
const started = [approved, ['startProject', on('2024-03-01')]] as const;
const suspended = [...started, ['suspendProject', on('2024-05-01', { reason: '汛期' })]] as const;
const completed = [...started, ['completeProject', on('2024-11-01')]] as const;
const sale = on('2024-04-20', { product: '笋干', amountFen: 1_280_00, channel: 'SHOP' });
const visitors = { from: '2024-04-01', to: '2024-04-30', count: 32, source: 'TICKETS' };
const job = on('2024-04-01', { worker: 'worker-1', kind: 'CASUAL' });
const gain = on('2024-12-20', {
  year: 2024,
  amountFen: 360_00,
  method: 'SURVEY',
  population: { of: 'EMPLOYED_PERSONS', count: 2 },
});
const settled = ({ staff }: World, amountFen: number, summary: string) =>
  on('2024-03-31', { amountFen, account: '50106', settlement: { account: '112' }, summary, ...staff.signed });

/** Projects, what they record, and their settlements: what must be accepted. */
export const validProjects: Readonly<Record<string, Recipe>> = {
  proposeProject: async (world, any) => ({
    body: on('2024-01-10', {
      name: any(anyText),
      kind: any(fc.constantFrom('WORKSHOP', 'HOMESTAY', 'OTHER')),
      leadVillage: await world.home(),
    }),
  }),
  approveProject: step([], () => on('2024-02-01', { resolution: 'resolution-3' })),
  startProject: step([approved], () => on('2024-03-01')),
  suspendProject: step(started, (any) => on('2024-05-01', { reason: any(anyText) })),
  resumeProject: step(suspended, () => on('2024-06-01')),
  completeProject: step(started, () => on('2024-11-01')),
  closeProject: step(completed, (any) => on('2024-11-30', { reason: any(anyText) })),
  joinVillage: async (world) => ({
    path: { id: (await world.project()).id },
    body: on('2024-04-01', { village: await world.home() }),
  }),
  leaveVillage: async (world, any) => {
    const { id, partner } = await world.project();
    return { path: { id, code: partner }, body: on('2024-04-01', { reason: any(anyText) }) };
  },
  setAllocationScheme: async (world, any) => {
    const project = await world.project();
    return { path: { id: project.id }, body: scheme(project, any(fc.integer({ min: 1, max: 9_999 }))) };
  },
  recordSale: step(started, (any) => ({ ...sale, product: any(anyText), amountFen: any(anyFen) })),
  withdrawSale: withdrawal('recordSale', sale),
  countVisitors: step(started, (any) => ({ ...visitors, count: any(fc.nat(9_999)) })),
  withdrawVisitorCount: withdrawal('countVisitors', visitors),
  enrolHousehold: async (world) => {
    const project = await world.project(...started);
    const household = await world.household(project.partner);
    return { path: { id: project.id }, body: on('2024-03-05', { household, role: 'GROWER' }) };
  },
  withdrawHousehold: async (world, any) => {
    const { id, partner } = await world.project(...started);
    const household = await world.household(partner);
    await world.tell('enrolHousehold', on('2024-03-05', { household, role: 'GROWER' }), { id });
    return { path: { id, household }, body: on('2024-09-30', { reason: any(anyText) }) };
  },
  recordJob: step(started, () => job),
  endJob: async (world) => {
    const { id } = await world.project(...started, ['recordJob', job]);
    return { path: { id, no: '1' }, body: on('2024-10-01') };
  },
  withdrawJob: withdrawal('recordJob', job),
  recordGain: step(started, (any) => ({ ...gain, amountFen: any(anyFen) })),
  withdrawGain: withdrawal('recordGain', gain),
  settleIncome: async (world, any) => ({
    path: { id: (await sharing(world)).id },
    body: settled(world, any(anyFen), any(anyText)),
  }),
  adjustSettlement: async (world, any) => {
    const { id } = await sharing(world);
    await world.tell('settleIncome', settled(world, 100_00, '分成'), { id });
    return {
      path: { id, period: '2024-03' },
      body: { amountFen: 100_00 + any(anyFen), reason: any(anyText), ...world.staff.signed },
    };
  },
  retryShare: async (world) => {
    const { id, lead } = await sharing(world);
    await world.tell('settleIncome', settled(world, 100_00, '分成'), { id });
    // Nobody has named a book for the shares, so the ledger refuses them soon.
    await world.until('getProjectsSettlements', { id }, (text) => text.includes('"status"') && !/"pending"/.test(text));
    return { path: { id, allocationNo: '1', village: lead }, body: {} };
  },
};

function step(before: readonly (readonly [string, object])[], body: (any: Draw) => object): Recipe {
  return async (world, any): Promise<Said> => ({
    path: { id: (await world.project(...(before as readonly (readonly [string, Record<string, unknown>])[]))).id },
    body: body(any),
  });
}

function withdrawal(record: string, body: Record<string, unknown>): Recipe {
  return async (world, any) => {
    const { id } = await world.project(...started, [record, body]);
    return { path: { id, no: '1' }, body: { reason: any(anyText) } };
  };
}

function scheme({ lead, partner }: SharedProject, basisPoints: number) {
  const shares = [
    { village: lead, basisPoints },
    { village: partner, basisPoints: 10_000 - basisPoints },
  ];
  return on('2024-03-01', { shares });
}

async function sharing(world: World): Promise<SharedProject> {
  const project = await world.project(...started);
  await world.tell('setAllocationScheme', scheme(project, 6_000), { id: project.id });
  return project;
}
