import type { LocalDate } from '@ledger/domain';
import { dayNumber } from './calendar.js';
import { history } from './history.js';
import { register, type Row } from './register.js';

export interface EnrolmentState {
  readonly project: string;
  readonly household: string;
  readonly village: string;
  readonly role: string;
  readonly contract: string | null;
  readonly since: LocalDate;
}

type EnrolmentChange = Omit<EnrolmentState, 'since'> | { readonly withdrawn: true };

/** The households that are enrolled in each project. */
export const enrolment = history<EnrolmentState, EnrolmentChange>({
  name: 'enrolment',
  version: 2,
  find: ['project', 'village', 'household'],
  on: {
    HouseholdEnrolled: ({ data: { project, household, village, role, contract = null } }) => [
      {
        key: `${project}/${household}`,
        find: { project, village, household },
        change: { project, household, village, role, contract },
      },
    ],
    HouseholdWithdrawn: ({ data: { project, household, village } }) => [
      { key: `${project}/${household}`, find: { project, village, household }, change: { withdrawn: true } },
    ],
  },
  evolve: (_, change, { effectiveOn: since }) => ('withdrawn' in change ? undefined : { ...change, since }),
});

export interface JobState {
  readonly project: string;
  readonly jobNo: number;
  readonly worker: string;
  readonly household: string | null;
  readonly village: string;
  readonly kind: string;
  readonly since: LocalDate;
}

type JobChange = Omit<JobState, 'since'> | { readonly over: true };

interface OfJob {
  readonly data: { readonly project: string; readonly jobNo: number; readonly village: string };
}

const over = ({ data: { project, jobNo, village } }: OfJob) => [
  { key: numbered(project, jobNo), find: { project, village, household: '' }, change: { over: true as const } },
];

/** The jobs that there are in each project. */
export const job = history<JobState, JobChange>({
  name: 'job',
  version: 2,
  find: ['project', 'village', 'household'],
  on: {
    JobRecorded: ({ data: { project, jobNo, worker, household = null, village, kind } }) => [
      {
        key: numbered(project, jobNo),
        find: { project, village, household: household ?? '' },
        change: { project, jobNo, worker, household, village, kind },
      },
    ],
    JobEnded: over,
    JobWithdrawn: over,
  },
  evolve: (_, change, { effectiveOn: since }) => ('over' in change ? undefined : { ...change, since }),
});

/**
 * What each fact adds to the enrolled households and the jobs of a village in a project. They come and go by turns, so
 * a count at both times is a plain sum, and nobody looks at every household of a district for it.
 */
export const projectCount = register({
  name: 'project_count',
  version: 1,
  columns: {
    project: 'text',
    village: 'text',
    effective_on: 'integer',
    position: 'integer',
    enrolled: 'integer',
    jobs: 'integer',
  },
  key: ['project', 'village', 'effective_on', 'position'],
  index: { columns: ['village', 'project', 'effective_on', 'position'], where: 'village IS NOT NULL' },
  on: {
    HouseholdEnrolled: ({ data, effectiveOn }, position) => [added(data, effectiveOn, position, { enrolled: 1 })],
    HouseholdWithdrawn: ({ data, effectiveOn }, position) => [added(data, effectiveOn, position, { enrolled: -1 })],
    JobRecorded: ({ data, effectiveOn }, position) => [added(data, effectiveOn, position, { jobs: 1 })],
    JobEnded: ({ data, effectiveOn }, position) => [added(data, effectiveOn, position, { jobs: -1 })],
    JobWithdrawn: ({ data, effectiveOn }, position) => {
      const { endedOn } = data;
      // A job that was over on its first day had added nothing.
      if (endedOn === effectiveOn) return [];
      const start = added(data, effectiveOn, position, { jobs: -1 });
      return endedOn === undefined ? [start] : [start, added(data, endedOn, position, { jobs: 1 })];
    },
  },
});

function added(
  { project, village }: { readonly project: string; readonly village: string },
  on: LocalDate,
  position: number,
  { enrolled = 0, jobs = 0 }: { readonly enrolled?: number; readonly jobs?: number },
): Row {
  return { project, village, effective_on: dayNumber(on), position, enrolled, jobs };
}

/** The key of a numbered record: the order of keys is that of numbers. */
export function numbered(project: string, no: number): string {
  return `${project}/${String(no).padStart(9, '0')}`;
}
