import {
  type Aggregate,
  CommandHandling,
  divisionAggregate,
  householdAggregate,
  projectAggregate,
} from '@ledger/commands';
import {
  ApproveProject,
  CloseProject,
  type Command,
  commandIdOf,
  CompleteProject,
  CountVisitors,
  EndJob,
  EnrolHousehold,
  fingerprintOf,
  JoinVillage,
  LeaveVillage,
  ProposeProject,
  RecordGain,
  RecordJob,
  RecordSale,
  Refusal,
  RegisterDivision,
  RegisterHousehold,
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
import { type EventLog, openMemoryLog } from '@ledger/eventlog';
import type { NaiveFact } from '../support/naive-projects.js';

export const VILLAGES = ['330603008201', '330603008202', '330603008203'];
const YEAR = { first: Date.UTC(2024, 0, 1), days: 366 };

export interface ProjectHistory {
  readonly log: EventLog;
  readonly projects: readonly string[];
  readonly facts: readonly NaiveFact[];
  /** How many facts are dated before one that was recorded earlier in the same stream. */
  readonly late: number;
}

type Ask = <C extends Command>(type: new () => C, fields: Partial<C>) => Promise<string | undefined>;

/** Random lives of two projects, decided by the program; what it refuses leaves no trace. */
export async function projectHistory(random: () => number, commands: number): Promise<ProjectHistory> {
  const log = openMemoryLog({ now: () => Date.UTC(2024, 11, 31, 8) });
  const handling = new CommandHandling(log, { demo: false });
  let asked = 0;
  const ask: Ask = async (type, fields) => {
    const idempotencyKey = `command-${++asked}`;
    const context = { actor: 'officer-1', idempotencyKey, commandId: commandIdOf('officer-1', idempotencyKey) };
    const command = Object.assign(new type(), fields, {
      context: { ...context, fingerprint: fingerprintOf(type.name, fields) },
    });
    const aggregate = [divisionAggregate, householdAggregate, projectAggregate].find((known) =>
      (known.commands as readonly unknown[]).includes(type),
    );
    try {
      return (await handling.handle(aggregate as unknown as Aggregate, command)).receipt.stream;
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  };
  for (const code of ['330603', '330603008', ...VILLAGES]) {
    await ask(RegisterDivision, { code, name: '示例', effectiveOn: '2020-01-01' });
  }
  const households: string[] = [];
  for (let i = 0; i < 6; i++) {
    const stream = await ask(RegisterHousehold, { village: VILLAGES[i % 3] ?? '', effectiveOn: '2023-01-01' });
    households.push(stream?.slice('household-'.length) ?? '');
  }
  const projects = [await begun(ask, 0), await begun(ask, 1)];
  for (let i = 0; i < commands; i++) await move(ask, random, projects[i % 2] ?? '', households);
  return { log, projects, ...(await recordedIn(log)) };
}

async function begun(ask: Ask, i: number): Promise<string> {
  const stream = await ask(ProposeProject, {
    name: `项目${i}`,
    kind: 'VEGETABLE_BRAND',
    leadVillage: VILLAGES[i] ?? '',
    villages: [VILLAGES[i + 1] ?? ''],
    effectiveOn: '2024-01-02',
  });
  const project = stream?.slice('project-'.length) ?? '';
  await ask(ApproveProject, { project, effectiveOn: '2024-01-03' });
  await ask(StartProject, { project, effectiveOn: '2024-01-04' });
  return project;
}

/** One command on a random day; most are about people and figures, some about the project itself. */
async function move(ask: Ask, random: () => number, project: string, households: readonly string[]): Promise<void> {
  const any = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const day = () => new Date(YEAR.first + Math.floor(random() * YEAR.days) * 86_400_000).toISOString().slice(0, 10);
  const no = () => 1 + Math.floor(random() * 8);
  const dated = { project, effectiveOn: day() };
  const reason = '录入有误';
  const [village, household] = [any(VILLAGES), any(households)];
  const half = 1 + Math.floor(random() * 9998);
  const [one, other] = [any(VILLAGES), any(VILLAGES)];
  const shares = [
    { village: one, basisPoints: half },
    { village: other, basisPoints: 10_000 - half },
  ];
  const [from = '', to = ''] = [day(), day()].toSorted();
  const population = { of: 'HOUSEHOLD_MEMBERS', count: 4 };
  const gain = { ...dated, year: 2024, amountFen: 100 * no(), method: 'SURVEY', population };
  const figures = [
    () =>
      ask(RecordSale, {
        ...dated,
        product: any(['笋干', '菜籽油']),
        quantityGrams: no(),
        amountFen: no(),
        channel: 'SHOP',
      }),
    () => ask(RecordSale, { ...dated, product: '民宿', amountFen: no(), channel: 'BOOKING' }),
    () => ask(WithdrawSale, { project, no: no(), reason }),
    () => ask(CountVisitors, { project, from, to, count: no(), source: 'GATE' }),
    () => ask(WithdrawVisitorCount, { project, no: no(), reason }),
    () => ask(EnrolHousehold, { ...dated, household, role: 'GROWER' }),
    () => ask(EnrolHousehold, { ...dated, household: any(households), role: 'HOST' }),
    () => ask(WithdrawHousehold, { ...dated, household, reason }),
    () => ask(RecordJob, { ...dated, worker: `worker-${no()}`, kind: 'CASUAL', village }),
    () =>
      ask(RecordJob, { project, effectiveOn: from, endedOn: to, worker: `worker-${no()}`, kind: 'CASUAL', household }),
    () => ask(EndJob, { ...dated, no: no() }),
    () => ask(WithdrawJob, { project, no: no(), reason }),
    () => ask(RecordGain, any([gain, { ...gain, household }, { ...gain, village }])),
    () => ask(WithdrawGain, { project, no: no(), reason }),
  ];
  const life = [
    () => ask(SuspendProject, { ...dated, reason }),
    () => ask(SuspendProject, { project, effectiveOn: from, resumedOn: to, reason }),
    () => ask(ResumeProject, dated),
    () => ask(JoinVillage, { ...dated, village }),
    () => ask(LeaveVillage, { ...dated, village }),
    () => ask(SetAllocationScheme, { ...dated, shares }),
    () => ask(CompleteProject, { ...dated, effectiveOn: random() < 0.1 ? dated.effectiveOn : '2024-12-20' }),
    () => ask(CloseProject, { ...dated, effectiveOn: '2024-12-28' }),
  ];
  await any(random() < 0.75 ? figures : life)();
}

async function recordedIn(log: EventLog): Promise<Pick<ProjectHistory, 'facts' | 'late'>> {
  const all = (await log.readAfter(0, 10_000)).map(({ position, fact }) => ({
    position,
    ...(JSON.parse(fact) as Omit<NaiveFact, 'position'> & { stream: string }),
  }));
  const facts = all.filter(({ stream }) => stream.startsWith('project-'));
  const newest = new Map<string, string>();
  let late = 0;
  for (const { stream, effectiveOn } of facts) {
    const before = newest.get(stream) ?? '';
    if (effectiveOn < before) late++;
    else newest.set(stream, effectiveOn);
  }
  return { facts, late };
}
