import * as fc from 'fast-check';
import type { Draw } from './draw.js';
import { anyFen, anyText, dayOf2024, maybe } from './values.js';
import type { Said, World } from './world.js';

/** What to say to an operation so that it is accepted. */
export type Recipe = (world: World, any: Draw) => Promise<Said>;

const line = (account: string, side: 'debit' | 'credit', amountFen: number, more: object = {}) => {
  return { account, side, amountFen, ...more };
};

const grant = (to: string) => ({ account: to, role: 'TOWN_REVIEWER', division: '330603100', from: '2024-01-01' });

const MEASURE = 'collectiveTotalIncome';

/** Divisions, organisations, households, figures and the books: what must be accepted. */
export const validWrites: Readonly<Record<string, Recipe>> = {
  registerDivision: async (world, any) => ({
    body: { code: await world.freeVillage(), name: any(anyText), effectiveOn: any(dayOf2024) },
  }),
  renameDivision: async (world, any) => ({
    path: { code: await world.village() },
    body: { name: `${any(anyText)}新`, effectiveOn: any(dayOf2024) },
  }),
  recodeDivision: async (world, any) => {
    const code = await world.village();
    return {
      path: { code },
      body: { newCode: world.sparedCode(code), effectiveOn: any(dayOf2024), ...any(maybe('reason', anyText)) },
    };
  },
  mergeVillages: async (world, any) => {
    const [from, to] = [await world.village(), await world.village()];
    return { body: { from: [from], to, effectiveOn: any(dayOf2024), ...any(maybe('reason', anyText)) } };
  },
  abolishDivision: async (world, any) => ({
    path: { code: await world.village() },
    body: { effectiveOn: any(dayOf2024), reason: any(anyText) },
  }),
  registerOrganization: async (world, any) => ({
    body: {
      creditCode: world.freeCreditCode(),
      name: any(anyText),
      kind: 'COLLECTIVE',
      village: await world.home(),
      effectiveOn: any(dayOf2024),
    },
  }),
  openBook: async (world, any) => {
    const { creditCode: organization } = await world.organization();
    const startPeriod = any(dayOf2024).slice(0, 7);
    return { body: { organization, name: any(anyText), standard: 'rural-collective-2024', startPeriod } };
  },
  addAccount: async (world, any) => ({
    path: { id: (await world.villageBook()).id },
    body: { code: '50107', name: any(anyText), effectiveOn: any(dayOf2024) },
  }),
  retireAccount: async (world, any) => {
    const { id } = await world.villageBook({ name: '科目账套' });
    await world.tell('addAccount', { code: '50107', name: '民宿收入', effectiveOn: '2024-01-02' }, { id });
    return { path: { id, code: '50107' }, body: { effectiveOn: any(dayOf2024) } };
  },
  recordOpeningBalances: async (world, any) => {
    const amountFen = any(anyFen);
    const lines = [line('102', 'debit', amountFen), line('301', 'credit', amountFen)];
    return { path: { id: (await world.villageBook({ name: '期初账套' })).id }, body: { lines, ...world.staff.signed } };
  },
  convertStandard: async (world, any) => {
    const { id } = await world.villageBook({ standard: 'village-2004', startPeriod: '2023-12' });
    const amountFen = any(anyFen);
    const lines = [line('102', 'debit', amountFen), line('301', 'credit', amountFen)];
    await world.tell(
      'postVoucher',
      { effectiveOn: '2023-12-20', summary: '转入', lines, ...world.staff.signed },
      { id },
    );
    await world.tell(
      'closeYear',
      { closedBy: world.staff.secondReviewer, ...world.staff.signed },
      { id, year: '2023' },
    );
    return { path: { id }, body: { from: '2024-01', ...world.staff.signed } };
  },
  handOverBook: async (world, any) => {
    const { id, village } = await world.villageBook({ name: '交接账套' });
    const from = await world.newcomer();
    const kept = { role: 'TOWN_ACCOUNTANT', division: village.slice(0, 9), from: '2024-01-01' };
    await world.tell('grantRole', { account: from, ...kept });
    const { preparedBy, reviewedBy } = world.staff.signed;
    const openItems = any(fc.array(anyText, { maxLength: 3 }));
    const people = { from, to: preparedBy, preparedBy, reviewedBy };
    return { path: { id }, body: { effectiveOn: any(dayOf2024), openItems, ...people } };
  },
  recordIncome: async (world, any) => entry(world, any, '50102'),
  recordExpense: async (world, any) => entry(world, any, '51302'),
  postVoucher: async (world, any) => {
    const amountFen = any(anyFen);
    const lines = [line('102', 'debit', amountFen), line('241', 'credit', amountFen, { grant: 'road-2024' })];
    return {
      path: { id: any(fc.constantFrom(...world.made.books)).id },
      body: { effectiveOn: any(dayOf2024), summary: any(anyText), lines, ...world.staff.signed },
    };
  },
  reverseVoucher: async (world, any) => {
    const { id } = await world.villageBook({ name: '冲销账套' });
    await world.income(id);
    const signed = { ...world.staff.signed, reviewedBy: world.staff.secondReviewer };
    return { path: { id, period: '2024-01', voucherNo: '1' }, body: { reason: any(anyText), ...signed } };
  },
  closePeriod: async (world, any) => {
    const startPeriod = `2024-${String(any(fc.integer({ min: 1, max: 11 }))).padStart(2, '0')}`;
    const { id } = await world.villageBook({ startPeriod });
    return { path: { id, period: startPeriod }, body: { closedBy: world.staff.closesMonth } };
  },
  closeYear: async (world) => ({
    path: { id: (await world.villageBook({ startPeriod: '2024-12' })).id, year: '2024' },
    body: { closedBy: world.staff.secondReviewer, ...world.staff.signed },
  }),
  registerHousehold: async (world, any) => ({
    body: { village: await world.home(), effectiveOn: any(dayOf2024) },
  }),
  dissolveHousehold: async (world, any) => ({
    path: { id: await world.household() },
    body: { reason: any(anyText), effectiveOn: any(dayOf2024) },
  }),
  grantRole: async (world, any) => ({ body: { ...grant(await world.newcomer()), from: any(dayOf2024) } }),
  revokeRole: async (world, any) => ({
    path: { id: await world.tell('grantRole', grant(await world.newcomer())) },
    body: { reason: any(anyText) },
  }),
  reportIndicator: async (world, any) => ({
    path: { scope: await world.home(), measure: MEASURE },
    body: {
      value: any(anyFen),
      unit: 'fen',
      qualifier: any(fc.constantFrom('over', 'nearly', 'exact', 'about', 'atLeast')),
      asOf: any(fc.constantFrom('2024', '2024-06-30')),
      source: { document: any(anyText), line: String(any(fc.nat())) },
    },
  }),
};

async function entry(world: World, any: Draw, account: string): Promise<Said> {
  const { id } = any(fc.constantFrom(...world.made.books));
  return {
    path: { id },
    body: {
      effectiveOn: any(dayOf2024),
      account,
      amountFen: any(anyFen),
      settlement: { account: '102' },
      summary: any(anyText),
      ...any(maybe('attachmentCount', fc.integer({ min: 0, max: 9 }))),
      ...any(maybe('nonRecurring', fc.boolean())),
      ...world.staff.signed,
    },
  };
}
