import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  aggregateOf,
  bookAggregate,
  bookingSources,
  CommandHandling,
  divisionAggregate,
  ledgerAggregate,
  organizationAggregate,
  projectAggregate,
  settleBookings,
  settlementAggregate,
} from '@ledger/commands';
import {
  ApproveProject,
  bookIdOf,
  ClosePeriod,
  type Command,
  OpenBook,
  ProposeProject,
  readFact,
  RegisterDivision,
  RegisterOrganization,
  RetryShare,
  SetAllocationScheme,
  SettleIncome,
  StartProject,
} from '@ledger/domain';
import { type EventLog, openMemoryLog } from '@ledger/eventlog';
import { type Ask, asking, openVillageBook, ORGANIZATION, SIGNED, VILLAGE } from '../support/asking.js';
import { goThrough } from '../support/bookings.js';

const PARTNER = '330603008202';
const PARTNER_COLLECTIVE = 'N2330603MF0000021G';

let log: EventLog;
let handling: CommandHandling;
let ask: Ask;
let project = '';

/** Books what was asked for so far. */
const book = (dies?: () => boolean) => goThrough(log, handling, dies);

/** Every voucher of a book by what it does to the income account, and what was told on the project. */
async function told() {
  const facts = (await log.readAfter(0, 1000)).map(({ fact }) => readFact(fact));
  const vouchers = facts
    .filter(({ type }) => type === 'VoucherPosted')
    .map(({ data, effectiveOn }) => {
      const posting = data as {
        book: string;
        period: string;
        voucherNo: number;
        kind: string;
        corrects?: { period: string };
        lines: { side: string; amountFen: number; project?: string }[];
      };
      const credit = posting.lines.find(({ side }) => side === 'credit');
      return {
        village: posting.book === bookIdOf(ORGANIZATION) ? 'lead' : 'partner',
        in: `${posting.period} 记-${posting.voucherNo}`,
        of: effectiveOn,
        fen: credit?.amountFen,
        ...(posting.corrects === undefined ? {} : { corrects: posting.corrects.period }),
        own: posting.lines.every((line) => line.project === project),
      };
    });
  const outcomes = facts
    .filter(({ type }) => type === 'ShareBooked' || type === 'ShareRefused')
    .map(
      ({ type, data }) =>
        `${type} ${(data as { village: string }).village.slice(-3)} ${(data as { code?: string }).code ?? ''}`,
    );
  return { vouchers, outcomes };
}

const settle = (effectiveOn: string, amountFen: number, more: Partial<SettleIncome> = {}) =>
  ask(settlementAggregate, SettleIncome, {
    project,
    effectiveOn,
    amountFen,
    account: '50106',
    settlement: { account: '112' },
    summary: '一桌土菜分成',
    ...SIGNED,
    ...more,
  });

const setScheme = (effectiveOn: string, lead: number) =>
  ask(projectAggregate, SetAllocationScheme, {
    project,
    effectiveOn,
    shares: [
      { village: VILLAGE, basisPoints: lead, organization: ORGANIZATION },
      { village: PARTNER, basisPoints: 10_000 - lead },
    ],
  });

const openPartnersBook = () =>
  ask(bookAggregate, OpenBook, {
    organization: PARTNER_COLLECTIVE,
    name: '账套',
    standard: 'rural-collective-2024',
    startPeriod: '2024-01',
  });

beforeEach(async () => {
  log = openMemoryLog({ now: () => Date.UTC(2024, 5, 15) });
  handling = new CommandHandling(log, { demo: false });
  ask = asking(handling);
  await openVillageBook(ask, { name: '账套', standard: 'rural-collective-2024', startPeriod: '2024-01' });
  const effectiveOn = '2021-01-01';
  await ask(divisionAggregate, RegisterDivision, { code: PARTNER, name: '示例村', effectiveOn });
  await ask(organizationAggregate, RegisterOrganization, {
    creditCode: PARTNER_COLLECTIVE,
    name: '合作社',
    kind: 'COLLECTIVE',
    village: PARTNER,
    effectiveOn,
  });
  const { receipt } = await ask(projectAggregate, ProposeProject, {
    name: '一桌土菜',
    kind: 'VEGETABLE_BRAND',
    leadVillage: VILLAGE,
    villages: [PARTNER],
    effectiveOn: '2024-01-01',
  });
  project = receipt.stream.slice('project-'.length);
  for (const step of [ApproveProject, StartProject])
    await ask(projectAggregate, step, { project, effectiveOn: '2024-01-01' });
  await setScheme('2024-01-01', 6000);
});

describe('the shares of a joint project', () => {
  it('stand in each village’s book, and without a book are listed until they are asked for again', async () => {
    await settle('2024-01-31', 100_01);
    await book();
    const lead = { village: 'lead', in: '2024-01 记-1', of: '2024-01-31', fen: 60_01, own: true };
    expect(await told()).toEqual({ vouchers: [lead], outcomes: ['ShareBooked 201 ', 'ShareRefused 202 BOOK_UNKNOWN'] });

    await openPartnersBook();
    await ask(settlementAggregate, RetryShare, {
      project,
      allocationNo: 1,
      village: PARTNER,
      organization: PARTNER_COLLECTIVE,
    });
    await book();
    expect((await told()).vouchers).toEqual([
      lead,
      { village: 'partner', in: '2024-01 记-1', of: '2024-01-31', fen: 40_00, own: true },
    ]);
  });

  it('go into the oldest open month where their own is closed, and are refused while none is open', async () => {
    for (const period of ['2024-01', '2024-02', '2024-03', '2024-04']) {
      await ask(ledgerAggregate, ClosePeriod, { book: bookIdOf(ORGANIZATION), period, closedBy: 'head-1' });
    }
    await settle('2024-01-31', 100_00);
    await book();
    expect((await told()).vouchers).toEqual([
      { village: 'lead', in: '2024-05 记-1', of: '2024-01-31', fen: 60_00, corrects: '2024-01', own: true },
    ]);
    await ask(ledgerAggregate, ClosePeriod, { book: bookIdOf(ORGANIZATION), period: '2024-05', closedBy: 'head-1' });
    await settle('2024-02-29', 100_00);
    await book();
    expect((await told()).vouchers.at(-1)).toMatchObject({ in: '2024-06 记-1', corrects: '2024-02' });
  });

  it('change by differences when the scheme is dated back, those of closed months in an open one', async () => {
    await openPartnersBook();
    await settle('2024-01-31', 100_00);
    await settle('2024-02-29', 50_00);
    await book();
    await ask(ledgerAggregate, ClosePeriod, { book: bookIdOf(ORGANIZATION), period: '2024-01', closedBy: 'head-1' });
    await setScheme('2024-01-01', 5000);
    await book();
    expect((await told()).vouchers.slice(2)).toEqual([
      { village: 'lead', in: '2024-02 记-2', of: '2024-01-31', fen: -10_00, corrects: '2024-01', own: true },
      { village: 'lead', in: '2024-02 记-3', of: '2024-02-29', fen: -5_00, own: true },
    ]);
  });

  it('are booked once wherever the process ends in between', async () => {
    await openPartnersBook();
    await ask(projectAggregate, SetAllocationScheme, {
      project,
      effectiveOn: '2024-01-02',
      shares: [
        { village: VILLAGE, basisPoints: 6000, organization: ORGANIZATION },
        { village: PARTNER, basisPoints: 4000, organization: PARTNER_COLLECTIVE },
      ],
    });
    await settle('2024-01-31', 100_00);
    await settle('2024-02-29', 50_00);
    // Two settlements of two shares are eight commands; the process ends before every one of them.
    for (let survives = 0; survives < 8; survives++) {
      let handled = 0;
      await book(() => handled++ === survives);
    }
    await book();
    const { vouchers, outcomes } = await told();
    expect(vouchers.map(({ village, of, fen }) => `${village} ${of} ${fen}`)).toEqual([
      'lead 2024-01-31 6000',
      'partner 2024-01-31 4000',
      'lead 2024-02-29 3000',
      'partner 2024-02-29 2000',
    ]);
    expect(outcomes).toEqual(['ShareBooked 201 ', 'ShareBooked 202 ', 'ShareBooked 201 ', 'ShareBooked 202 ']);
  });

  it('are booked on the spot for a program that records alone, and say where their numbers come from', async () => {
    await openPartnersBook();
    handling = new CommandHandling(log, { demo: true });
    ask = asking(handling);
    await ask(projectAggregate, SetAllocationScheme, {
      project,
      effectiveOn: '2024-01-02',
      shares: [
        { village: VILLAGE, basisPoints: 6000, organization: ORGANIZATION },
        { village: PARTNER, basisPoints: 4000, organization: PARTNER_COLLECTIVE },
      ],
    });
    await settle('2024-01-31', 100_00, { origin: 'SEED' });
    const desk = {
      log,
      sources: bookingSources,
      handle: async (command: Command) => handling.handle(aggregateOf(command), command),
    };
    const position = await settleBookings(desk, 0);
    expect(position).toBe(await log.head());
    expect(await settleBookings(desk, 0)).toBe(position);
    const facts = (await log.readAfter(0, 1000)).map(({ fact }) => readFact(fact));
    expect(facts.slice(-4).map(({ type, data }) => [type, (data as { origin?: string }).origin])).toEqual([
      ['VoucherPosted', 'SEED'],
      ['ShareBooked', 'SEED'],
      ['VoucherPosted', 'SEED'],
      ['ShareBooked', 'SEED'],
    ]);
  });
});
