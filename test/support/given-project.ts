import { expect } from '@jest/globals';
import {
  ApproveProject,
  CloseProject,
  CompleteProject,
  CountVisitors,
  decideDivision,
  decideProject,
  type DivisionTree,
  emptyDivisionTree,
  emptyHousehold,
  emptyProject,
  EndJob,
  EnrolHousehold,
  evolveDivisionTree,
  evolveHousehold,
  evolveProject,
  type Household,
  type HouseholdFact,
  JoinVillage,
  LeaveVillage,
  type Project,
  type ProjectCommand,
  type ProjectSetting,
  projectStream,
  ProposeProject,
  type RefusalCode,
  type RefusalFacts,
  RecordGain,
  RecordJob,
  recordKindOf,
  RecordSale,
  RecordWithdrawal,
  RegisterDivision,
  ResumeProject,
  SetAllocationScheme,
  StartProject,
  SuspendProject,
  WithdrawGain,
  WithdrawHousehold,
  WithdrawJob,
  WithdrawSale,
  WithdrawVisitorCount,
} from '@ledger/domain';
import { factOf, refuses } from './given-ledger-year.js';

/** What the decider of a project records. */
export type AnyFact = ReturnType<typeof decideProject>[number];

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
export function recorded(commands: readonly ProjectCommand[], said: Partial<ProjectSetting> = {}): AnyFact[] {
  return commands.reduce<AnyFact[]>((facts, command) => [...facts, ...decideAfter(facts, command, said)], []);
}

export function projectOf(facts: readonly AnyFact[]): Project {
  return facts.map((fact, i) => factOf(fact, projectStream(PROJECT), i)).reduce(evolveProject, emptyProject());
}

export function decideAfter(
  facts: readonly AnyFact[],
  command: ProjectCommand,
  said: Partial<ProjectSetting> = {},
): AnyFact[] {
  const project = projectOf(facts);
  const beside = { ...householdBeside(command), ...originalBeside(facts, project, command), ...said };
  return decideProject(command, project, settingOf(beside));
}

/** Every household of these tests is of the partner village, and is there from 2024-02-01 to 2024-11-15. */
function householdBeside(command: ProjectCommand): Pick<ProjectSetting, 'household'> {
  if (!('household' in command) || command.household === undefined) return {};
  if (!command.household.startsWith('household-')) return { household: emptyHousehold() };
  const stream = command.household;
  const facts: HouseholdFact[] = [
    {
      type: 'HouseholdRegistered',
      version: 1,
      division: PARTNER,
      effectiveOn: '2024-02-01',
      data: { household: stream, village: PARTNER },
    },
    {
      type: 'HouseholdDissolved',
      version: 1,
      division: PARTNER,
      effectiveOn: '2024-11-15',
      data: { household: stream, reason: '迁出' },
    },
  ];
  return {
    household: facts.map((fact, i) => factOf(fact, stream, i)).reduce<Household>(evolveHousehold, emptyHousehold()),
  };
}

function originalBeside(
  facts: readonly AnyFact[],
  project: Project,
  command: ProjectCommand,
): Pick<ProjectSetting, 'original'> {
  const revision = revisionNamed(project, command);
  const draft = revision === undefined ? undefined : facts[revision];
  return draft === undefined ? {} : { original: factOf(draft, projectStream(PROJECT), revision ?? 0) };
}

/** Where the record stands that a command withdraws. */
export function revisionNamed(project: Project, command: ProjectCommand): number | undefined {
  if (!(command instanceof RecordWithdrawal)) return undefined;
  return project.records[recordKindOf(command)][command.no - 1]?.revision;
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

export const sale = (effectiveOn: string, said: Partial<RecordSale> = {}) =>
  of(RecordSale, {
    product: '笋干',
    quantityGrams: 50_000,
    amountFen: 12_800_00,
    channel: 'SHOP',
    effectiveOn,
    ...said,
  });
export const visitors = (from: string, to: string, said: Partial<CountVisitors> = {}) =>
  of(CountVisitors, { from, to, count: 320, source: 'TICKETS', ...said });
export const enrol = (household: string, effectiveOn: string, said: Partial<EnrolHousehold> = {}) =>
  of(EnrolHousehold, { household, role: 'GROWER', effectiveOn, ...said });
export const withdraw = (household: string, effectiveOn: string) =>
  of(WithdrawHousehold, { household, reason: '外出务工', effectiveOn });
export const job = (worker: string, effectiveOn: string, said: Partial<RecordJob> = {}) =>
  of(RecordJob, { worker, kind: 'SEASONAL', effectiveOn, ...said });
export const endJob = (jobNo: number, effectiveOn: string) => of(EndJob, { no: jobNo, effectiveOn });
export const gain = (effectiveOn: string, said: Partial<RecordGain> = {}) =>
  of(RecordGain, {
    year: 2024,
    amountFen: 360_000_00,
    method: 'SURVEY',
    population: { of: 'ENROLLED_HOUSEHOLDS', count: 120 },
    effectiveOn,
    ...said,
  });
const mistake = { reason: '重复录入' };
export const withdrawSale = (no: number) => of(WithdrawSale, { no, ...mistake });
export const withdrawCount = (no: number) => of(WithdrawVisitorCount, { no, ...mistake });
export const withdrawJob = (no: number) => of(WithdrawJob, { no, ...mistake });
export const withdrawGain = (no: number) => of(WithdrawGain, { no, ...mistake });

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
