import { creditCode, incomeBody, readingBody, type VillageBooks } from '../../../support/village-books.js';
import { card, cardBody, DAY, MONTH, SUBMITTER } from '../places.js';
import { another, type OperationRequests, signed } from './asked.js';

const effectiveOn = '2024-01-01';

/** A code in the range of villages that no other has. */
const unused = (village: string): string => `${village.slice(0, 9)}${300 + another()}`;

async function newVillage(books: VillageBooks, beside: string): Promise<string> {
  const code = unused(beside);
  await books.accepted('/divisions', { code, name: `示例${code}村`, effectiveOn });
  return code;
}

const township = ({ village: code }: { village: string }) => code.slice(0, 9);

/** Divisions, organisations, books and what is posted in them. */
export const placeRequests: OperationRequests = {
  registerDivision: {
    of: ({ village: beside }) => ({ path: '/divisions', body: { code: unused(beside), name: '新村', effectiveOn } }),
  },
  renameDivision: {
    of: ({ village: code }) => ({
      path: `/divisions/${code}/rename`,
      body: { name: `更名${another()}村`, effectiveOn: DAY },
    }),
    fresh: async ({ books }, place) => ({ village: await newVillage(books, place.village) }),
  },
  recodeDivision: {
    of: ({ village: code }) => ({
      path: `/divisions/${code}/recode`,
      body: { newCode: unused(code), effectiveOn: DAY, reason: '调整' },
    }),
    fresh: async ({ books }, place) => ({ village: await newVillage(books, place.village) }),
  },
  mergeVillages: {
    of: ({ village: code, neighbour }) => ({
      path: '/divisions/merge',
      body: { from: [neighbour], to: code, effectiveOn: DAY, reason: '调整' },
    }),
    fresh: async ({ books }, place) => ({ neighbour: await newVillage(books, place.village) }),
  },
  abolishDivision: {
    of: ({ village: code }) => ({ path: `/divisions/${code}/abolish`, body: { effectiveOn: DAY, reason: '整村搬迁' } }),
    fresh: async ({ books }, place) => ({ village: await newVillage(books, place.village) }),
  },
  registerOrganization: {
    of: ({ village: code }) => ({
      path: '/organizations',
      body: {
        creditCode: creditCode(5_000 + another()),
        name: '示例社',
        kind: 'COLLECTIVE',
        village: code,
        effectiveOn,
      },
    }),
  },
  openBook: {
    of: ({ organization }) => ({
      path: '/books',
      body: { organization, name: '账套', standard: 'rural-collective-2024', startPeriod: '2024-01' },
    }),
    fresh: async ({ books }, place) => {
      const organization = creditCode(5_000 + another());
      const said = {
        creditCode: organization,
        name: '示例社',
        kind: 'COLLECTIVE',
        village: place.village,
        effectiveOn,
      };
      await books.accepted('/organizations', said);
      return { organization };
    },
  },
  addAccount: {
    of: ({ book }) => ({
      path: `/books/${book}/accounts`,
      body: { code: `501${50 + (another() % 50)}`, name: '直播收入', effectiveOn },
    }),
    fresh: async ({ books }, place) => ({ book: (await books.book({ township: township(place) })).id }),
  },
  retireAccount: {
    of: ({ book }) => ({ path: `/books/${book}/accounts/50149/retire`, body: { effectiveOn: DAY } }),
    fresh: async ({ books }, place) => {
      const { id: book } = await books.book({ township: township(place) });
      await books.accepted(`/books/${book}/accounts`, { code: '50149', name: '直播收入', effectiveOn });
      return { book };
    },
  },
  recordOpeningBalances: {
    of: ({ book }, by) => ({
      path: `/books/${book}/opening-balances`,
      body: {
        lines: [
          { account: '102', side: 'debit', amountFen: 1 },
          { account: '301', side: 'credit', amountFen: 1 },
        ],
        ...signed(by),
      },
    }),
    fresh: async ({ books }, place) => ({ book: (await books.book({ township: township(place) })).id }),
  },
  convertStandard: {
    of: ({ book }, by) => ({ path: `/books/${book}/standard`, body: { from: '2024-01', ...signed(by) } }),
    fresh: async ({ books }, place) => {
      const said = { township: township(place), standard: 'village-2004', startPeriod: '2023-12' };
      const { id: book } = await books.book(said);
      await books.closeYear(book, 2023);
      return { book };
    },
  },
  handOverBook: {
    of: ({ book }, by) => ({
      path: `/books/${book}/handovers`,
      body: { effectiveOn: DAY, from: SUBMITTER, to: by.account, openItems: [], ...signed(by) },
    }),
  },
  recordIncome: { of: ({ book }, by) => ({ path: `/books/${book}/income`, body: incomeBody(DAY, 100, signed(by)) }) },
  recordExpense: {
    of: ({ book }, by) => ({
      path: `/books/${book}/expenses`,
      body: { ...incomeBody(DAY, 100, signed(by)), account: '51302', summary: '办公用品' },
    }),
  },
  postVoucher: {
    of: ({ book }, by) => ({
      path: `/books/${book}/vouchers`,
      body: {
        effectiveOn: DAY,
        summary: '收到押金',
        lines: [
          { account: '102', side: 'debit', amountFen: 1 },
          { account: '301', side: 'credit', amountFen: 1 },
        ],
        ...signed(by),
      },
    }),
  },
  reverseVoucher: {
    of: ({ book, no = '1' }, by) => ({
      path: `/books/${book}/vouchers/${MONTH}/${no}/reversal`,
      body: { reason: '金额有误', ...signed(by) },
    }),
    fresh: async ({ books }, { book }) => {
      await books.income(book, DAY, 100);
      const { rows } = await books.read<{ rows: { voucherNo: number; kind: string }[] }>(
        `/books/${book}/vouchers?period=${MONTH}`,
      );
      return { no: String(Math.max(...rows.map(({ voucherNo }) => voucherNo))) };
    },
  },
  runDepreciation: {
    of: ({ book }, by) => ({
      path: `/books/${book}/depreciation`,
      body: { period: '2024-04', account: '51305', ...signed(by) },
    }),
    fresh: async ({ books }, place) => {
      const { id: book } = await books.book({ township: township(place) });
      await card(books, book);
      return { book };
    },
  },
  closePeriod: {
    of: ({ book }, { account }) => ({ path: `/books/${book}/periods/2024-01/close`, body: { closedBy: account } }),
    fresh: async ({ books }, place) => ({ book: (await books.book({ township: township(place) })).id }),
  },
  closeYear: {
    of: ({ book }, by) => ({
      path: `/books/${book}/years/2024/close`,
      body: { ...signed(by), closedBy: 'director-9' },
    }),
    fresh: async ({ books }, place) => ({
      book: (await books.book({ township: township(place), startPeriod: '2024-12' })).id,
    }),
  },
  reportIndicator: {
    of: ({ village: code }) => ({
      path: `/indicators/${code}/villages/readings`,
      body: readingBody(DAY, { value: another() }),
    }),
  },
  registerAsset: {
    of: ({ book }, by) => ({ path: `/books/${book}/assets`, body: cardBody(signed(by)) }),
  },
};
