import type { LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import type { Share } from './allocation.js';
import type { Gain } from './facts.js';
import type { Allocations } from './settled.js';
import { type Need, refuseStatus, type Step } from './statuses.js';
import { openOn, type Turns } from './turns.js';

export interface Scheme {
  readonly on: LocalDate;
  readonly shares: readonly Share[];
}

/** Where a record stands in the stream. */
export interface Recorded {
  readonly revision: number;
}

export interface WorkedJob {
  readonly worker: string;
  readonly village: string;
  readonly from: LocalDate;
  readonly endedOn?: LocalDate;
}

/** What is numbered, and can be taken back: `records.sale[n - 1]` is sale n, nothing where it was withdrawn. */
export interface Records {
  readonly sale: (Recorded | undefined)[];
  readonly count: (Recorded | undefined)[];
  readonly job: ((Recorded & WorkedJob) | undefined)[];
  readonly gain: (Recorded | undefined)[];
}

export type RecordKind = keyof Records;

/** A project as its stream tells it. Folding mutates it; deciding never does. */
export interface Project {
  proposed?: { readonly id: string; readonly leadVillage: string };
  /** By day; those of one day in the order in which they were recorded. */
  steps: readonly Step[];
  /** Days on which each village joined and left, by turns. */
  readonly villages: Map<string, Turns>;
  /** By day; of one day the later recorded holds. */
  schemes: readonly Scheme[];
  /** Days on which each household enrolled and withdrew, by turns. */
  readonly enrolments: Map<string, { readonly village: string; readonly turns: Turns }>;
  readonly records: Records;
  /** By year and of whom, the number of the gain. */
  readonly gains: Map<string, number>;
  /** All that was sold and gained, so that no sum of the project can leave the exact integers. */
  turnoverFen: number;
  /** What was shared out of the project's income, in the order of recording. */
  readonly allocations: Allocations;
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
    enrolments: new Map(),
    records: { sale: [], count: [], job: [], gain: [] },
    gains: new Map(),
    turnoverFen: 0,
    allocations: [],
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

/** The day on which it was closed. */
export function closeOf(project: Project): LocalDate | undefined {
  return project.steps.find(({ step }) => step === 'close')?.on;
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

/** The record of a number, or a refusal where there is none or it was withdrawn. */
export function existingRecord<K extends RecordKind>(
  { proposed: { id }, records }: ProposedProject,
  record: K,
  no: number,
  field: string,
): NonNullable<Records[K][number]> {
  if (no > records[record].length) throw new Refusal('RECORD_UNKNOWN', { project: id, record, no }, field);
  const found = records[record][no - 1];
  if (found === undefined) throw new Refusal('RECORD_WITHDRAWN', { project: id, record, no }, field);
  return found;
}

/** A gain is told once for a year and a household, or for a year and a population. */
export function gainKey({
  year,
  household,
  village,
  population,
}: Pick<Gain, 'year' | 'household' | 'village' | 'population'>): string {
  return household === undefined ? `${year}\n${population.of}\n${village ?? ''}` : `${year}\n${household}`;
}

/** Remembers that a day holds one more, or one less, that needs the project to be so. */
export function note(project: Project, need: Need, on: LocalDate, more: 1 | -1 = 1): void {
  const days = project.recordedOn[need];
  const now = (days.get(on) ?? 0) + more;
  if (now === 0) days.delete(on);
  else days.set(on, now);
}
