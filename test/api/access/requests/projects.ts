import { creditCode, saleBody, settlementBody, type VillageBooks } from '../../../support/village-books.js';
import { DAY, MONTH } from '../places.js';
import { another, type OperationRequest, type OperationRequests, signed } from './asked.js';

const effectiveOn = '2024-01-10';
const later = '2024-06-01';
const counted = { from: '2024-03-01', to: DAY, count: 30, source: 'TICKETS' };

export function startedProject(books: VillageBooks, leadVillage: string, villages: readonly string[] = []) {
  return books.project({ leadVillage, villages, effectiveOn });
}

/** A project that has come so far. */
const after =
  (...steps: readonly string[]): OperationRequest['fresh'] =>
  async ({ books }, { village }) => {
    const { stream } = await books.accepted('/projects', proposal(village));
    const project = stream.slice('project-'.length);
    for (const step of steps) await books.accepted(`/projects/${project}/${step}`, stepBody(step));
    return { project };
  };

const proposal = (leadVillage: string) => ({ name: '一桌土菜', kind: 'VEGETABLE_BRAND', leadVillage, effectiveOn });
const stepBody = (step: string) => ({
  effectiveOn: ['approve', 'start'].includes(step) ? effectiveOn : DAY,
  ...(step === 'suspend' ? { reason: '汛期停业' } : {}),
});

const step = (name: string, ...before: readonly string[]): OperationRequest => ({
  of: ({ project }) => ({
    path: `/projects/${project}/${name}`,
    body: { effectiveOn: later, ...(name === 'suspend' ? { reason: '汛期停业' } : {}) },
  }),
  fresh: after(...before),
});

const withRecord =
  (kind: 'sales' | 'visitor-counts', body: object): OperationRequest['fresh'] =>
  async ({ books }, { village }) => {
    const project = await startedProject(books, village);
    await books.accepted(`/projects/${project}/${kind}`, body);
    return { project };
  };

const withdrawal = (kind: 'sales' | 'visitor-counts', body: object): OperationRequest => ({
  of: ({ project }) => ({ path: `/projects/${project}/${kind}/1/withdrawal`, body: { reason: '重复录入' } }),
  fresh: withRecord(kind, body),
});

async function sharing(books: VillageBooks, village: string): Promise<string> {
  const project = await startedProject(books, village);
  const shares = [{ village, basisPoints: 10_000 }];
  await books.accepted(`/projects/${project}/allocation-schemes`, { shares, effectiveOn });
  return project;
}

/** Projects and what they share. */
export const projectRequests: OperationRequests = {
  proposeProject: { of: ({ village }) => ({ path: '/projects', body: proposal(village) }) },
  approveProject: step('approve'),
  startProject: step('start', 'approve'),
  suspendProject: step('suspend', 'approve', 'start'),
  resumeProject: step('resume', 'approve', 'start', 'suspend'),
  completeProject: step('complete', 'approve', 'start'),
  closeProject: step('close', 'approve', 'start', 'complete'),
  joinVillage: {
    of: ({ project, neighbour }) => ({
      path: `/projects/${project}/villages`,
      body: { village: neighbour, effectiveOn: later },
    }),
    fresh: after('approve', 'start'),
  },
  leaveVillage: {
    of: ({ project, neighbour }) => ({
      path: `/projects/${project}/villages/${neighbour}/leave`,
      body: { effectiveOn: later },
    }),
    fresh: async ({ books }, { village, neighbour }) => ({
      project: await startedProject(books, village, [neighbour]),
    }),
  },
  setAllocationScheme: {
    of: ({ project, village }) => ({
      path: `/projects/${project}/allocation-schemes`,
      body: { shares: [{ village, basisPoints: 10_000 }], effectiveOn: later },
    }),
    fresh: after('approve', 'start'),
  },
  recordSale: { of: ({ project }) => ({ path: `/projects/${project}/sales`, body: saleBody(DAY) }) },
  withdrawSale: withdrawal('sales', saleBody(DAY)),
  countVisitors: {
    of: ({ project }) => ({ path: `/projects/${project}/visitor-counts`, body: counted }),
    fresh: after('approve', 'start'),
  },
  withdrawVisitorCount: withdrawal('visitor-counts', counted),
  settleIncome: {
    of: ({ project }, by) => ({
      path: `/projects/${project}/settlements`,
      body: settlementBody('2024-03-31', 100, signed(by)),
    }),
    fresh: async ({ books }, { village }) => ({ project: await sharing(books, village) }),
  },
  adjustSettlement: {
    of: ({ project }, by) => ({
      path: `/projects/${project}/settlements/${MONTH}/adjust`,
      body: { amountFen: 200, reason: '补计', ...signed(by) },
    }),
    fresh: async ({ books }, { village }) => {
      const project = await sharing(books, village);
      await books.accepted(`/projects/${project}/settlements`, settlementBody('2024-03-31', 100));
      return { project };
    },
  },
  retryShare: {
    of: ({ project, village }) => ({ path: `/projects/${project}/shares/1/${village}/retry`, body: {} }),
    fresh: async ({ books }, place) => {
      // A collective without a book: what is to be booked there is refused.
      const village = `${place.village.slice(0, 9)}${300 + another()}`;
      await books.accepted('/divisions', { code: village, name: '无账村', effectiveOn: '2020-01-01' });
      const collective = { creditCode: creditCode(5_000 + another()), name: '无账社', kind: 'COLLECTIVE' };
      await books.accepted('/organizations', { ...collective, village, effectiveOn: '2020-01-01' });
      const project = await sharing(books, village);
      await books.accepted(`/projects/${project}/settlements`, settlementBody('2024-03-31', 100));
      await books.until<{ rows: { shares: { status: string }[] }[] }>(`/projects/${project}/settlements`, ({ rows }) =>
        rows.some(({ shares }) => shares.some(({ status }) => status === 'refused')),
      );
      return { project, village };
    },
  },
};
