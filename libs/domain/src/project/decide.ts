import { refuseForeignOrigin, refuseFuture } from '../rules.js';
import { closeProject } from './close.js';
import {
  CloseProject,
  JoinVillage,
  LeaveVillage,
  type LifeCycleCommand,
  type ParticipationCommand,
  ProposeProject,
  SetAllocationScheme,
  SuspendProject,
} from './commands.js';
import { enrolHousehold, withdrawHousehold } from './enrolments.js';
import type { ProjectFact } from './facts.js';
import { endJob, recordJob } from './jobs.js';
import { changeStatus, proposeProject, suspendProject } from './life-cycle.js';
import { type Project, type ProposedProject, proposedProject } from './project.js';
import {
  CountVisitors,
  EndJob,
  EnrolHousehold,
  type RecordCommand,
  RecordGain,
  RecordJob,
  RecordSale,
  RecordWithdrawal,
  WithdrawHousehold,
} from './record-commands.js';
import type { ProjectSetting } from './setting.js';
import { reallocateUnder } from './settlement.js';
import type { IncomeReallocated } from './settlement-facts.js';
import { countVisitors, recordGain, recordSale } from './statistics.js';
import { refuseBeyondVillages } from './in-sight.js';
import { joinVillage, leaveVillage, setAllocationScheme } from './villages.js';
import { withdrawRecord } from './withdrawals.js';

export type ProjectCommand = ProposeProject | LifeCycleCommand | ParticipationCommand | RecordCommand;

/** Turns a request into the facts of a project, or refuses it. Reads no clock and no store. */
export function decideProject(
  command: ProjectCommand,
  state: Project,
  beside: ProjectSetting,
): (ProjectFact | IncomeReallocated)[] {
  refuseForeignOrigin(command.origin, beside.demo);
  if ('effectiveOn' in command) refuseFuture(command.effectiveOn, beside.today, 'effectiveOn');
  if (command instanceof ProposeProject) return [proposeProject(command, beside)];
  const project = proposedProject(state, beside.id);
  refuseBeyondVillages(command, project, beside);
  if (command instanceof JoinVillage) return [joinVillage(command, project, beside)];
  if (command instanceof LeaveVillage) return [leaveVillage(command, project, beside)];
  if (command instanceof SetAllocationScheme) {
    const set = setAllocationScheme(command, project, beside);
    return [set, ...reallocateUnder({ on: set.effectiveOn, shares: set.data.shares }, project)];
  }
  return recordsOf(command, project, beside);
}

function recordsOf(
  command: LifeCycleCommand | RecordCommand,
  project: ProposedProject,
  beside: ProjectSetting,
): ProjectFact[] {
  if (command instanceof EnrolHousehold) return enrolHousehold(command, project, beside);
  if (command instanceof WithdrawHousehold) return [withdrawHousehold(command, project)];
  if (command instanceof RecordSale) return [recordSale(command, project)];
  if (command instanceof CountVisitors) return [countVisitors(command, project, beside)];
  if (command instanceof RecordJob) return recordJob(command, project, beside);
  if (command instanceof EndJob) return [endJob(command, project)];
  if (command instanceof RecordGain) return [recordGain(command, project, beside)];
  if (command instanceof RecordWithdrawal) return [withdrawRecord(command, project, beside)];
  if (command instanceof CloseProject) return closeProject(command, project);
  if (command instanceof SuspendProject) return suspendProject(command, project, beside);
  return [changeStatus(command, project)];
}
