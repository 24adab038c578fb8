import { incomeBody, type VillageBooks, voucherBody } from '../../support/village-books.js';
import { post, line, signed, type Scene } from './scene.js';

const OLD = { startPeriod: '2023-12', standard: 'village-2004' };

/** A book that holds trees of no trade at the end of 2023, its last year under the standard of 2004. */
async function closedBook(books: VillageBooks): Promise<string> {
  const { id } = await books.book(OLD);
  const lines = [line('13202', 'debit', 1_500_00), line('301', 'credit', 1_500_00)];
  await books.accepted(`/books/${id}/vouchers`, voucherBody('2023-12-20', lines));
  await books.closeYear(id, 2023);
  return id;
}

const convert = (book: string, more: object = {}) =>
  post(`/books/${book}/standard`, signed({ from: '2024-01', ...more }));

export const standardsScenes: Readonly<Record<string, Scene>> = {
  STANDARD_NOT_IN_FORCE: {
    status: 422,
    facts: {},
    shows: ['village-2004', 'rural-collective-2024', '2024-01', '2023', '/standard'],
    request: async (books) => {
      const { id } = await books.book(OLD);
      return post(`/books/${id}/income`, incomeBody('2024-01-05', 100), {
        facts: {
          book: id,
          standard: 'village-2004',
          successor: 'rural-collective-2024',
          from: '2024-01',
          yearToClose: 2023,
        },
        shows: [id],
      });
    },
  },
  STANDARD_CURRENT: {
    status: 422,
    facts: { standard: 'rural-collective-2024', since: '2024-01' },
    shows: ['rural-collective-2024', '2024-01'],
    field: 'from',
    request: async (books) => convert((await books.book()).id),
  },
  YEAR_NOT_CLOSED: {
    status: 422,
    facts: { year: 2023, oldestOpen: '2023-12' },
    shows: ['2023', '2023-12'],
    field: 'from',
    request: async (books) => convert((await books.book(OLD)).id),
  },
  CONVERSION_INCOMPLETE: {
    status: 422,
    facts: {
      accounts: [{ account: '13202', name: '非经济林木', balanceFen: 1_500_00, targets: ['131', '134'] }],
    },
    shows: ['13202', '非经济林木', '1,500.00', '131', '134'],
    sentences: {
      zh: '以下原科目余额须由经办人分配到新科目(allocations):13202 非经济林木余额1,500.00元,可转入131、134。余额借方为正。',
      en: 'These balances of the old accounts must be allocated to new ones (allocations): 13202 非经济林木 at 1,500.00 yuan, to 131 or 134. Debit balances are positive.',
    },
    field: 'allocations',
    request: async (books) => convert(await closedBook(books)),
  },
  CONVERSION_UNBALANCED: {
    status: 422,
    facts: { account: '13202', name: '非经济林木', balanceFen: 1_500_00, allocatedFen: 1_400_00 },
    shows: ['13202', '1,500.00', '1,400.00'],
    field: 'allocations',
    request: async (books) =>
      convert(await closedBook(books), { allocations: [{ account: '13202', to: '134', amountFen: 1_400_00 }] }),
  },
  CONVERSION_TARGET: {
    status: 422,
    facts: { account: '13202', name: '非经济林木', to: '151', targets: ['131', '134'] },
    shows: ['13202', '151', '131', '134'],
    field: 'allocations.0.to',
    request: async (books) =>
      convert(await closedBook(books), { allocations: [{ account: '13202', to: '151', amountFen: 1_500_00 }] }),
  },
};
