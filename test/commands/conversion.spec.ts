import { describe, expect, it } from '@jest/globals';
import {
  assetAggregate,
  bookAggregate,
  CommandHandling,
  ledgerAggregate,
  projectAggregate,
  settlementAggregate,
} from '@ledger/commands';
import {
  AddAccount,
  ApproveProject,
  ClosePeriod,
  CloseYear,
  ConvertStandard,
  type Fact,
  ImproveAsset,
  MarkAssetIdle,
  type Posting,
  PostVoucher,
  ProposeProject,
  readFact,
  RecordIncome,
  RecordOpeningBalances,
  RegisterAsset,
  RetryAssetPosting,
  RetryShare,
  RunDepreciation,
  SetAllocationScheme,
  SettleIncome,
  type StandardConversion,
  StartProject,
} from '@ledger/domain';
import { openMemoryLog } from '@ledger/eventlog';
import { asking, openVillageBook, ORGANIZATION, SIGNED, VILLAGE } from '../support/asking.js';
import { goThrough } from '../support/bookings.js';

const MONTHS = Array.from({ length: 11 }, (_, i) => `2023-${String(i + 1).padStart(2, '0')}`);

/** A village that keeps its book of 2023 under the standard of 2004; the day is in the spring after. */
async function village() {
  const log = openMemoryLog({ now: () => Date.UTC(2024, 3, 15) });
  const handling = new CommandHandling(log, { demo: false });
  const ask = asking(handling);
  const book = await openVillageBook(ask, { name: '账套', standard: 'village-2004', startPeriod: '2023-01' });
  const said = { book, ...SIGNED };
  const facts = async (): Promise<Fact[]> => (await log.readAfter(0, 1000)).map(({ fact }) => readFact(fact));
  const postings = async () =>
    (await facts()).filter(({ type }) => type === 'VoucherPosted').map(({ data }) => data as Posting);
  return {
    book,
    facts,
    postings,
    ask,
    opening: (lines: RecordOpeningBalances['lines']) => ask(ledgerAggregate, RecordOpeningBalances, { ...said, lines }),
    post: (effectiveOn: string, lines: PostVoucher['lines'], more: Partial<PostVoucher> = {}) =>
      ask(ledgerAggregate, PostVoucher, { ...said, effectiveOn, summary: '记账', lines, ...more }),
    income: (effectiveOn: string, account: string, more: Partial<RecordIncome> = {}) =>
      ask(ledgerAggregate, RecordIncome, {
        ...said,
        effectiveOn,
        account,
        amountFen: 1_000_00,
        settlement: { account: '112', party: 'tenant-1' },
        summary: '租金',
        ...more,
      }),
    closeYear: async () => {
      for (const period of MONTHS) await ask(ledgerAggregate, ClosePeriod, { book, period, closedBy: 'head-1' });
      await ask(ledgerAggregate, CloseYear, { ...said, year: 2023, closedBy: 'head-1' });
    },
    close: (period: string) => ask(ledgerAggregate, ClosePeriod, { book, period, closedBy: 'head-1' }),
    convert: (more: Partial<ConvertStandard> = {}) =>
      ask(ledgerAggregate, ConvertStandard, { ...said, from: '2024-01', ...more }),
    buy: (effectiveOn: string, more: Partial<RegisterAsset> = {}) =>
      ask(assetAggregate, RegisterAsset, {
        book,
        name: '送货车',
        class: 'OPERATING',
        category: 'VEHICLE',
        source: 'PURCHASED',
        costFen: 120_000_00,
        lifeMonths: 100,
        acquisition: { settlement: { account: '202', party: 'dealer-1' }, summary: '购置送货车', ...SIGNED },
        effectiveOn,
        ...more,
      }),
    depreciate: (period: string, more: Partial<RunDepreciation> = {}) =>
      ask(ledgerAggregate, RunDepreciation, { ...said, period, account: '511', ...more }),
    run: () => goThrough(log, handling),
  };
}

const debit = (account: string, amountFen: number, more: object = {}) =>
  ({ account, side: 'debit', amountFen, ...more }) as const;
const credit = (account: string, amountFen: number, more: object = {}) =>
  ({ account, side: 'credit', amountFen, ...more }) as const;
const OLD = 'village-2004';
const NEW = 'rural-collective-2024';

describe('a book that changes its standard', () => {
  it('carries over what each party and grant stand at, from all its years', async () => {
    const { opening, post, income, closeYear, convert, facts } = await village();
    await opening([
      debit('102', 900_00),
      debit('113', 300_00, { party: 'member-1' }),
      credit('241', 500_00, { grant: 'road-2022' }),
      credit('301', 700_00),
    ]);
    await income('2023-03-05', '51101');
    await post('2023-04-05', [debit('102', 400_00), credit('112', 400_00, { party: 'tenant-1' })]);
    await post('2023-05-05', [debit('102', 300_00), credit('113', 300_00, { party: 'member-1' })]);
    await post('2023-06-05', [debit('241', 200_00, { grant: 'road-2022' }), credit('102', 200_00)]);
    await closeYear();
    const { receipt } = await convert();
    expect(receipt.facts.map(({ type, revision }) => [type, revision])).toEqual([['StandardConverted', 0]]);
    const [converted] = (await facts()).slice(-1);
    expect(converted?.stream).toMatch(/^ledger-.*-2024$/);
    expect((converted?.data as StandardConversion | undefined)?.lines).toEqual([
      { from: `${OLD}:102`, to: `${NEW}:102`, side: 'debit', amountFen: 1_400_00 },
      { from: `${OLD}:112`, to: `${NEW}:112`, side: 'debit', amountFen: 600_00, party: 'tenant-1' },
      { from: `${OLD}:241`, to: `${NEW}:241`, side: 'credit', amountFen: 300_00, grant: 'road-2022' },
      { from: `${OLD}:301`, to: `${NEW}:301`, side: 'credit', amountFen: 700_00 },
      { from: `${OLD}:32202`, to: `${NEW}:32202`, side: 'credit', amountFen: 1_000_00 },
    ]);
  });

  it('waits with January, in every way, until the change, and is changed once', async () => {
    const { book, income, depreciate, closeYear, close, convert, opening } = await village();
    await opening([debit('102', 100_00), credit('301', 100_00)]);
    const waits = {
      code: 'STANDARD_NOT_IN_FORCE',
      facts: { book, standard: OLD, successor: NEW, from: '2024-01', yearToClose: 2023 },
    };
    await expect(income('2024-01-05', '50102')).rejects.toMatchObject(waits);
    await expect(close('2024-01')).rejects.toMatchObject(waits);
    await expect(depreciate('2024-01')).rejects.toMatchObject(waits);
    await expect(convert()).rejects.toMatchObject({
      code: 'YEAR_NOT_CLOSED',
      facts: { year: 2023, oldestOpen: '2023-01' },
    });
    await closeYear();
    const late = { correction: { reason: '补记' } };
    await expect(income('2023-12-05', '501', late)).rejects.toMatchObject(waits);
    await convert();
    await income('2024-01-05', '50102');
    await income('2023-12-05', '50102', late);
    await close('2024-01');
    const current = { code: 'STANDARD_CURRENT', facts: { standard: NEW, since: '2024-01' } };
    await expect(convert()).rejects.toMatchObject(current);
    await expect(convert({ from: '2025-01' })).rejects.toMatchObject(current);
    await expect(income('2024-02-05', '51101')).rejects.toMatchObject({
      code: 'ACCOUNT_UNKNOWN',
      facts: { account: '51101', standard: NEW },
    });
  });

  it('settles afterwards what was earned before', async () => {
    const { income, post, closeYear, convert, postings } = await village();
    await income('2023-12-05', '51101');
    await closeYear();
    await convert();
    const settles = { period: '2023-12', voucherNo: 1 };
    await post('2024-01-10', [debit('102', 1_000_00), credit('112', 1_000_00, { party: 'tenant-1', settles })]);
    expect((await postings()).at(-1)?.lines[1]).toMatchObject({ account: `${NEW}:112`, settles });
    const unknown = { period: '2023-12', voucherNo: 9 };
    await expect(
      post('2024-01-10', [debit('102', 1_00), credit('112', 1_00, { settles: unknown })]),
    ).rejects.toMatchObject({ code: 'VOUCHER_UNKNOWN', facts: unknown });
  });

  it('may have accounts of the next standard before, and knows each code under its own', async () => {
    const { ask, book, opening, closeYear, convert, income } = await village();
    const add = (code: string, effectiveOn: string) =>
      ask(bookAggregate, AddAccount, { book, code, name: '民宿收入', effectiveOn });
    await add('51103', '2023-06-01');
    await add('50107', '2024-01-01');
    await add(`${NEW}:50108`, '2023-12-01');
    await expect(add('51103', '2024-01-01')).rejects.toMatchObject({ code: 'ACCOUNT_PARENT' });
    await expect(add('50109', '2023-12-31')).rejects.toMatchObject({ code: 'ACCOUNT_PARENT' });
    await opening([debit('102', 100_00), credit('301', 100_00)]);
    await income('2023-07-01', '51103');
    await closeYear();
    await convert();
    for (const account of ['50107', '50108']) await income('2024-01-05', account);
    await expect(income('2024-01-05', '51103')).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
  });
});

describe('the assets of a book that changes its standard', () => {
  it.each([
    ['on the accounts that go on', undefined, '211'],
    ['on another account where the retry names one', [{ insteadOf: '202', account: '221' }], '221'],
  ])('post what was asked for before the change %s', async (_, accounts, account) => {
    const { book, ask, buy, closeYear, convert, run, postings } = await village();
    await buy('2023-12-20');
    await closeYear();
    await run();
    expect(await postings()).toEqual([]);
    await convert();
    const asset = `${book}-1`;
    await ask(assetAggregate, RetryAssetPosting, { asset, ...(accounts === undefined ? {} : { accounts }) });
    await run();
    const [posting] = await postings();
    expect([posting?.period, posting?.corrects?.period]).toEqual(['2024-01', '2023-12']);
    expect(posting?.lines.map((line) => [line.account, line.side, line.amountFen])).toEqual([
      [`${NEW}:151`, 'debit', 120_000_00],
      [`${NEW}:${account}`, 'credit', 120_000_00],
    ]);
  });

  it('ask again under the standard of the months that are open, whatever the day', async () => {
    const { book, ask, buy, run, postings } = await village();
    await buy('2023-12-20', {
      acquisition: { settlement: { account: '101' }, summary: '购置送货车', ...SIGNED },
    });
    await run();
    const accounts = [{ insteadOf: '101', account: '202' }];
    await ask(assetAggregate, RetryAssetPosting, { asset: `${book}-1`, accounts });
    await run();
    expect((await postings()).map(({ lines }) => lines.map(({ account }) => account))).toEqual([
      [`${OLD}:151`, `${OLD}:202`],
    ]);
  });

  it('cannot ask a year for money whose standard the book has not come to, but may be looked after', async () => {
    const { book, ask, buy, run, closeYear, convert, postings } = await village();
    await buy('2023-06-20');
    await run();
    const asset = `${book}-1`;
    const improve = () =>
      ask(assetAggregate, ImproveAsset, {
        asset,
        amountFen: 1_000_00,
        settlement: { account: '211' },
        summary: '加装冷藏',
        effectiveOn: '2024-01-20',
        ...SIGNED,
      });
    await expect(improve()).rejects.toMatchObject({ code: 'STANDARD_NOT_IN_FORCE' });
    await ask(assetAggregate, MarkAssetIdle, { asset, reason: '停运', effectiveOn: '2024-01-20' });
    await closeYear();
    await convert();
    await improve();
    await run();
    const posted = (await postings()).map(({ lines }) => lines.map(({ account }) => account));
    expect(posted).toEqual([
      [`${OLD}:151`, `${OLD}:202`],
      [`${NEW}:151`, `${NEW}:211`],
    ]);
  });

  it('are depreciated on, from the old account of a card on the new one', async () => {
    const { buy, run, depreciate, closeYear, convert, facts } = await village();
    await buy('2023-10-20', { depreciationAccount: '502' });
    await buy('2023-10-20', { depreciationAccount: '541' });
    await buy('2023-10-20');
    await run();
    await depreciate('2023-11', { account: '551' });
    await closeYear();
    await convert();
    await depreciate('2023-12', { correction: { reason: '漏提' } });
    await depreciate('2024-01');
    const runs = (await facts()).filter(({ type }) => type === 'DepreciationRecorded');
    const debits = runs.map(({ data }) =>
      (data as Posting).lines.filter(({ side }) => side === 'debit').map(({ account }) => account),
    );
    expect(debits.map((accounts) => accounts.toSorted())).toEqual([
      [`${OLD}:502`, `${OLD}:541`, `${OLD}:551`],
      [`${NEW}:511`, `${NEW}:51305`],
      [`${NEW}:511`, `${NEW}:51305`],
    ]);
  });
});

describe('the shares of a book that changes its standard', () => {
  it('of before are booked under the new one once they name its accounts, and later ones at once', async () => {
    const { ask, closeYear, convert, run, facts, postings } = await village();
    const effectiveOn = '2023-01-01';
    const proposed = { name: '一桌土菜', kind: 'VEGETABLE_BRAND', leadVillage: VILLAGE, effectiveOn } as const;
    const { receipt } = await ask(projectAggregate, ProposeProject, proposed);
    const project = receipt.stream.slice('project-'.length);
    for (const step of [ApproveProject, StartProject]) await ask(projectAggregate, step, { project, effectiveOn });
    const shares = [{ village: VILLAGE, basisPoints: 10_000, organization: ORGANIZATION }];
    await ask(projectAggregate, SetAllocationScheme, { project, effectiveOn, shares });
    const settle = (on: string, account: string) =>
      ask(settlementAggregate, SettleIncome, {
        project,
        effectiveOn: on,
        amountFen: 100_00,
        account,
        settlement: { account: '112' },
        summary: '分成',
        ...SIGNED,
      });
    const retry = (more: Partial<RetryShare>) =>
      ask(settlementAggregate, RetryShare, { project, allocationNo: 1, village: VILLAGE, ...more });
    const refused = async () =>
      (await facts()).flatMap(({ type, data }) => (type === 'ShareRefused' ? [(data as { code: string }).code] : []));

    await settle('2023-12-31', '51102');
    await closeYear();
    await run();
    await convert();
    await retry({});
    await run();
    expect(await refused()).toEqual(['STANDARD_NOT_IN_FORCE', 'ACCOUNT_UNKNOWN']);
    await retry({ account: '50202' });
    await settle('2024-01-31', '50202');
    await run();
    const booked = (await postings()).map(({ period, corrects, lines }) => [
      period,
      corrects?.period,
      lines[1]?.account,
    ]);
    expect(booked).toEqual([
      ['2024-01', '2023-12', `${NEW}:50202`],
      ['2024-01', undefined, `${NEW}:50202`],
    ]);
  });
});
