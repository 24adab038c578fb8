import { gainBody } from '../../../support/village-books.js';
import { DAY } from '../places.js';
import { another, type OperationRequest, type OperationRequests } from './asked.js';
import { startedProject } from './projects.js';

const freshHousehold: OperationRequest['fresh'] = async ({ books }, { village }) => ({
  household: await books.household(village, '2024-01-01'),
});

/** A project with one record of a kind in it. */
const recorded =
  (kind: 'jobs' | 'gains', body: (target: { household: string }) => object): OperationRequest['fresh'] =>
  async (set, place) => {
    const project = await startedProject(set.books, place.village);
    await set.books.accepted(`/projects/${project}/${kind}`, body(place));
    return { project };
  };

const jobBody = ({ household }: { household: string }) => ({
  worker: `worker-${another()}`,
  kind: 'SEASONAL',
  household,
  effectiveOn: DAY,
});

/** Households and what they have of projects. */
export const peopleRequests: OperationRequests = {
  registerHousehold: { of: ({ village }) => ({ path: '/households', body: { village, effectiveOn: '2024-01-01' } }) },
  dissolveHousehold: {
    of: ({ household }) => ({
      path: `/households/${household}/dissolve`,
      body: { reason: '整户迁出', effectiveOn: '2024-06-30' },
    }),
    fresh: freshHousehold,
  },
  enrolHousehold: {
    of: ({ project, household }) => ({
      path: `/projects/${project}/enrolments`,
      body: { household, role: 'GROWER', effectiveOn: DAY },
    }),
    fresh: freshHousehold,
  },
  withdrawHousehold: {
    of: ({ project, household }) => ({
      path: `/projects/${project}/enrolments/${household}/withdrawal`,
      body: { reason: '外出务工', effectiveOn: '2024-09-30' },
    }),
    fresh: async ({ books }, { village, project }) => {
      const household = await books.household(village, '2024-01-01');
      await books.accepted(`/projects/${project}/enrolments`, { household, role: 'GROWER', effectiveOn: DAY });
      return { household };
    },
  },
  recordJob: { of: (target) => ({ path: `/projects/${target.project}/jobs`, body: jobBody(target) }) },
  endJob: {
    of: ({ project }) => ({ path: `/projects/${project}/jobs/1/end`, body: { effectiveOn: '2024-10-01' } }),
    fresh: recorded('jobs', jobBody),
  },
  withdrawJob: {
    of: ({ project }) => ({ path: `/projects/${project}/jobs/1/withdrawal`, body: { reason: '重复录入' } }),
    fresh: recorded('jobs', jobBody),
  },
  recordGain: {
    of: ({ project }) => ({ path: `/projects/${project}/gains`, body: gainBody(DAY) }),
    fresh: async ({ books }, { village }) => ({ project: await startedProject(books, village) }),
  },
  withdrawGain: {
    of: ({ project }) => ({ path: `/projects/${project}/gains/1/withdrawal`, body: { reason: '重复录入' } }),
    fresh: recorded('gains', () => gainBody(DAY)),
  },
};
