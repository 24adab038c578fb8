import {
  ApproveProject,
  CloseProject,
  CompleteProject,
  CountVisitors,
  decideProject,
  divisionCode,
  divisionStream,
  type DivisionTree,
  districtOf,
  EndJob,
  EnrolHousehold,
  emptyProject,
  evolveProject,
  householdStream,
  JoinVillage,
  LeaveVillage,
  type Organization,
  organizationStream,
  type Project,
  type ProjectCommand,
  type ProjectSetting,
  projectStream,
  ProposeProject,
  RecordGain,
  RecordJob,
  recordKindOf,
  RecordSale,
  RecordWithdrawal,
  ResumeProject,
  SetAllocationScheme,
  StartProject,
  SuspendProject,
  uuidV8,
  WithdrawGain,
  WithdrawHousehold,
  WithdrawJob,
  WithdrawSale,
  WithdrawVisitorCount,
} from '@ledger/domain';
import { type Aggregate, type Look, planned } from './aggregate.js';
import { households } from './household-aggregate.js';
import { divisionTrees, organizations } from './register-aggregates.js';

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
    RecordSale,
    CountVisitors,
    EnrolHousehold,
    WithdrawHousehold,
    RecordJob,
    EndJob,
    RecordGain,
    WithdrawSale,
    WithdrawVisitorCount,
    WithdrawJob,
    WithdrawGain,
  ],
  turn: projectIdOf,
  async plan(command, look) {
    const id = projectIdOf(command);
    const beside: ProjectSetting = { ...look, id, ...(await besidesOf(command, look)) };
    return planned({
      stream: projectStream(id),
      kind: projects,
      decide: (project) => decideProject(command, project, beside),
    });
  },
};

async function besidesOf(
  command: ProjectCommand,
  look: Look,
): Promise<Pick<ProjectSetting, 'divisions' | 'household' | 'organizations' | 'original'>> {
  const divisions = await treesOf(villagesIn(command), look);
  if (command instanceof SetAllocationScheme) {
    const named = command.shares.map(({ organization }) => organization);
    return { divisions, organizations: await organizationsNamed(named, look) };
  }
  if (command instanceof RecordWithdrawal) return { divisions, ...(await originalOf(command, look)) };
  const named =
    command instanceof EnrolHousehold || command instanceof RecordJob || command instanceof RecordGain
      ? command.household
      : undefined;
  if (named === undefined) return { divisions };
  return { divisions, household: (await look.fold(households, householdStream(named))).state };
}

/** The legal persons behind credit codes; what is no such code is left to the decision to refuse. */
export async function organizationsNamed(
  creditCodes: readonly (string | undefined)[],
  look: Look,
): Promise<ReadonlyMap<string, Organization>> {
  const found = new Map<string, Organization>();
  for (const creditCode of creditCodes) {
    if (creditCode === undefined || found.has(creditCode)) continue;
    found.set(creditCode, (await look.fold(organizations, organizationStream(creditCode))).state);
  }
  return found;
}

function villagesIn(command: ProjectCommand): string[] {
  if (command instanceof ProposeProject) return [command.leadVillage, ...(command.villages ?? [])];
  if (command instanceof SetAllocationScheme) return command.shares.map(({ village }) => village);
  return 'village' in command && command.village !== undefined ? [command.village] : [];
}

/** The trees of all districts that the villages lie in; what is no division code is left to the decision to refuse. */
export async function treesOf(villages: readonly string[], look: Look): Promise<ReadonlyMap<string, DivisionTree>> {
  const codes = villages.flatMap((village) => divisionCode(village) ?? []);
  const trees = new Map<string, DivisionTree>();
  for (const code of codes) {
    const district = districtOf(code);
    if (!trees.has(district)) trees.set(district, (await look.fold(divisionTrees, divisionStream(code))).state);
  }
  return trees;
}

async function originalOf(command: RecordWithdrawal, look: Look): Promise<Pick<ProjectSetting, 'original'>> {
  const stream = projectStream(command.project);
  const project: Project = (await look.fold(projects, stream)).state;
  const record = project.records[recordKindOf(command)][command.no - 1];
  if (record === undefined) return {};
  const [recorded] = await look.facts(stream, record.revision, 1);
  return recorded === undefined ? {} : { original: look.read(recorded) };
}

function projectIdOf(command: ProjectCommand): string {
  return command instanceof ProposeProject ? uuidV8(`project\n${command.context.commandId}`) : command.project;
}
