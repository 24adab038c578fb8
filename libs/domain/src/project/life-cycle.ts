import type { LocalDate } from '../local-date.js';
import { originOf, refuseFuture, refusePersonalData } from '../rules.js';
import { programmes, projectKinds, projectTypes, validCategory } from './categories.js';
import {
  ApproveProject,
  CloseProject,
  CompleteProject,
  type LifeCycleCommand,
  type ProposeProject,
  ResumeProject,
  StartProject,
  SuspendProject,
} from './commands.js';
import type { LifeCycleFact, ProjectProposed } from './facts.js';
import { headOf, participantsOn, type ProposedProject } from './project.js';
import { type ProjectSetting, refuseUnknownParticipant } from './setting.js';
import { refuseEarlyEnd, refuseStep, type StepName } from './statuses.js';

export function proposeProject(command: ProposeProject, beside: ProjectSetting): ProjectProposed {
  const { name, effectiveOn } = command;
  refusePersonalData({ name });
  const kind = validCategory(projectKinds, command.kind, 'kind');
  const types = (command.types ?? []).map((type, i) => validCategory(projectTypes, type, `types.${i}`));
  const tags = (command.programmes ?? []).map((tag, i) => validCategory(programmes, tag, `programmes.${i}`));
  const leadVillage = refuseUnknownParticipant(command.leadVillage, effectiveOn, 'leadVillage', beside);
  const others = (command.villages ?? []).map((village, i) =>
    refuseUnknownParticipant(village, effectiveOn, `villages.${i}`, beside),
  );
  const villages = [...new Set([leadVillage, ...others])];
  const said = { project: beside.id, name, kind, types, programmes: tags, leadVillage, villages };
  return {
    type: 'ProjectProposed',
    version: 1,
    division: leadVillage,
    ...(villages.length === 1 ? {} : { concerns: villages.slice(1) }),
    effectiveOn,
    data: { ...said, ...originOf(command) },
  };
}

/** One step of the life cycle; every village that takes part on the day is told. */
export function changeStatus(command: LifeCycleCommand, project: ProposedProject): LifeCycleFact {
  const on = command.effectiveOn;
  refuseStep(project.proposed.id, project.steps, { on, step: stepOf(command) }, project.recordedOn);
  return factOf(command, project, on);
}

/** A suspension, and its end where that is known already. */
export function suspendProject(
  command: SuspendProject,
  project: ProposedProject,
  beside: ProjectSetting,
): LifeCycleFact[] {
  const { effectiveOn: on, resumedOn } = command;
  if (resumedOn === undefined) return [changeStatus(command, project)];
  refuseFuture(resumedOn, beside.today, 'resumedOn');
  refuseEarlyEnd(on, resumedOn, 'resumedOn');
  const { id } = project.proposed;
  refuseStep(id, project.steps, { on, step: 'suspend' }, project.recordedOn, { on: resumedOn, step: 'resume' });
  const head = headOf(project, resumedOn, participantsOn(project, resumedOn));
  const data = { project: id, ...originOf(command) };
  return [factOf(command, project, on), { type: 'ProjectResumed', ...head, data }];
}

export function stepOf(command: LifeCycleCommand): StepName {
  if (command instanceof ApproveProject) return 'approve';
  if (command instanceof StartProject) return 'start';
  if (command instanceof SuspendProject) return 'suspend';
  if (command instanceof ResumeProject) return 'resume';
  return command instanceof CompleteProject ? 'complete' : 'close';
}

function factOf(command: LifeCycleCommand, project: ProposedProject, on: LocalDate): LifeCycleFact {
  const head = headOf(project, on, participantsOn(project, on));
  const of = { project: project.proposed.id };
  const origin = originOf(command);
  if (command instanceof ApproveProject) {
    const { resolution } = command;
    refusePersonalData({ resolution });
    const data = { ...of, ...(resolution === undefined ? {} : { resolution }), ...origin };
    return { type: 'ProjectApproved', ...head, data };
  }
  if (command instanceof SuspendProject) {
    refusePersonalData({ reason: command.reason });
    return { type: 'ProjectSuspended', ...head, data: { ...of, reason: command.reason, ...origin } };
  }
  if (command instanceof CloseProject) {
    const { reason } = command;
    refusePersonalData({ reason });
    return { type: 'ProjectClosed', ...head, data: { ...of, ...(reason === undefined ? {} : { reason }), ...origin } };
  }
  const data = { ...of, ...origin };
  if (command instanceof StartProject) return { type: 'ProjectStarted', ...head, data };
  if (command instanceof ResumeProject) return { type: 'ProjectResumed', ...head, data };
  return { type: 'ProjectCompleted', ...head, data };
}
