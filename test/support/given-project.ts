import { expect } from '@jest/globals';
import {
  ApproveProject,
  CloseProject,
  CompleteProject,
  decideDivision,
  decideProject,
  type DivisionTree,
  emptyDivisionTree,
  emptyProject,
  evolveDivisionTree,
  evolveProject,
  JoinVillage,
  LeaveVillage,
  type Project,
  type ProjectCommand,
  type ProjectFact,
  type ProjectSetting,
  projectStream,
  ProposeProject,
  type RefusalCode,
  type RefusalFacts,
  RegisterDivision,
  ResumeProject,
  SetAllocationScheme,
  StartProject,
  SuspendProject,
} from '@ledger/domain';
import { factOf, refuses } from './given-ledger-year.js';

/** The project and the villages of these tests; the newest is registered late. */
export const PROJECT = 'project-1';
export const LEAD = '330603008201';
export const PARTNER = '330603008202';
export const THIRD = '330603008203';
export const NEWEST = '330603008204';

export const settingOf = (said: Partial<ProjectSetting> = {}): ProjectSetting => ({
  today: '2024-12-31',
  demo: false,
  id: PROJECT,
  divisions: new Map([['330603', keqiao()]]),
  ...said,
});

/** Records the commands one after the other and gives all facts. */
export function recorded(commands: readonly ProjectCommand[], said: Partial<ProjectSetting> = {}): ProjectFact[] {
  return commands.reduce<ProjectFact[]>((facts, command) => [...facts, ...decideAfter(facts, command, said)], []);
}

export function projectOf(facts: readonly ProjectFact[]): Project {
  return facts.map((fact, i) => factOf(fact, projectStream(PROJECT), i)).reduce(evolveProject, emptyProject());
}

export function decideAfter(
  facts: readonly ProjectFact[],
  command: ProjectCommand,
  said: Partial<ProjectSetting> = {},
): ProjectFact[] {
  return decideProject(command, projectOf(facts), settingOf(said));
}

/** The case of a test: these commands were recorded, this is asked, that is recorded or refused. */
export function given(...commands: readonly ProjectCommand[]) {
  return {
    when(command: ProjectCommand, said: Partial<ProjectSetting> = {}) {
      const decide = () => decideAfter(recorded(commands), command, said);
      return {
        records: (...expected: readonly object[]) => expect(decide()).toStrictEqual(expected),
        recordsData: (...expected: readonly object[]) =>
          expect(decide().map(({ data }) => data)).toStrictEqual(expected),
        refuses: <C extends RefusalCode>(code: C, facts: RefusalFacts<C>, field?: string) =>
          refuses(decide, code, facts, field),
      };
    },
  };
}

export const propose = (effectiveOn: string, said: Partial<ProposeProject> = {}) =>
  ask(ProposeProject, {
    name: '一桌土菜',
    kind: 'VEGETABLE_BRAND',
    leadVillage: LEAD,
    villages: [PARTNER],
    effectiveOn,
    ...said,
  });
export const approve = step(ApproveProject);
export const start = step(StartProject);
export const suspend = step(SuspendProject, { reason: '汛期停业' });
export const resume = step(ResumeProject);
export const complete = step(CompleteProject);
export const close = step(CloseProject);
export const join = (village: string, effectiveOn: string) => of(JoinVillage, { village, effectiveOn });
export const leave = (village: string, effectiveOn: string, reason?: string) =>
  of(LeaveVillage, { village, effectiveOn, ...(reason === undefined ? {} : { reason }) });
export const scheme = (effectiveOn: string, shares: Readonly<Record<string, number>>) =>
  of(SetAllocationScheme, {
    effectiveOn,
    shares: Object.entries(shares).map(([village, basisPoints]) => ({ village, basisPoints })),
  });

/** Proposed, approved and started. */
export const started = (on: string) => [propose(on), approve(on), start(on)];

export function ask<C extends ProjectCommand>(type: new () => C, fields: Partial<C>): C {
  return Object.assign(new type(), fields);
}

export function of<C extends ProjectCommand & { project: string }>(type: new () => C, fields: Partial<C>): C {
  return ask(type, { project: PROJECT, ...fields });
}

function step<C extends ProjectCommand & { project: string }>(type: new () => C, usual: Partial<C> = {}) {
  return (effectiveOn: string, said: Partial<C> = {}): C => of(type, { effectiveOn, ...usual, ...said });
}

function keqiao(): DivisionTree {
  const registered: [string, string][] = [
    ['330603', '2020-01-01'],
    ['330603008', '2020-01-01'],
    [LEAD, '2020-01-01'],
    [PARTNER, '2020-01-01'],
    [THIRD, '2020-01-01'],
    [NEWEST, '2024-06-01'],
  ];
  return registered.reduce((tree, [code, effectiveOn]) => {
    const command = Object.assign(new RegisterDivision(), { code, name: '示例', effectiveOn });
    return decideDivision(command, tree, { today: '2024-12-31', demo: false })
      .map((fact) => factOf(fact, 'divisions-330603', 0))
      .reduce(evolveDivisionTree, tree);
  }, emptyDivisionTree());
}
