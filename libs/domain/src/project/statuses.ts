import type { LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';

export type ProjectStatus = 'proposed' | 'approved' | 'active' | 'suspended' | 'completed' | 'closed';
export type StepName = 'propose' | 'approve' | 'start' | 'suspend' | 'resume' | 'complete' | 'close';

/** A change of status from a day on. */
export interface Step {
  readonly on: LocalDate;
  readonly step: StepName;
}

/** From which statuses each step leads to which. What was never begun can be closed: it was given up. */
export const PROJECT_STEPS: Readonly<
  Record<StepName, { readonly from: readonly ProjectStatus[]; readonly to: ProjectStatus }>
> = {
  propose: { from: [], to: 'proposed' },
  approve: { from: ['proposed'], to: 'approved' },
  start: { from: ['approved'], to: 'active' },
  suspend: { from: ['active'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'active' },
  complete: { from: ['active', 'suspended'], to: 'completed' },
  close: { from: ['proposed', 'approved', 'completed'], to: 'closed' },
};

/** What a record needs of the project on its day: that it was at work, had begun, was not over, was not closed. */
const NEEDS = {
  active: ['active'],
  running: ['active', 'suspended'],
  begun: ['active', 'suspended', 'completed'],
  open: ['proposed', 'approved', 'active', 'suspended', 'completed'],
} as const satisfies Readonly<Record<string, readonly ProjectStatus[]>>;

export type Need = keyof typeof NEEDS;

/** The status at the end of a day and since when, `undefined` before the project was proposed. */
export function statusOn(
  steps: readonly Step[],
  day: LocalDate,
): { readonly status: ProjectStatus; readonly since: LocalDate } | undefined {
  const last = steps.findLast(({ on }) => on <= day);
  return last === undefined ? undefined : { status: PROJECT_STEPS[last.step].to, since: last.on };
}

/**
 * Refuses a step that does not follow from the status of its day, or that would leave a later step or record without
 * what it rests on. `recordedOn` are the days of those records; `next` is a step that is known to follow at once.
 */
export function refuseStep(
  project: string,
  steps: readonly Step[],
  { on, step }: Step,
  recordedOn: Readonly<Record<Need, ReadonlyMap<LocalDate, number>>>,
  next?: Step,
): void {
  const now = statusOn(steps, on);
  if (now === undefined || !PROJECT_STEPS[step].from.includes(now.status)) {
    throw new Refusal(
      'PROJECT_SEQUENCE',
      { project, step, on, from: [...PROJECT_STEPS[step].from], ...now },
      'effectiveOn',
    );
  }
  const added = insertedByDay(steps, { on, step });
  const after = next === undefined ? added : insertedByDay(added, next);
  const broken = [...brokenSteps(after, on), ...brokenRecords(after, on, recordedOn)].toSorted().at(0);
  if (broken !== undefined) {
    throw new Refusal('PROJECT_STEP_BEFORE_RECORD', { project, step, on, recordedOn: broken }, 'effectiveOn');
  }
}

/**
 * Refuses a record of a day on which the project was at no time as the record needs it: what is sold on the morning of
 * the day on which a stall closes may be typed in after the close.
 */
export function refuseStatus(project: string, steps: readonly Step[], day: LocalDate, need: Need, field: string): void {
  if (!wasOn(steps, day, need)) throw unfit(project, statusOn(steps, day), day, need, field);
}

/** Refuses what lasts from a day on where the project does not go on from that day. */
export function refuseInactive(project: string, steps: readonly Step[], day: LocalDate, field: string): void {
  const now = statusOn(steps, day);
  if (now?.status !== 'active') throw unfit(project, now, day, 'active', field);
}

function unfit(project: string, now: ReturnType<typeof statusOn>, on: LocalDate, need: Need, field: string): Refusal {
  if (now?.status === 'closed') return new Refusal('PROJECT_CLOSED', { project, on, closedOn: now.since }, field);
  return new Refusal('PROJECT_NOT_ACTIVE', { project, on, needs: [...NEEDS[need]], ...now }, field);
}

export function refuseEarlyEnd(from: LocalDate, to: LocalDate, field: string): void {
  if (to < from) throw new Refusal('END_BEFORE_START', { from, to }, field);
}

/** A copy with one more, after those of its day: what is recorded later follows what was recorded before. */
export function insertedByDay<T extends { readonly on: LocalDate }>(dated: readonly T[], more: T): T[] {
  return dated.toSpliced(dated.findLastIndex(({ on }) => on <= more.on) + 1, 0, more);
}

function wasOn(steps: readonly Step[], day: LocalDate, need: Need): boolean {
  const before = steps.findLastIndex(({ on }) => on < day);
  const allowed: readonly ProjectStatus[] = NEEDS[need];
  return steps.slice(Math.max(before, 0)).some(({ on, step }) => on <= day && allowed.includes(PROJECT_STEPS[step].to));
}

function brokenSteps(steps: readonly Step[], after: LocalDate): LocalDate[] {
  return steps.flatMap(({ on, step }, i) => {
    const before = steps[i - 1];
    return on <= after || before === undefined || PROJECT_STEPS[step].from.includes(PROJECT_STEPS[before.step].to)
      ? []
      : [on];
  });
}

function brokenRecords(
  steps: readonly Step[],
  after: LocalDate,
  recordedOn: Readonly<Record<Need, ReadonlyMap<LocalDate, number>>>,
): LocalDate[] {
  return (Object.keys(NEEDS) as Need[]).flatMap((need) =>
    [...recordedOn[need].keys()].filter((day) => day > after && !wasOn(steps, day, need)),
  );
}
