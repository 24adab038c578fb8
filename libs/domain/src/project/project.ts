import type { LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import type { Share } from './allocation.js';
import { type Need, refuseStatus, type Step } from './statuses.js';
import { openOn, type Turns } from './turns.js';

export interface Scheme {
  readonly on: LocalDate;
  readonly shares: readonly Share[];
}

/** A project as its stream tells it. Folding mutates it; deciding never does. */
export interface Project {
  proposed?: { readonly id: string; readonly leadVillage: string };
  /** By day; those of one day in the order in which they were recorded. */
  steps: readonly Step[];
  /** Days on which each village joined and left, by turns. */
  readonly villages: Map<string, Turns>;
  /** By day; of one day the later recorded holds. */
  schemes: readonly Scheme[];
  /** How much each day holds that needs the project to be so, that no step takes the ground from under it. */
  readonly recordedOn: Readonly<Record<Need, Map<LocalDate, number>>>;
}

export type ProposedProject = Project & Required<Pick<Project, 'proposed'>>;

export const projectStream = (id: string): string => `project-${id}`;

export function emptyProject(): Project {
  return {
    steps: [],
    villages: new Map(),
    schemes: [],
    recordedOn: { active: new Map(), running: new Map(), begun: new Map(), open: new Map() },
  };
}

export function proposedProject(project: Project, id: string): ProposedProject {
  if (project.proposed === undefined) throw new Refusal('PROJECT_UNKNOWN', { project: id }, 'project');
  return project as ProposedProject;
}

/** The villages that take part at the end of a day, in the order in which they first joined. */
export function participantsOn(project: Project, day: LocalDate): string[] {
  return [...project.villages].filter(([, turns]) => openOn(turns, day)).map(([village]) => village);
}

/** The head of a fact: a project belongs to its lead village, and concerns the others that are named. */
export function headOf(project: ProposedProject, effectiveOn: LocalDate, villages: readonly string[] = []) {
  const { leadVillage } = project.proposed;
  const concerns = [...new Set(villages)].filter((village) => village !== leadVillage);
  return { version: 1, division: leadVillage, ...(concerns.length === 0 ? {} : { concerns }), effectiveOn } as const;
}

/** Refuses a record of a day on which the project was never as the record needs it. */
export function refuseDay(project: ProposedProject, day: LocalDate, need: Need, field = 'effectiveOn'): void {
  refuseStatus(project.proposed.id, project.steps, day, need, field);
}
