import { describe, expect, it } from '@jest/globals';
import {
  accessAggregate,
  assetAggregate,
  bookAggregate,
  CommandHandling,
  divisionAggregate,
  ledgerAggregate,
  projectAggregate,
  settlementAggregate,
} from '@ledger/commands';
import {
  AdjustSettlement,
  ApproveProject,
  ClosePeriod,
  type CommandContext,
  GrantRole,
  HandOverBook,
  type Posting,
  ProposeProject,
  readFact,
  RecodeDivision,
  RecordIncome,
  type Refusal,
  RegisterAsset,
  RetryShare,
  SetAllocationScheme,
  SettleIncome,
  StartProject,
} from '@ledger/domain';
import { openMemoryLog } from '@ledger/eventlog';
import { asking, openVillageBook, ORGANIZATION, SIGNED, VILLAGE } from '../support/asking.js';
import { goThrough } from '../support/bookings.js';

const SUCCESSOR = { preparedBy: 'accountant-2', reviewedBy: 'reviewer-1' };

/** A village whose book is kept by one accountant, and may go to another. */
async function village() {
  const log = openMemoryLog({ now: () => Date.UTC(2024, 5, 15) });
  const handling = new CommandHandling(log, { demo: false });
  const ask = asking(handling);
  const book = await openVillageBook(ask, {
    name: '账套',
    standard: 'rural-collective-2024',
    startPeriod: '2024-01',
  });
  const facts = async () => (await log.readAfter(0, 1000)).map(({ fact }) => readFact(fact));
  return {
    ask,
    facts,
    income: (effectiveOn: string, more: Partial<RecordIncome> = {}) =>
      ask(ledgerAggregate, RecordIncome, {
        book,
        effectiveOn,
        account: '50102',
        amountFen: 1_000_00,
        settlement: { account: '102' },
        summary: '租金',
        ...SIGNED,
        ...more,
      }),
    buy: () =>
      ask(assetAggregate, RegisterAsset, {
        book,
        name: '送货车',
        class: 'OPERATING',
        category: 'VEHICLE',
        source: 'PURCHASED',
        costFen: 120_000_00,
        acquisition: { settlement: { account: '211' }, summary: '购置送货车', ...SIGNED },
        effectiveOn: '2024-02-15',
      }),
    close: (period: string) => ask(ledgerAggregate, ClosePeriod, { book, period, closedBy: 'director-1' }),
    asWho: (more: Partial<CommandContext>) => asking(handling, more),
    handOver: (by = ask) =>
      by(bookAggregate, HandOverBook, {
        book,
        effectiveOn: '2024-03-31',
        from: 'accountant-1',
        to: 'accountant-2',
        openItems: [],
        ...SIGNED,
      }),
    run: () => goThrough(log, handling),
    /** Who prepared each voucher, and what was told of shares. */
    told: async () =>
      (await facts()).flatMap(({ type, data }) => {
        if (type.startsWith('Share')) return [type];
        return type === 'VoucherPosted' ? [(data as Posting).preparedBy] : [];
      }),
  };
}

const outcome = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'recorded',
    ({ code }: Refusal) => code,
  );

describe('a handover', () => {
  it('states the last month closed and the vouchers of the later ones', async () => {
    const { income, close, handOver, facts } = await village();
    for (const day of ['2024-01-20', '2024-03-01', '2024-03-05', '2024-02-10']) await income(day);
    await close('2024-01');
    await handOver();
    expect((await facts()).at(-1)?.data).toMatchObject({
      lastClosed: '2024-01',
      openMonths: [
        { period: '2024-02', vouchers: 1 },
        { period: '2024-03', vouchers: 2 },
      ],
    });
  });

  it('ends what the one signs for in the book, of whatever day, and lets the other go on', async () => {
    const { income, handOver } = await village();
    await income('2024-01-20');
    await handOver();
    expect(await outcome(income('2024-01-20'))).toBe('HANDOVER_REQUIRED');
    expect(await outcome(income('2024-06-01'))).toBe('HANDOVER_REQUIRED');
    expect(await outcome(income('2024-06-01', SUCCESSOR))).toBe('recorded');
  });
});

describe('who keeps a book, where there are accounts,', () => {
  it('is asked of all grants, also by who sees nothing but the book', async () => {
    const { ask, asWho, handOver } = await village();
    const seesThis = { seesDivision: (code: string) => code.endsWith('201'), seesBook: () => true };
    const accountant = asWho({ sight: { ...seesThis, seesAttachment: () => true } });
    expect(await outcome(handOver(accountant))).toBe('HANDOVER_NOT_ACCOUNTANT');
    for (const account of ['accountant-1', 'accountant-2']) {
      const given = { role: 'TOWN_ACCOUNTANT', division: VILLAGE.slice(0, 9), from: '2024-01-01' } as const;
      await ask(accessAggregate, GrantRole, { account, ...given });
    }
    const recoded = { code: VILLAGE.slice(0, 9), newCode: '330603009', effectiveOn: '2024-03-01' };
    await ask(divisionAggregate, RecodeDivision, recoded);
    expect(await outcome(handOver(accountant))).toBe('recorded');
  });
});

describe('what was signed before a handover', () => {
  it('is posted after it, where an asset has asked its book for it', async () => {
    const { buy, handOver, run, facts } = await village();
    await buy();
    await handOver();
    await run();
    const types = (await facts()).map(({ type }) => type);
    expect(types.slice(-4)).toEqual(['AssetRegistered', 'AccountantHandedOver', 'VoucherPosted', 'AssetPosted']);
    expect(await outcome(buy())).toBe('HANDOVER_REQUIRED');
  });

  it('is booked when a refused share is asked for again; another settlement is for who keeps the book', async () => {
    const { ask, handOver, run, told } = await village();
    const started = { leadVillage: VILLAGE, effectiveOn: '2024-01-01' };
    const proposed = { name: '一桌土菜', kind: 'VEGETABLE_BRAND', ...started } as const;
    const { receipt } = await ask(projectAggregate, ProposeProject, proposed);
    const project = receipt.stream.slice('project-'.length);
    await ask(projectAggregate, ApproveProject, { project, effectiveOn: '2024-01-01' });
    await ask(projectAggregate, StartProject, { project, effectiveOn: '2024-01-01' });
    const share = { village: VILLAGE, basisPoints: 10_000 };
    const scheme = { project, shares: [share], effectiveOn: '2024-01-01' };
    await ask(projectAggregate, SetAllocationScheme, scheme);
    const settle = (effectiveOn: string, signed: typeof SIGNED) =>
      ask(settlementAggregate, SettleIncome, {
        project,
        effectiveOn,
        amountFen: 1_000_00,
        account: '50106',
        settlement: { account: '112', party: 'brand-1' },
        summary: '分成',
        ...signed,
      });
    await settle('2024-02-29', SIGNED);
    await run();
    await handOver();
    expect(await told()).toEqual(['ShareRefused']);
    const retry = { project, allocationNo: 1, village: VILLAGE, organization: ORGANIZATION };
    await ask(settlementAggregate, RetryShare, retry);
    await run();
    expect(await told()).toEqual(['ShareRefused', 'ShareRetried', 'accountant-1', 'ShareBooked']);

    await ask(projectAggregate, SetAllocationScheme, { ...scheme, shares: [{ ...share, organization: ORGANIZATION }] });
    expect(await outcome(settle('2024-03-31', SIGNED))).toBe('HANDOVER_REQUIRED');
    expect(await outcome(settle('2024-03-31', SUCCESSOR))).toBe('recorded');
    const adjust = (signed: typeof SIGNED) =>
      ask(settlementAggregate, AdjustSettlement, {
        project,
        period: '2024-02',
        amountFen: 0,
        reason: '重复',
        ...signed,
      });
    expect(await outcome(adjust(SIGNED))).toBe('HANDOVER_REQUIRED');
    expect(await outcome(adjust(SUCCESSOR))).toBe('recorded');
  });
});
