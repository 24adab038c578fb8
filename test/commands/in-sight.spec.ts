import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  accessAggregate,
  bookAggregate,
  CommandHandling,
  divisionAggregate,
  householdAggregate,
  ledgerAggregate,
  organizationAggregate,
  projectAggregate,
  settlementAggregate,
} from '@ledger/commands';
import {
  AddAccount,
  ApproveProject,
  bookIdOf,
  CloseProject,
  CompleteProject,
  CountVisitors,
  DissolveHousehold,
  EndJob,
  EnrolHousehold,
  GrantRole,
  isWithin,
  JoinVillage,
  LeaveVillage,
  MergeVillages,
  OpenBook,
  PostVoucher,
  ProposeProject,
  RecodeDivision,
  RecordGain,
  RecordIncome,
  RecordJob,
  RegisterDivision,
  RegisterHousehold,
  RegisterOrganization,
  RevokeRole,
  SetAllocationScheme,
  SettleIncome,
  type Sight,
  StartProject,
  WithdrawGain,
  WithdrawHousehold,
  WithdrawJob,
} from '@ledger/domain';
import { type EventLog, openMemoryLog } from '@ledger/eventlog';
import { type Ask, asking, openVillageBook, ORGANIZATION, SIGNED, VILLAGE } from '../support/asking.js';
import { goThrough } from '../support/bookings.js';

const DISTRICT = '330603000000';
const TOWNSHIP = '330603008000';
const OTHER = '330603008202';
const OTHER_COLLECTIVE = 'N2330603MF0000021G';
const ABSENT = '330603008999';
const DAY = '2024-01-01';

const within = (...divisions: readonly string[]): Sight => ({
  seesDivision: (code) => divisions.some((division) => isWithin(code, division)),
  seesBook: (_, village) => divisions.some((division) => isWithin(village, division)),
});

let log: EventLog;
let handling: CommandHandling;
/** Without a sight, as the processes of the ledger ask. */
let ask: Ask;
/** As the clerk of the second village. */
let askOther: Ask;

const askWithin = (...divisions: readonly string[]) => asking(handling, { sight: within(...divisions) });

/** What was refused, with one id written for another; nothing is recorded. */
async function refusal(request: Promise<unknown>, id = '', absent = ''): Promise<string> {
  const head = await log.head();
  const said = await request.then(
    () => 'nothing was refused',
    (error: object) => JSON.stringify({ ...error, sentences: sentencesOf(error) }),
  );
  expect(await log.head()).toBe(head);
  return id === '' ? said : said.replaceAll(id, absent);
}

function sentencesOf(error: object): string[] {
  const { messageZh = '', messageEn = '' } = error as { messageZh?: string; messageEn?: string };
  return [messageZh, messageEn];
}

const idOf = async (request: Promise<{ receipt: { stream: string } }>) => {
  const { stream } = (await request).receipt;
  return stream.slice(stream.indexOf('-') + 1);
};

beforeEach(async () => {
  log = openMemoryLog({ now: () => Date.UTC(2024, 5, 15) });
  handling = new CommandHandling(log, { demo: false });
  ask = asking(handling);
  askOther = askWithin(OTHER);
  await openVillageBook(ask, { name: '账套', standard: 'rural-collective-2024', startPeriod: '2024-01' });
  const effectiveOn = '2021-01-01';
  await ask(divisionAggregate, RegisterDivision, { code: OTHER, name: '示例村', effectiveOn });
});

describe('what is out of sight', () => {
  const income = (book: string) => ({
    book,
    effectiveOn: '2024-01-20',
    account: '50106',
    amountFen: 100,
    summary: '租金',
    settlement: { account: '102' },
    ...SIGNED,
  });

  it('is refused as a book, an account or a voucher of a book that is not there', async () => {
    const book = bookIdOf(ORGANIZATION);
    const absent = bookIdOf('N2330603MF00000563');
    const post = (of: string, by: Ask) => by(ledgerAggregate, RecordIncome, income(of));
    const add = (of: string, by: Ask) =>
      by(bookAggregate, AddAccount, { book: of, code: '5010601', name: '店面', effectiveOn: DAY });
    for (const request of [post, add]) {
      const said = await refusal(request(book, askOther), book, absent);
      expect(said).toContain('BOOK_UNKNOWN');
      expect(said).toBe(await refusal(request(absent, askOther)));
    }
    await post(book, askWithin(VILLAGE));
    await post(book, askWithin(TOWNSHIP));
  });

  it('is refused as a village that is not there, whatever would be registered in it', async () => {
    const organization = (village: string) =>
      askOther(organizationAggregate, RegisterOrganization, {
        creditCode: OTHER_COLLECTIVE,
        name: '合作社',
        kind: 'COLLECTIVE',
        village,
        effectiveOn: DAY,
      });
    const household = (village: string) =>
      askOther(householdAggregate, RegisterHousehold, { village, effectiveOn: DAY });
    const project = (village: string) =>
      askOther(projectAggregate, ProposeProject, {
        name: '笋干',
        kind: 'VEGETABLE_BRAND',
        leadVillage: OTHER,
        villages: [village],
        effectiveOn: DAY,
      });
    for (const request of [organization, household, project]) {
      const said = await refusal(request(VILLAGE), VILLAGE, ABSENT);
      expect(said).toContain('VILLAGE_UNKNOWN');
      expect(said).toBe(await refusal(request(ABSENT)));
    }
  });

  it('is refused under If-Match as a stream that has no facts', async () => {
    const book = bookIdOf(ORGANIZATION);
    const absent = bookIdOf('N2330603MF00000563');
    const add = (of: string, expectedRevision: number) =>
      asking(handling, { sight: within(OTHER), expectedRevision })(bookAggregate, AddAccount, {
        book: of,
        code: '5010601',
        name: '店面',
        effectiveOn: DAY,
      });
    for (const revision of [0, 7]) {
      const said = await refusal(add(book, revision), book, absent);
      expect(said).toContain('REVISION_STALE');
      expect(said).toBe(await refusal(add(absent, revision)));
    }
  });

  it('is refused as an organisation that is not there; that its credit code is taken is all that is told', async () => {
    const open = (organization: string) =>
      askOther(bookAggregate, OpenBook, {
        organization,
        name: '账套',
        standard: 'rural-collective-2024',
        startPeriod: '2024-01',
      });
    const said = await refusal(open(ORGANIZATION), ORGANIZATION, 'N2330603MF00000563');
    expect(said).toContain('ORGANIZATION_UNKNOWN');
    expect(said).toBe(await refusal(open('N2330603MF00000563')));

    const register = askOther(organizationAggregate, RegisterOrganization, {
      creditCode: ORGANIZATION,
      name: '合作社',
      kind: 'COLLECTIVE',
      village: OTHER,
      effectiveOn: DAY,
    });
    const taken = await refusal(register);
    expect(taken).toContain('CREDIT_CODE_DUPLICATE');
    expect(taken).toContain(JSON.stringify({ creditCode: ORGANIZATION }));
  });

  it('is refused as a household that is not there', async () => {
    const household = await idOf(ask(householdAggregate, RegisterHousehold, { village: VILLAGE, effectiveOn: DAY }));
    const absent = household.replace(/....$/, '0000');
    const dissolve = (id: string) =>
      askOther(householdAggregate, DissolveHousehold, { household: id, reason: '迁出', effectiveOn: '2024-02-01' });
    const said = await refusal(dissolve(household), household, absent);
    expect(said).toContain('HOUSEHOLD_UNKNOWN');
    expect(said).toBe(await refusal(dissolve(absent)));
  });

  it('is refused as a grant that is not there, and no grant is given beyond it', async () => {
    const grant = await idOfGrant(VILLAGE);
    const revoke = (id: string) => askOther(accessAggregate, RevokeRole, { grant: id, reason: '岗位调整' });
    const absent = grant.replace(/....$/, '0000');
    const said = await refusal(revoke(grant), grant, absent);
    expect(said).toContain('GRANT_UNKNOWN');
    expect(said).toBe(await refusal(revoke(absent)));

    const give = (division: string) =>
      askWithin(DISTRICT)(accessAggregate, GrantRole, { account: 'org-1', role: 'AUDITOR', division, from: DAY });
    expect(await refusal(give('330604'))).toContain('GRANT_TOO_NARROW');
    await give('330603');
  });

  async function idOfGrant(division: string): Promise<string> {
    const said = { account: 'clerk-1', role: 'VILLAGE_CLERK', division, from: DAY } as const;
    const { receipt } = await ask(accessAggregate, GrantRole, said);
    const [recorded] = await log.readAfter((await log.head()) - 1, 1);
    expect(receipt.stream).toBe('access-grants');
    return (JSON.parse(recorded?.fact ?? '{}') as { data: { grant: string } }).data.grant;
  }

  it('cannot be changed as a part of the district, and whether a division is there is not told', async () => {
    const register = (code: string) =>
      askWithin(TOWNSHIP)(divisionAggregate, RegisterDivision, { code, name: '新村', effectiveOn: DAY });
    const said = await refusal(register(VILLAGE), VILLAGE, ABSENT);
    expect(said).toContain('GRANT_TOO_NARROW');
    expect(said).toBe(await refusal(register(ABSENT)));
    expect(await refusal(askWithin(DISTRICT)(divisionAggregate, RegisterDivision, { ...SAID_OF_OTHER }))).toContain(
      'DIVISION_DUPLICATE',
    );
    expect(
      await refusal(
        askWithin('330604000000')(divisionAggregate, MergeVillages, { from: [OTHER], to: VILLAGE, effectiveOn: DAY }),
      ),
    ).toContain('GRANT_TOO_NARROW');
  });

  const SAID_OF_OTHER = { code: OTHER, name: '示例村', effectiveOn: '2021-01-01' };

  it('is a book of the township that is not among the assigned ones', async () => {
    const book = bookIdOf(ORGANIZATION);
    const assigned = (books: readonly string[]): Sight => ({
      seesDivision: (code) => isWithin(code, TOWNSHIP),
      seesBook: (id) => books.includes(id),
    });
    const by = (...books: readonly string[]) => asking(handling, { sight: assigned(books) });
    const voucher = { book, effectiveOn: '2024-01-20', summary: '存现', ...SIGNED };
    const lines: PostVoucher['lines'] = [
      { account: '102', side: 'debit', amountFen: 500 },
      { account: '241', side: 'credit', amountFen: 500 },
    ];
    expect(await refusal(by()(ledgerAggregate, PostVoucher, { ...voucher, lines }))).toContain('BOOK_UNKNOWN');
    await by(book)(ledgerAggregate, PostVoucher, { ...voucher, lines });
    const open = { name: '账套', standard: 'rural-collective-2024', startPeriod: '2024-01' } as const;
    expect(await refusal(by()(bookAggregate, OpenBook, { organization: ORGANIZATION, ...open }))).toContain(
      'GRANT_TOO_NARROW',
    );
  });
});

describe('a village that has another code, or has ended', () => {
  const add = (by: Ask, code: string) =>
    by(bookAggregate, AddAccount, { book: bookIdOf(ORGANIZATION), code, name: '店面', effectiveOn: '2024-06-01' });

  it('is in the sight of the township that it came to, and of the old one no more', async () => {
    await ask(divisionAggregate, RegisterDivision, { code: '330603009', name: '示例镇', effectiveOn: '2021-01-01' });
    const newCode = '330603009201';
    await ask(divisionAggregate, RecodeDivision, { code: VILLAGE, newCode, effectiveOn: '2024-03-01' });
    expect(await refusal(add(askWithin(TOWNSHIP), '50107'))).toContain('BOOK_UNKNOWN');
    await add(askWithin('330603009000'), '50107');
    await add(askWithin(newCode), '50108');
  });

  it('is in the sight of the village that took it over', async () => {
    expect(await refusal(add(askOther, '50107'))).toContain('BOOK_UNKNOWN');
    await ask(divisionAggregate, MergeVillages, { from: [VILLAGE], to: OTHER, effectiveOn: '2024-03-01' });
    await add(askOther, '50107');
  });
});

describe('a joint project of which one village is in sight', () => {
  let project = '';
  let household = '';
  let foreign = '';

  beforeEach(async () => {
    project = await idOf(
      ask(projectAggregate, ProposeProject, {
        name: '一桌土菜',
        kind: 'VEGETABLE_BRAND',
        leadVillage: VILLAGE,
        villages: [OTHER],
        effectiveOn: DAY,
      }),
    );
    for (const step of [ApproveProject, StartProject]) await ask(projectAggregate, step, { project, effectiveOn: DAY });
    household = await idOf(ask(householdAggregate, RegisterHousehold, { village: OTHER, effectiveOn: DAY }));
    foreign = await idOf(ask(householdAggregate, RegisterHousehold, { village: VILLAGE, effectiveOn: DAY }));
  });

  const on = '2024-02-01';
  const enrol = (by: Ask, whom: string) =>
    by(projectAggregate, EnrolHousehold, { project, household: whom, role: 'GROWER', effectiveOn: on });
  const employ = (by: Ask, worker: string, village: string) =>
    by(projectAggregate, RecordJob, { project, worker, kind: 'SEASONAL', village, effectiveOn: on });
  const gain = (by: Ask, village?: string) =>
    by(projectAggregate, RecordGain, {
      project,
      year: 2024,
      amountFen: 100,
      method: 'SURVEY',
      population: { of: 'ENROLLED_HOUSEHOLDS', count: 3 },
      effectiveOn: on,
      ...(village === undefined ? {} : { village }),
    });

  it('takes what is of that village, and of the others nothing', async () => {
    await enrol(askOther, household);
    await employ(askOther, 'worker-1', OTHER);
    await gain(askOther, OTHER);
    const absent = foreign.replace(/....$/, '0000');
    const said = await refusal(enrol(askOther, foreign), foreign, absent);
    expect(said).toContain('HOUSEHOLD_UNKNOWN');
    expect(said).toBe(await refusal(enrol(askOther, absent)));
    expect(await refusal(employ(askOther, 'worker-2', VILLAGE))).toContain('VILLAGE_UNKNOWN');
  });

  it('has no records but those of that village', async () => {
    await employ(ask, 'worker-1', VILLAGE);
    await gain(ask, VILLAGE);
    await gain(ask);
    await enrol(ask, foreign);
    const end = (no: number) => askOther(projectAggregate, EndJob, { project, no, effectiveOn: on });
    const withdrawJob = (no: number) => askOther(projectAggregate, WithdrawJob, { project, no, reason: '重复' });
    const withdrawGain = (no: number) => askOther(projectAggregate, WithdrawGain, { project, no, reason: '重复' });
    for (const request of [end, withdrawJob, withdrawGain]) {
      const said = await refusal(request(1), '1', '7');
      expect(said).toContain('RECORD_UNKNOWN');
      expect(said).toBe(await refusal(request(7), '1', '7'));
    }
    expect(await refusal(withdrawGain(2))).toContain('RECORD_UNKNOWN');
    const leave = (whom: string) =>
      askOther(projectAggregate, WithdrawHousehold, { project, household: whom, reason: '迁出', effectiveOn: on });
    const absent = foreign.replace(/....$/, '0000');
    const said = await refusal(leave(foreign), foreign, absent);
    expect(said).toContain('HOUSEHOLD_NOT_ENROLLED');
    expect(said).toBe(await refusal(leave(absent)));
    // Also where somebody took the record back since.
    await ask(projectAggregate, WithdrawJob, { project, no: 1, reason: '重复' });
    expect(await refusal(withdrawJob(1))).toContain('RECORD_UNKNOWN');
  });

  it('does not say whose worker somebody is', async () => {
    await employ(ask, 'worker-1', VILLAGE);
    const said = await refusal(employ(askOther, 'worker-1', OTHER));
    expect(said).toContain('GRANT_TOO_NARROW');
    expect(said).not.toContain(VILLAGE);
    expect(await refusal(employ(ask, 'worker-1', OTHER))).toContain('JOB_OVERLAP');
  });

  it('is led by its lead village, and what binds all is for who sees all of them', async () => {
    const count = (by: Ask) =>
      by(projectAggregate, CountVisitors, { project, from: DAY, to: on, count: 3, source: 'TICKETS' });
    const close = (by: Ask) => by(projectAggregate, CloseProject, { project, effectiveOn: '2024-05-01' });
    const settle = (by: Ask) =>
      by(settlementAggregate, SettleIncome, {
        project,
        effectiveOn: '2024-01-31',
        amountFen: 100,
        account: '50106',
        settlement: { account: '112' },
        summary: '分成',
        ...SIGNED,
      });
    const join = (by: Ask) => by(projectAggregate, JoinVillage, { project, village: OTHER, effectiveOn: on });
    expect(await refusal(count(askOther))).toContain('"needs":"leadVillage"');
    for (const request of [close, settle, join]) {
      for (const village of [VILLAGE, OTHER]) {
        const said = await refusal(request(askWithin(village)));
        expect(said).toContain('"needs":"allVillages"');
        expect(said).not.toMatch(/330603008/);
      }
    }
    await count(askWithin(VILLAGE));
    await askOther(projectAggregate, LeaveVillage, { project, village: OTHER, effectiveOn: '2024-04-01' });
    expect(await refusal(settle(askWithin(TOWNSHIP)))).toContain('ALLOCATION_SCHEME_MISSING');
    await askWithin(VILLAGE)(projectAggregate, CompleteProject, { project, effectiveOn: '2024-04-20' });
    await close(askWithin(TOWNSHIP));
  });

  it('is not there for villages that never took part', async () => {
    await ask(divisionAggregate, RegisterDivision, { code: '330603008203', name: '三村', effectiveOn: '2021-01-01' });
    const absent = project.replace(/....$/, '0000');
    const start = (id: string) =>
      askWithin('330603008203')(projectAggregate, StartProject, { project: id, effectiveOn: DAY });
    const said = await refusal(start(project), project, absent);
    expect(said).toContain('PROJECT_UNKNOWN');
    expect(said).toBe(await refusal(start(absent)));
  });

  it('is booked in the books of all villages, whoever settled it', async () => {
    await askWithin(TOWNSHIP)(projectAggregate, SetAllocationScheme, {
      project,
      effectiveOn: DAY,
      shares: [
        { village: VILLAGE, basisPoints: 6_000, organization: ORGANIZATION },
        { village: OTHER, basisPoints: 4_000 },
      ],
    });
    await askWithin(TOWNSHIP)(settlementAggregate, SettleIncome, {
      project,
      effectiveOn: '2024-01-31',
      amountFen: 100,
      account: '50106',
      settlement: { account: '112' },
      summary: '分成',
      ...SIGNED,
    });
    await goThrough(log, handling);
    const types = (await log.readAfter(0, 1000)).map(({ fact }) => (JSON.parse(fact) as { type: string }).type);
    expect(types.filter((type) => /^Share|^VoucherPosted/.test(type)).toSorted()).toEqual([
      'ShareBooked',
      'ShareRefused',
      'VoucherPosted',
    ]);
  });
});
