import { refuseForeignOrigin, refuseFuture } from '../rules.js';
import { JoinVillage, LeaveVillage, type ProjectCommand, ProposeProject, SetAllocationScheme } from './commands.js';
import type { ProjectFact } from './facts.js';
import { changeStatus, proposeProject } from './life-cycle.js';
import { type Project, proposedProject } from './project.js';
import type { ProjectSetting } from './setting.js';
import { joinVillage, leaveVillage, setAllocationScheme } from './villages.js';

/** Turns a request into the facts of a project, or refuses it. Reads no clock and no store. */
export function decideProject(command: ProjectCommand, state: Project, beside: ProjectSetting): ProjectFact[] {
  refuseForeignOrigin(command.origin, beside.demo);
  refuseFuture(command.effectiveOn, beside.today, 'effectiveOn');
  if (command instanceof ProposeProject) return [proposeProject(command, beside)];
  const project = proposedProject(state, beside.id);
  if (command instanceof JoinVillage) return [joinVillage(command, project, beside)];
  if (command instanceof LeaveVillage) return [leaveVillage(command, project, beside)];
  if (command instanceof SetAllocationScheme) return [setAllocationScheme(command, project, beside)];
  return [changeStatus(command, project)];
}
