import {
  ApproveProject,
  CloseProject,
  CompleteProject,
  decideProject,
  divisionCode,
  divisionStream,
  type DivisionTree,
  districtOf,
  emptyProject,
  evolveProject,
  JoinVillage,
  LeaveVillage,
  type ProjectCommand,
  projectStream,
  ProposeProject,
  ResumeProject,
  SetAllocationScheme,
  StartProject,
  SuspendProject,
  uuidV8,
} from '@ledger/domain';
import { type Aggregate, type Look, planned } from './aggregate.js';
import { divisionTrees } from './register-aggregates.js';

export const projects = { empty: emptyProject, evolve: evolveProject };

export const projectAggregate: Aggregate<ProjectCommand> = {
  commands: [
    ProposeProject,
    ApproveProject,
    StartProject,
    SuspendProject,
    ResumeProject,
    CompleteProject,
    CloseProject,
    JoinVillage,
    LeaveVillage,
    SetAllocationScheme,
  ],
  turn: projectIdOf,
  async plan(command, look) {
    const id = projectIdOf(command);
    const divisions = await treesOf(villagesIn(command), look);
    return planned({
      stream: projectStream(id),
      kind: projects,
      decide: (project) => decideProject(command, project, { ...look, id, divisions }),
    });
  },
};

function villagesIn(command: ProjectCommand): string[] {
  if (command instanceof ProposeProject) return [command.leadVillage, ...(command.villages ?? [])];
  if (command instanceof SetAllocationScheme) return command.shares.map(({ village }) => village);
  return command instanceof JoinVillage || command instanceof LeaveVillage ? [command.village] : [];
}

/** The trees of all districts that the villages lie in; what is no division code is left to the decision to refuse. */
async function treesOf(villages: readonly string[], look: Look): Promise<ReadonlyMap<string, DivisionTree>> {
  const codes = villages.flatMap((village) => divisionCode(village) ?? []);
  const trees = new Map<string, DivisionTree>();
  for (const code of codes) {
    const district = districtOf(code);
    if (!trees.has(district)) trees.set(district, (await look.fold(divisionTrees, divisionStream(code))).state);
  }
  return trees;
}

function projectIdOf(command: ProjectCommand): string {
  return command instanceof ProposeProject ? uuidV8(`project\n${command.context.commandId}`) : command.project;
}
