import type { LocalDate } from '../local-date.js';
import type { ProjectFact, VisitorCount } from './facts.js';
import { gainKey, note, type Project } from './project.js';

/** What projects record of people and figures; a record withdrawn leaves its number behind and nothing else. */
export function evolveRecords(project: Project, stated: ProjectFact, revision: number, on: LocalDate): void {
  const { records } = project;
  switch (stated.type) {
    case 'HouseholdEnrolled':
    case 'HouseholdWithdrawn': {
      const { household, village } = stated.data;
      const turns = [...(project.enrolments.get(household)?.turns ?? []), on];
      project.enrolments.set(household, { village, turns });
      note(project, stated.type === 'HouseholdEnrolled' ? 'active' : 'open', on);
      break;
    }
    case 'SaleRecorded':
      records.sale[stated.data.saleNo - 1] = { revision };
      project.turnoverFen += stated.data.amountFen;
      note(project, 'active', on);
      break;
    case 'SaleWithdrawn':
      records.sale[stated.data.saleNo - 1] = undefined;
      project.turnoverFen -= stated.data.amountFen;
      note(project, 'active', on, -1);
      break;
    case 'VisitorsCounted':
      records.count[stated.data.countNo - 1] = { revision };
      noteBoth(project, stated.data, 1);
      break;
    case 'VisitorCountWithdrawn':
      records.count[stated.data.countNo - 1] = undefined;
      noteBoth(project, stated.data, -1);
      break;
    case 'HouseholdGainRecorded':
      records.gain[stated.data.gainNo - 1] = { revision };
      project.gains.set(gainKey(stated.data), stated.data.gainNo);
      project.turnoverFen += stated.data.amountFen;
      note(project, 'begun', on);
      break;
    case 'HouseholdGainWithdrawn':
      records.gain[stated.data.gainNo - 1] = undefined;
      project.gains.delete(gainKey(stated.data));
      project.turnoverFen -= stated.data.amountFen;
      note(project, 'begun', on, -1);
      break;
    case 'JobRecorded':
    case 'JobEnded':
    case 'JobWithdrawn':
      evolveJob(project, stated, revision, on);
      break;
    default:
  }
}

type JobFact = Extract<ProjectFact, { type: 'JobRecorded' | 'JobEnded' | 'JobWithdrawn' }>;

function evolveJob(project: Project, { type, data }: JobFact, revision: number, on: LocalDate): void {
  const jobs = project.records.job;
  const { jobNo, worker, village } = data;
  const job = jobs[jobNo - 1];
  if (type === 'JobRecorded') {
    jobs[jobNo - 1] = { revision, worker, village, from: on };
    note(project, 'active', on);
  } else if (type === 'JobEnded' && job !== undefined) {
    jobs[jobNo - 1] = { ...job, endedOn: on };
    note(project, 'open', on);
  } else if (job !== undefined) {
    jobs[jobNo - 1] = undefined;
    note(project, 'active', on, -1);
    if (job.endedOn !== undefined) note(project, 'open', job.endedOn, -1);
  }
}

function noteBoth(project: Project, { from, to }: VisitorCount, more: 1 | -1): void {
  note(project, 'running', from, more);
  note(project, 'running', to, more);
}
