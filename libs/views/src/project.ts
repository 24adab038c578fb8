import {
  type LocalDate,
  type Origin,
  type ProjectStatus,
  type Share,
  type StepName,
  PROJECT_STEPS,
} from '@ledger/domain';
import { history } from './history.js';

export interface ProjectState {
  readonly name: string;
  readonly kind: string;
  readonly types: readonly string[];
  readonly programmes: readonly string[];
  readonly leadVillage: string;
  readonly status: ProjectStatus;
  /** From when it has this status. */
  readonly since: LocalDate;
  /** The shares in force and from when; none while no scheme has begun. */
  readonly scheme: { readonly since: LocalDate; readonly shares: readonly Share[] } | null;
  readonly origin: Origin | null;
}

type ProjectChange =
  | { readonly proposed: Omit<ProjectState, 'status' | 'since' | 'scheme'> }
  | { readonly step: StepName }
  | { readonly shares: readonly Share[] };

interface StepFact {
  readonly division: string;
  readonly data: { readonly project: string };
}

const step =
  (name: StepName) =>
  ({ data, division }: StepFact) => [{ key: data.project, find: { village: division }, change: { step: name } }];

/** Projects by their lead village: what they are, how far they have come, and how they share. */
export const project = history<ProjectState, ProjectChange>({
  name: 'project',
  version: 1,
  find: ['village'],
  on: {
    ProjectProposed: ({ data }) => {
      const { project: key, villages: _, origin = null, ...said } = data;
      return [{ key, find: { village: said.leadVillage }, change: { proposed: { ...said, origin } } }];
    },
    ProjectApproved: step('approve'),
    ProjectStarted: step('start'),
    ProjectSuspended: step('suspend'),
    ProjectResumed: step('resume'),
    ProjectCompleted: step('complete'),
    ProjectClosed: step('close'),
    AllocationSchemeSet: ({ data, division }) => [
      { key: data.project, find: { village: division }, change: { shares: data.shares } },
    ],
  },
  evolve: (state, change, { effectiveOn: since }) => {
    if ('proposed' in change) return { ...change.proposed, status: 'proposed', since, scheme: null };
    if ('shares' in change) return state && { ...state, scheme: { since, shares: change.shares } };
    return state && { ...state, status: PROJECT_STEPS[change.step].to, since };
  },
});

export interface ParticipationState {
  readonly project: string;
  readonly village: string;
  readonly since: LocalDate;
}

type ParticipationChange = Omit<ParticipationState, 'since'> & { readonly joined: boolean };

const turn = (of: string, village: string, joined: boolean) => ({
  key: `${of}/${village}`,
  find: { project: of, village },
  change: { project: of, village, joined },
});

/** Which villages take part in which projects. */
export const participation = history<ParticipationState, ParticipationChange>({
  name: 'participation',
  version: 1,
  find: ['project', 'village'],
  on: {
    ProjectProposed: ({ data }) => data.villages.map((village) => turn(data.project, village, true)),
    VillageJoined: ({ data }) => [turn(data.project, data.village, true)],
    VillageLeft: ({ data }) => [turn(data.project, data.village, false)],
  },
  evolve: (_, { joined, ...of }, { effectiveOn: since }) => (joined ? { ...of, since } : undefined),
});
