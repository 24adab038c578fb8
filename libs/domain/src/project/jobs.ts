import { refuseBeyond } from '../access/sight.js';
import type { Origin } from '../command.js';
import type { LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf, refuseFuture, refusePersonalData } from '../rules.js';
import { jobKinds, validCategory } from './categories.js';
import type { JobEnded, JobRecorded } from './facts.js';
import { closeOf, existingRecord, headOf, type ProposedProject, refuseDay, type WorkedJob } from './project.js';
import type { EndJob, RecordJob } from './record-commands.js';
import { type ProjectSetting, villageNamed } from './setting.js';
import { refuseEarlyEnd, refuseInactive } from './statuses.js';

/** A job from a day on, and its end where that is known already or came with the project's. */
export function recordJob(
  command: RecordJob,
  project: ProposedProject,
  beside: ProjectSetting,
): (JobRecorded | JobEnded)[] {
  const { worker, household, effectiveOn: from } = command;
  const endedOn = command.endedOn ?? closeOf(project);
  refusePersonalData({ worker });
  const { id, leadVillage } = project.proposed;
  const kind = validCategory(jobKinds, command.kind, 'kind');
  refuseInactive(id, project.steps, from, 'effectiveOn');
  const village = villageNamed(command, beside) ?? leadVillage;
  if (endedOn !== undefined) {
    refuseFuture(endedOn, beside.today, 'endedOn');
    refuseEarlyEnd(from, endedOn, 'endedOn');
    refuseDay(project, endedOn, 'open', 'endedOn');
  }
  const job = { worker, village, from, ...(endedOn === undefined ? {} : { endedOn }) };
  refuseOverlap(job, project, beside);
  const jobNo = project.records.job.length + 1;
  const said = { project: id, jobNo, worker, ...(household === undefined ? {} : { household }), village, kind };
  const head = headOf(project, from, [village]);
  const recorded: JobRecorded = { type: 'JobRecorded', ...head, data: { ...said, ...originOf(command) } };
  return endedOn === undefined ? [recorded] : [recorded, jobEnded(project, jobNo, job, endedOn, originOf(command))];
}

/** A job is over from a day on. */
export function endJob(command: EndJob, project: ProposedProject): JobEnded {
  const { no: jobNo, effectiveOn } = command;
  const job = existingRecord(project, 'job', jobNo, 'no');
  if (job.endedOn !== undefined) {
    throw new Refusal('JOB_ENDED', { project: project.proposed.id, jobNo, endedOn: job.endedOn }, 'no');
  }
  refuseEarlyEnd(job.from, effectiveOn, 'effectiveOn');
  return jobEnded(project, jobNo, job, effectiveOn, originOf(command));
}

export function jobEnded(
  project: ProposedProject,
  jobNo: number,
  { worker, village }: WorkedJob,
  on: LocalDate,
  origin: { origin?: Origin },
): JobEnded {
  const data = { project: project.proposed.id, jobNo, worker, village, ...origin };
  return { type: 'JobEnded', ...headOf(project, on, [village]), data };
}

/** Nobody has two jobs of one project at the same time. */
function refuseOverlap(job: WorkedJob, project: ProposedProject, { sight }: ProjectSetting): void {
  for (const [i, other] of project.records.job.entries()) {
    if (other?.worker !== job.worker || !overlap(job, other)) continue;
    // That another village has the worker cannot be kept back without counting him twice; whose and when is.
    refuseBeyond(sight, other.village, 'allVillages', 'worker');
    const { from, endedOn } = other;
    const facts = {
      worker: job.worker,
      on: job.from,
      jobNo: i + 1,
      from,
      ...(endedOn === undefined ? {} : { endedOn }),
    };
    throw new Refusal('JOB_OVERLAP', facts, 'worker');
  }
}

function overlap(a: WorkedJob, b: WorkedJob): boolean {
  return a.from < (b.endedOn ?? FOR_EVER) && b.from < (a.endedOn ?? FOR_EVER);
}

/** Sorts after every day. */
const FOR_EVER: LocalDate = '9999-12-32';
