import { Refusal } from '../refusal.js';
import { originOf } from '../rules.js';
import type { CloseProject } from './commands.js';
import { PROJECT_CLOSE, withdrawn } from './enrolments.js';
import type { HouseholdWithdrawn, JobEnded, ProjectFact } from './facts.js';
import { jobEnded } from './jobs.js';
import { changeStatus } from './life-cycle.js';
import type { ProposedProject } from './project.js';
import { isOpen } from './turns.js';

/** So many, and the close itself, fit into one append. */
const MAX_ENDINGS = 499;

/** With a project end what still goes on in it: a closed project enrols nobody and employs nobody. */
export function closeProject(command: CloseProject, project: ProposedProject): ProjectFact[] {
  const closed = changeStatus(command, project);
  const on = command.effectiveOn;
  const origin = originOf(command);
  const reason = command.reason ?? PROJECT_CLOSE;
  const left = [...project.enrolments].flatMap(([household, { village, turns }]): HouseholdWithdrawn[] => {
    return isOpen(turns) ? [withdrawn(project, { household, village }, on, reason, origin)] : [];
  });
  const ended = project.records.job.flatMap((job, i): JobEnded[] =>
    job === undefined || job.endedOn !== undefined ? [] : [jobEnded(project, i + 1, job, on, origin)],
  );
  const open = left.length + ended.length;
  if (open > MAX_ENDINGS) {
    const facts = { project: project.proposed.id, enrolments: left.length, jobs: ended.length, limit: MAX_ENDINGS };
    throw new Refusal('PROJECT_TOO_MANY_OPEN', facts, 'project');
  }
  return [...left, ...ended, closed];
}
