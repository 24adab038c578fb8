import { describe, expect, it } from '@jest/globals';
import {
  AddAccount,
  ApproveProject,
  ClosePeriod,
  CloseProject,
  CloseYear,
  CompleteProject,
  CountVisitors,
  DissolveHousehold,
  EndJob,
  EnrolHousehold,
  HandOverBook,
  JoinVillage,
  LeaveVillage,
  OpenBook,
  PostVoucher,
  ProposeProject,
  RecordExpense,
  RecordGain,
  RecordIncome,
  RecordJob,
  RecordOpeningBalances,
  RecordSale,
  RegisterDivision,
  RegisterHousehold,
  RegisterOrganization,
  RenameDivision,
  ReportIndicator,
  ResumeProject,
  RetireAccount,
  ReverseVoucher,
  SetAllocationScheme,
  StartProject,
  SuspendProject,
  WithdrawGain,
  WithdrawHousehold,
  WithdrawJob,
  WithdrawSale,
  WithdrawVisitorCount,
} from '@ledger/domain';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';

const effectiveOn = '2024-01-20';
const signed = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };
const entry = {
  ...signed,
  effectiveOn,
  summary: '租金',
  account: '50102',
  amountFen: 100,
  settlement: { account: '102' },
};
const lines = [
  { account: '102', side: 'debit', amountFen: 100 },
  { account: '504', side: 'credit', amountFen: 100 },
];
type Body = Record<string, unknown>;

/** The smallest body of every command, and what only the path or the shell may fill in. */
const commands: readonly [string, new () => object, Body, readonly string[]][] = [
  ['RegisterDivision', RegisterDivision, { code: '330603', name: '柯桥区', effectiveOn }, []],
  ['RenameDivision', RenameDivision, { name: '柯桥区', effectiveOn }, ['code']],
  [
    'RegisterOrganization',
    RegisterOrganization,
    { creditCode: 'N2330603MF0000013M', name: '合作社', kind: 'COLLECTIVE', village: '330603008201', effectiveOn },
    [],
  ],
  [
    'OpenBook',
    OpenBook,
    { organization: 'N2330603MF0000013M', name: '账套', standard: 'village-2004', startPeriod: '2022-01' },
    ['id'],
  ],
  ['AddAccount', AddAccount, { code: '50107', name: '农家乐', effectiveOn }, ['book']],
  ['RetireAccount', RetireAccount, { effectiveOn }, ['book', 'code']],
  [
    'HandOverBook',
    HandOverBook,
    { ...signed, from: 'accountant-1', to: 'accountant-2', openItems: [], effectiveOn },
    ['book', 'witness', 'lastClosed'],
  ],
  ['RecordIncome', RecordIncome, entry, ['book', 'period', 'voucherNo', 'lines']],
  ['RecordExpense', RecordExpense, entry, ['book', 'taxFen']],
  ['PostVoucher', PostVoucher, { ...signed, effectiveOn, summary: '转账', lines }, ['book', 'account']],
  ['ReverseVoucher', ReverseVoucher, { ...signed, reason: '录错' }, ['book', 'period', 'voucherNo', 'effectiveOn']],
  ['RecordOpeningBalances', RecordOpeningBalances, { ...signed, lines }, ['book', 'period']],
  ['ClosePeriod', ClosePeriod, { closedBy: 'director-1' }, ['book', 'period', 'ledgerHash']],
  ['CloseYear', CloseYear, { ...signed, closedBy: 'director-1' }, ['book', 'year']],
  ['RegisterHousehold', RegisterHousehold, { village: '330603008201', effectiveOn }, ['household', 'id']],
  [
    'ReportIndicator',
    ReportIndicator,
    { value: 1, unit: 'fen', qualifier: 'over', asOf: '2024', source: { document: '公报', line: '12' } },
    ['scope', 'measure', 'effectiveOn'],
  ],
  ['DissolveHousehold', DissolveHousehold, { reason: '迁出', effectiveOn }, ['household', 'village']],
  [
    'ProposeProject',
    ProposeProject,
    { name: '一桌土菜', kind: 'VEGETABLE_BRAND', leadVillage: '330603008201', effectiveOn },
    ['project', 'id'],
  ],
  ['ApproveProject', ApproveProject, { effectiveOn }, ['project', 'reason']],
  ['StartProject', StartProject, { effectiveOn }, ['project', 'reason']],
  ['SuspendProject', SuspendProject, { reason: '汛期停业', effectiveOn }, ['project']],
  ['ResumeProject', ResumeProject, { effectiveOn }, ['project', 'reason']],
  ['CompleteProject', CompleteProject, { effectiveOn }, ['project', 'reason']],
  ['CloseProject', CloseProject, { effectiveOn }, ['project', 'resolution']],
  ['JoinVillage', JoinVillage, { village: '330603008201', effectiveOn }, ['project']],
  ['LeaveVillage', LeaveVillage, { effectiveOn }, ['project', 'village']],
  [
    'SetAllocationScheme',
    SetAllocationScheme,
    { shares: [{ village: '330603008201', basisPoints: 10_000 }], effectiveOn },
    ['project'],
  ],
  ['RecordSale', RecordSale, { product: '笋干', amountFen: 100, channel: 'SHOP', effectiveOn }, ['project', 'saleNo']],
  [
    'CountVisitors',
    CountVisitors,
    { from: effectiveOn, to: effectiveOn, count: 1, source: 'GATE' },
    ['project', 'effectiveOn'],
  ],
  ['EnrolHousehold', EnrolHousehold, { household: 'household-1', role: 'HOST', effectiveOn }, ['project', 'village']],
  ['WithdrawHousehold', WithdrawHousehold, { reason: '外出', effectiveOn }, ['project', 'household']],
  ['RecordJob', RecordJob, { worker: 'worker-1', kind: 'CASUAL', effectiveOn }, ['project', 'jobNo']],
  ['EndJob', EndJob, { effectiveOn }, ['project', 'no']],
  [
    'RecordGain',
    RecordGain,
    {
      year: 2024,
      amountFen: 100,
      method: 'SURVEY',
      population: { of: 'EMPLOYED_PERSONS', count: 2 },
      effectiveOn,
    },
    ['project', 'gainNo'],
  ],
  ['WithdrawSale', WithdrawSale, { reason: '重复' }, ['project', 'no', 'effectiveOn']],
  ['WithdrawVisitorCount', WithdrawVisitorCount, { reason: '重复' }, ['project', 'no', 'effectiveOn']],
  ['WithdrawJob', WithdrawJob, { reason: '重复' }, ['project', 'no', 'effectiveOn']],
  ['WithdrawGain', WithdrawGain, { reason: '重复' }, ['project', 'no', 'effectiveOn']],
];

/** The fields that a body is refused for, as the shell would refuse them. */
async function faults(command: new () => object, body: Body): Promise<string[]> {
  const errors = await validate(plainToInstance(command, body), {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  return errors.map(({ property }) => property);
}

describe.each(commands)('%s', (_, command, body, filledIn) => {
  it('accepts its smallest body', async () => expect(await faults(command, body)).toStrictEqual([]));

  it('refuses an empty body', async () =>
    expect((await faults(command, {})).toSorted()).toStrictEqual(Object.keys(body).toSorted()));

  it.each([...filledIn, 'context', 'type', 'actor', 'commandId', 'recordedAt', 'position', 'whatever'])(
    'refuses %s from the client',
    async (field) => expect(await faults(command, { ...body, [field]: 'x' })).toStrictEqual([field]),
  );

  it('refuses null for every field', async () => {
    for (const field of Object.keys(body))
      expect(await faults(command, { ...body, [field]: null })).toStrictEqual([field]);
    expect(await faults(command, { ...body, origin: null })).toStrictEqual(['origin']);
  });

  it('refuses another type for every field', async () => {
    for (const field of Object.keys(body)) {
      for (const wrong of [true, {}, [], [[]], Number.NaN]) {
        expect(await faults(command, { ...body, [field]: wrong })).toStrictEqual(
          /^(lines|openItems)$/.test(field) && Array.isArray(wrong) && wrong.length === 0 ? [] : [field],
        );
      }
    }
  });

  it('lets no key reach a prototype', async () => {
    const sent = JSON.parse(`{"__proto__":{"demo":true},"constructor":{"prototype":{"demo":true}}}`) as Body;
    const made = plainToInstance(command, Object.assign(JSON.parse('{"__proto__":{"demo":true}}') as Body, body));
    expect(made).toBeInstanceOf(command);
    expect(made).not.toHaveProperty('demo');
    expect(Object.hasOwn(plainToInstance(command, sent), 'demo')).toBe(false);
    expect({}).not.toHaveProperty('demo');
  });
});

describe('fields', () => {
  it.each([
    ['effectiveOn', '2024-02-30'],
    ['effectiveOn', '2024-2-3'],
    ['effectiveOn', '2024-01-20T00:00:00Z'],
    ['effectiveOn', 20_240_120],
    ['amountFen', '100'],
    ['amountFen', Number.POSITIVE_INFINITY],
    ['taxFen', '1'],
    ['taxFen', null],
    ['account', '5010'],
    ['account', '50102\n'],
    ['account', 50_102],
    ['summary', '   '],
    ['summary', '租'.repeat(501)],
    ['summary', '第一行\n第二行'],
    ['preparedBy', '王五'],
    ['preparedBy', 'W'],
    ['attachmentCount', -1],
    ['attachmentCount', 1.5],
    ['attachmentCount', null],
    ['sourceDocument', ''],
    ['sourceDocument', null],
    ['sourceDocument', 'INV 1'],
    ['sourceDocument', 'x'.repeat(65)],
    ['nonRecurring', 'true'],
    ['correction', null],
    ['correction', []],
    ['correction', [{ reason: '漏记' }]],
    ['correction', {}],
    ['correction', { reason: '漏记', period: '2024-01' }],
    ['settlement', []],
    ['settlement', [{ account: '102' }]],
    ['settlement', {}],
    ['settlement', { account: '102', party: null }],
    ['settlement', { account: '102', grant: 'g-1' }],
    ['project', '项目一'],
    ['origin', 'REAL'],
  ])('income refuses %s as %p', async (field, value) =>
    expect(await faults(RecordIncome, { ...entry, [field]: value })).toStrictEqual([field]),
  );

  it('leaves whole, positive and bounded amounts to the rules, which have codes for them', async () => {
    for (const amountFen of [0, -1, 0.5, 1e300])
      expect(await faults(RecordIncome, { ...entry, amountFen })).toStrictEqual([]);
  });

  it.each([
    [[null]],
    [['102']],
    [[[]]],
    [[lines]],
    [{ 0: lines[0] }],
    [[{ ...lines[0], side: 'left' }]],
    [[{ ...lines[0], grant: null }]],
    [[{ ...lines[0], settles: [] }]],
    [[{ ...lines[0], settles: { period: '2024-13', voucherNo: 1 } }]],
    [[{ ...lines[0], settles: { period: '2024-01', voucherNo: '1' } }]],
    [[{ ...lines[0], more: 1 }]],
    [Array.from({ length: 1001 }, () => lines[0])],
  ])('a voucher refuses the lines %j', async (wrong) =>
    expect(await faults(PostVoucher, { ...signed, effectiveOn, summary: '转账', lines: wrong })).toStrictEqual([
      'lines',
    ]),
  );

  it('a scheme refuses shares that are none, or of one village twice', async () => {
    const share = { village: '330603008201', basisPoints: 5000 };
    for (const shares of [
      [],
      [share, share],
      [{ ...share, basisPoints: 0 }],
      [{ ...share, basisPoints: 10_001 }],
      [{ ...share, basisPoints: 0.5 }],
      [{ ...share, more: 1 }],
      [share, null],
    ]) {
      expect(await faults(SetAllocationScheme, { shares, effectiveOn })).toStrictEqual(['shares']);
    }
  });

  it.each([
    ['types', ['JOINT', 'JOINT']],
    ['types', 'JOINT'],
    ['programmes', [1]],
    ['villages', ['330603008202', '330603008202']],
  ])('a project refuses %s as %j', async (field, value) =>
    expect(
      await faults(ProposeProject, {
        name: '名',
        kind: 'CAFE',
        leadVillage: '330603008201',
        effectiveOn,
        [field]: value,
      }),
    ).toStrictEqual([field]),
  );

  it('a reference is what people choose, or an id of the ledger', async () => {
    for (const project of ['project-3', 'P', '7c9e6679-7425-8de0-944b-e07fc1f90ae7'])
      expect(await faults(RecordIncome, { ...entry, project })).toStrictEqual([]);
    for (const project of ['3', '7c9e6679', '7C9E6679-7425-8DE0-944B-E07FC1F90AE7', '-', 'a'.repeat(65)])
      expect(await faults(RecordIncome, { ...entry, project })).toStrictEqual(['project']);
  });

  it('a close of a year refuses appropriations that are none', async () => {
    for (const appropriations of [
      null,
      {},
      [null],
      [[]],
      [{ account: '311', amountFen: 1 }],
      [{ account: '311', amountFen: 1, summary: '提取', grant: 'g' }],
    ]) {
      expect(await faults(CloseYear, { ...signed, closedBy: 'director-1', appropriations })).toStrictEqual([
        'appropriations',
      ]);
    }
    expect(
      await faults(CloseYear, {
        ...signed,
        closedBy: 'director-1',
        appropriations: [{ account: '311', amountFen: 1, summary: '提取' }],
      }),
    ).toStrictEqual([]);
  });
});
