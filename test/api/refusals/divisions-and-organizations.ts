import { creditCode, incomeBody } from '../../support/village-books.js';
import { post, division, organization, type Scene } from './scene.js';

export const divisionsAndOrganizationsScenes: Readonly<Record<string, Scene>> = {
  DIVISION_CODE_INVALID: {
    status: 422,
    facts: { code: '3306030082' },
    shows: ['3306030082'],
    field: 'code',
    request: async () => post('/divisions', division({ code: '3306030082' })),
  },
  DIVISION_PARENT_MISMATCH: {
    status: 422,
    facts: { code: '330603077201', parent: '330603077000' },
    shows: ['330603077201', '330603077000'],
    request: async () => post('/divisions', division({ code: '330603077201' })),
  },
  DIVISION_DUPLICATE: {
    status: 422,
    facts: { code: '330603008000', name: '兰亭街道' },
    shows: ['330603008000', '兰亭街道'],
    request: async () => post('/divisions', division({ code: '330603008' })),
  },
  DIVISION_UNKNOWN: {
    status: 404,
    facts: { code: '330603008198' },
    shows: ['330603008198'],
    request: async () => post('/divisions/330603008198/rename', { name: '新村', effectiveOn: '2024-01-01' }),
  },
  VILLAGE_UNKNOWN: {
    status: 404,
    facts: { village: '330603008197' },
    shows: ['330603008197'],
    request: async () => post('/organizations', organization({ village: '330603008197' })),
  },
  CREDIT_CODE_CHECKSUM: {
    status: 422,
    facts: { creditCode: 'N2330603MF0000013X' },
    shows: ['N2330603MF0000013X'],
    request: async () => post('/organizations', organization({ creditCode: 'N2330603MF0000013X' })),
  },
  CREDIT_CODE_DUPLICATE: {
    status: 422,
    facts: {},
    shows: [],
    request: async (books) => {
      const { creditCode: code, village } = await books.book({ name: '重复村' });
      const facts = { creditCode: code, name: '重复村股份经济合作社' };
      return post('/organizations', organization({ creditCode: code, village }), {
        facts,
        shows: [code, '重复村股份经济合作社'],
      });
    },
  },
  CREDIT_CODE_CATEGORY: {
    status: 422,
    facts: { creditCode: creditCode(901, '91'), kind: 'COLLECTIVE', expected: 'N2', actual: '91' },
    shows: ['COLLECTIVE', 'N2', '91'],
    request: async () => post('/organizations', organization({ creditCode: creditCode(901, '91') })),
  },
  ORGANIZATION_UNKNOWN: {
    status: 404,
    facts: { creditCode: creditCode(902) },
    shows: [creditCode(902)],
    request: async () =>
      post('/books', {
        organization: creditCode(902),
        name: '账套',
        standard: 'rural-collective-2024',
        startPeriod: '2024-01',
      }),
  },
  BOOK_DUPLICATE: {
    status: 422,
    facts: {},
    shows: [],
    field: 'organization',
    request: async (books) => {
      const { id, creditCode: owner } = await books.book();
      const again = { organization: owner, name: '又一套', standard: 'rural-collective-2024', startPeriod: '2024-01' };
      return post('/books', again, { facts: { organization: owner, book: id }, shows: [owner, id] });
    },
  },
  BOOK_UNKNOWN: {
    status: 404,
    facts: { book: 'no-such-book' },
    shows: ['no-such-book'],
    request: async () => post('/books/no-such-book/income', incomeBody('2024-01-20', 100)),
  },
  PERSONAL_DATA_IN_TEXT: {
    status: 422,
    facts: { kind: 'residentId' },
    shows: [{ zh: '身份证号', en: 'resident identity number' }],
    field: 'summary',
    request: async (books) =>
      post(
        `/books/${(await books.book()).id}/income`,
        incomeBody('2024-01-20', 100, { summary: '租金 11010519491231002X' }),
      ),
  },
  ORIGIN_ONLY_IN_DEMO: {
    status: 422,
    facts: { origin: 'SEED' },
    shows: ['SEED'],
    request: async (books) =>
      post(`/books/${(await books.book()).id}/income`, incomeBody('2024-01-20', 100, { origin: 'SEED' })),
  },
};
