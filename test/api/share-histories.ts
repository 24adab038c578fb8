import { aggregateOf, CommandHandling } from '@ledger/commands';
import {
  AdjustSettlement,
  ApproveProject,
  bookIdOf,
  ClosePeriod,
  type Command,
  commandIdOf,
  fingerprintOf,
  JoinVillage,
  LeaveVillage,
  MergeVillages,
  OpenBook,
  ProposeProject,
  RecodeDivision,
  Refusal,
  RegisterDivision,
  RegisterOrganization,
  RetryShare,
  SetAllocationScheme,
  SettleIncome,
  StartProject,
} from '@ledger/domain';
import { type EventLog, openMemoryLog } from '@ledger/eventlog';
import { goThrough } from '../support/bookings.js';
import type { NaiveFact } from '../support/naive-shares.js';
import { creditCode, SIGNED } from '../support/village-books.js';

/** Three villages of a township that is recoded, and one of another township; the last has no legal person. */
const VILLAGES = ['330603103201', '330603103202', '330603103203', '330603008201'];
const COLLECTIVES = VILLAGES.slice(0, 3).map((_, i) => creditCode(i + 1));
const RECODED_ON = '2024-07-01';

export interface ShareHistory {
  readonly log: EventLog;
  readonly projects: readonly string[];
  readonly facts: readonly NaiveFact[];
}

type Ask = <C extends Command>(type: new () => C, fields: Partial<C>) => Promise<string | undefined>;

/**
 * Random settlements of two joint projects, decided and booked by the program; what it refuses leaves no trace. The
 * process that books ends now and then in between. Half-way the township is recoded, and later two villages are merged.
 */
export async function shareHistory(random: () => number, commands: number): Promise<ShareHistory> {
  const log = openMemoryLog({ now: () => Date.UTC(2024, 11, 31, 8) });
  const handling = new CommandHandling(log, { demo: false });
  const ask = asking(handling);
  await places(ask);
  const projects = [await begun(ask, 0), await begun(ask, 1)];
  for (let i = 0; i < commands; i++) {
    if (i === Math.floor(commands / 2)) await recode(ask);
    if (i === Math.floor(commands * 0.9)) await merge(ask);
    await move(ask, random, projects[i % 2] ?? '');
    if (random() < 0.25) await goThrough(log, handling, () => random() < 0.1);
  }
  await goThrough(log, handling);
  return { log, projects, facts: await factsOf(log) };
}

function asking(handling: CommandHandling): Ask {
  let asked = 0;
  return async (type, fields) => {
    const idempotencyKey = `command-${++asked}`;
    const context = { actor: 'officer-1', idempotencyKey, commandId: commandIdOf('officer-1', idempotencyKey) };
    const command = Object.assign(new type(), fields, {
      context: { ...context, fingerprint: fingerprintOf(type.name, fields) },
    });
    try {
      return (await handling.handle(aggregateOf(command), command)).receipt.stream;
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  };
}

async function places(ask: Ask): Promise<void> {
  const effectiveOn = '2020-01-01';
  for (const code of ['330603', '330603103', '330603008', ...VILLAGES]) {
    await ask(RegisterDivision, { code, name: '示例', effectiveOn });
  }
  for (const [i, organization] of COLLECTIVES.entries()) {
    const said = { name: '合作社', kind: 'COLLECTIVE', village: VILLAGES[i] ?? '', effectiveOn } as const;
    await ask(RegisterOrganization, { creditCode: organization, ...said });
    if (i < 2) await openBook(ask, organization);
  }
}

const openBook = (ask: Ask, organization: string) =>
  ask(OpenBook, { organization, name: '账套', standard: 'rural-collective-2024', startPeriod: '2024-01' });

async function begun(ask: Ask, i: number): Promise<string> {
  const [leadVillage = '', ...villages] = i === 0 ? VILLAGES : VILLAGES.slice(0, 3).toReversed();
  const effectiveOn = '2024-01-01';
  const said = { name: `抱团项目${i}`, kind: 'VEGETABLE_BRAND', leadVillage, villages, effectiveOn } as const;
  const project = (await ask(ProposeProject, said))?.slice('project-'.length) ?? '';
  for (const step of [ApproveProject, StartProject]) await ask(step, { project, effectiveOn });
  return project;
}

const recode = (ask: Ask) =>
  ask(RecodeDivision, {
    code: '330603103',
    newCode: '330603006',
    villages: [{ code: '330603103202', newCode: '330603006212' }],
    effectiveOn: RECODED_ON,
    reason: '撤镇设街道',
  });

const merge = (ask: Ask) =>
  ask(MergeVillages, { from: ['330603006203'], to: '330603008201', effectiveOn: '2024-10-01', reason: '规模调整' });

/** One command about a random month or day; a village goes by its old code or its new one, and one of them is right. */
async function move(ask: Ask, random: () => number, project: string): Promise<void> {
  const below = (limit: number) => Math.floor(random() * limit);
  const day = () => new Date(Date.UTC(2024, 0, 1 + below(366))).toISOString().slice(0, 10);
  const monthEnd = () => new Date(Date.UTC(2024, 1 + below(12), 0)).toISOString().slice(0, 10);
  const amountFen = random() < 0.15 ? 1 + below(5) : 1 + below(9_999_99);
  const which = below(VILLAGES.length);
  const village = spelled(which, random() < 0.5);
  const money = { account: '50106', settlement: { account: random() < 0.7 ? '112' : '102' }, ...SIGNED };
  const settle = () => ask(SettleIncome, { project, effectiveOn: monthEnd(), amountFen, summary: '分成', ...money });
  const adjust = () => {
    const period = monthEnd().slice(0, 7);
    return ask(AdjustSettlement, {
      project,
      period,
      amountFen: random() < 0.2 ? 0 : amountFen,
      reason: '补计',
      ...SIGNED,
    });
  };
  const setScheme = () => {
    const effectiveOn = random() < 0.3 ? '2024-01-01' : day();
    return ask(SetAllocationScheme, { project, effectiveOn, shares: parts(random, effectiveOn >= RECODED_ON) });
  };
  const retry = () => {
    const organization = COLLECTIVES[which];
    const named = random() < 0.3 || organization === undefined ? {} : { organization };
    return ask(RetryShare, { project, allocationNo: 1 + below(8), village, ...named });
  };
  /** The next month of a book that can be closed. */
  const close = async () => {
    const book = bookIdOf(COLLECTIVES[below(3)] ?? '');
    for (let month = 1; month <= 9; month++) {
      if ((await ask(ClosePeriod, { book, period: `2024-0${month}`, closedBy: 'head-1' })) !== undefined) return;
    }
  };
  const open = () => openBook(ask, COLLECTIVES[2] ?? '');
  const leave = () => ask(LeaveVillage, { project, village, effectiveOn: day() });
  const join = () => ask(JoinVillage, { project, village, effectiveOn: day() });
  const sharing = [settle, settle, settle, setScheme, setScheme, setScheme, adjust, adjust];
  const booking = [retry, retry, retry, retry, close, open];
  const dice = random();
  const moves = dice < 0.5 ? sharing : dice < 0.9 ? booking : [leave, join];
  await moves[below(moves.length)]?.();
}

/** Some of the villages, each with a part and perhaps the legal person that is to take it; equal parts make ties. */
function parts(random: () => number, recoded: boolean) {
  const chosen = VILLAGES.map((_, i) => i).filter(() => random() < 0.7);
  const equal = random() < 0.4;
  let left = 10_000;
  return chosen.map((i, n) => {
    const some = equal ? Math.floor(10_000 / chosen.length) : 1 + Math.floor(random() * (left - chosen.length));
    const basisPoints = n === chosen.length - 1 ? left : some;
    left -= basisPoints;
    const organization = COLLECTIVES[i];
    const named = organization === undefined || random() < 0.3 ? {} : { organization };
    return { village: spelled(i, recoded), basisPoints, ...named };
  });
}

function spelled(i: number, recoded: boolean): string {
  const code = VILLAGES[i] ?? '';
  if (!recoded || i === 3) return code;
  return i === 1 ? '330603006212' : code.replace('330603103', '330603006');
}

async function factsOf(log: EventLog): Promise<NaiveFact[]> {
  return (await log.readAfter(0, 100_000)).map(({ position, fact }) => {
    const { type, effectiveOn, data } = JSON.parse(fact) as NaiveFact;
    return { position, type, effectiveOn, data };
  });
}
