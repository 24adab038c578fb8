import { expect } from '@jest/globals';
import type { RefusalCode } from '@ledger/domain';
import type { RunningLedger } from '../support/running-ledger.js';
import {
  creditCode,
  expenseBody,
  incomeBody,
  MONTHS_OF_2024,
  SIGNED,
  type VillageBooks,
  voucherBody,
} from '../support/village-books.js';

export interface Scene {
  readonly status: number;
  /** What the answer must say, by hand; both sentences are made from it. */
  readonly facts: object;
  /** Numbers and names that both sentences must show. */
  readonly shows: readonly string[];
  readonly field?: string;
  /** Sets the scene and makes the request that is refused; returns how to make it. */
  request(books: VillageBooks, ledger: RunningLedger): Promise<Refused>;
}

export interface Refused {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Facts that are known only once the scene is set. */
  readonly facts?: object;
  readonly shows?: readonly string[];
}

const VILLAGE = '330603008199';
const post = (path: string, body: unknown, more: Partial<Refused> = {}): Refused => ({ path, body, ...more });
const get = (path: string, more: Partial<Refused> = {}): Refused => ({ method: 'GET', path, ...more });
const division = (more: object) => ({ code: VILLAGE, name: '示例村', effectiveOn: '2024-01-01', ...more });
const organization = (more: object) => ({
  creditCode: creditCode(900),
  name: '示例社',
  kind: 'COLLECTIVE',
  village: VILLAGE,
  effectiveOn: '2024-01-01',
  ...more,
});
const line = (account: string, side: 'debit' | 'credit', amountFen: number, more: object = {}) => ({
  account,
  side,
  amountFen,
  ...more,
});
const signed = (more: object) => ({ ...SIGNED, ...more });

/** One scene a code: how a client meets it. */
export const scenes: Partial<Record<RefusalCode, Scene>> = {
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
  STANDARD_NOT_IN_FORCE: {
    status: 422,
    facts: {
      standard: 'village-2004',
      startPeriod: '2024-01',
      inForceFrom: '2005-01-01',
      inForceTo: '2023-12-31',
    },
    shows: ['village-2004', '2024-01', '2005-01-01', '2023-12-31'],
    field: 'standard',
    request: async (books) => {
      const { creditCode: owner } = await books.book();
      return post('/books', {
        organization: owner,
        name: '旧制度账套',
        standard: 'village-2004',
        startPeriod: '2024-01',
      });
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
    shows: [],
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
  ACCOUNT_UNKNOWN: {
    status: 422,
    facts: { account: '50188', standard: 'rural-collective-2024' },
    shows: ['50188', 'rural-collective-2024'],
    field: 'account',
    request: async (books) =>
      post(`/books/${(await books.book()).id}/income`, incomeBody('2024-01-20', 100, { account: '50188' })),
  },
  ACCOUNT_NOT_LEAF: {
    status: 422,
    facts: { account: '503', name: '补助收入', children: ['50301', '50302'] },
    shows: ['503', '50301', '50302'],
    request: async (books) =>
      post(`/books/${(await books.book()).id}/income`, incomeBody('2024-01-20', 100, { account: '503' })),
  },
  ACCOUNT_RETIRED: {
    status: 422,
    facts: { account: '50106', name: '电商与品牌收入', retiredOn: '2024-01-01' },
    shows: ['50106', '2024-01-01'],
    request: async (books) => {
      const { id } = await books.book();
      await books.accepted(`/books/${id}/accounts/50106/retire`, { effectiveOn: '2024-01-01' });
      return post(`/books/${id}/income`, incomeBody('2024-01-20', 100, { account: '50106' }));
    },
  },
  ACCOUNT_DUPLICATE: {
    status: 422,
    facts: { account: '50102', name: '出租收入' },
    shows: ['50102', '出租收入'],
    request: async (books) =>
      post(`/books/${(await books.book()).id}/accounts`, { code: '50102', name: '又一个', effectiveOn: '2024-01-01' }),
  },
  ACCOUNT_PARENT: {
    status: 422,
    facts: { account: '10201', parent: '102' },
    shows: ['10201', '102'],
    request: async (books) =>
      post(`/books/${(await books.book()).id}/accounts`, { code: '10201', name: '农商行', effectiveOn: '2024-01-01' }),
  },
  OPENING_UNBALANCED: {
    status: 422,
    facts: { column: 'balance', debitFen: 500_00, creditFen: 400_00 },
    shows: ['500.00', '400.00', '100.00'],
    request: async (books) =>
      post(
        `/books/${(await books.book()).id}/opening-balances`,
        signed({ lines: [line('102', 'debit', 500_00), line('301', 'credit', 400_00)] }),
      ),
  },
  OPENING_AFTER_POSTING: {
    status: 422,
    facts: {},
    shows: [],
    request: async (books) => {
      const { id } = await books.book();
      await books.income(id, '2024-01-20', 100);
      const body = signed({ lines: [line('102', 'debit', 500_00), line('301', 'credit', 500_00)] });
      return post(`/books/${id}/opening-balances`, body, { facts: { book: id, period: '2024' }, shows: [id, '2024'] });
    },
  },
  OPENING_YEAR_TO_DATE: {
    status: 422,
    facts: { account: '50102', startPeriod: '2024-01' },
    shows: ['50102', '2024-01'],
    request: async (books) =>
      post(
        `/books/${(await books.book()).id}/opening-balances`,
        signed({ lines: [line('102', 'debit', 100), line('50102', 'credit', 100)] }),
      ),
  },
  VOUCHER_UNBALANCED: {
    status: 422,
    facts: { debitFen: 500_00, creditFen: 300_00 },
    shows: ['500.00', '300.00', '200.00'],
    request: async (books) =>
      post(
        `/books/${(await books.book()).id}/vouchers`,
        voucherBody('2024-01-20', [line('102', 'debit', 500_00), line('301', 'credit', 300_00)]),
      ),
  },
  VOUCHER_EMPTY: {
    status: 422,
    facts: { lines: 1 },
    shows: ['1', '2'],
    request: async (books) =>
      post(`/books/${(await books.book()).id}/vouchers`, voucherBody('2024-01-20', [line('102', 'debit', 500_00)])),
  },
  VOUCHER_UNKNOWN: {
    status: 404,
    facts: { period: '2024-01', voucherNo: 9 },
    shows: ['2024-01', '记-9'],
    request: async (books) =>
      post(`/books/${(await books.book()).id}/vouchers/2024-01/9/reversal`, signed({ reason: '录错' })),
  },
  AMOUNT_NOT_POSITIVE: {
    status: 422,
    facts: { amountFen: -100_00 },
    shows: ['-100.00'],
    field: 'amountFen',
    request: async (books) => post(`/books/${(await books.book()).id}/income`, incomeBody('2024-01-20', -100_00)),
  },
  AMOUNT_PRECISION: {
    status: 422,
    facts: { amount: 12.5 },
    shows: ['12.5'],
    field: 'amountFen',
    request: async (books) => post(`/books/${(await books.book()).id}/income`, incomeBody('2024-01-20', 12.5)),
  },
  AMOUNT_TOO_LARGE: {
    status: 422,
    facts: { amountFen: 10_000_000_000_001, limitFen: 10_000_000_000_000 },
    shows: ['10000000000001', '100,000,000,000.00'],
    field: 'amountFen',
    request: async (books) =>
      post(`/books/${(await books.book()).id}/income`, incomeBody('2024-01-20', 10_000_000_000_001)),
  },
  DIMENSION_REQUIRED: {
    status: 422,
    facts: { account: '241', dimension: 'grant' },
    shows: ['241', 'grant'],
    field: 'lines.1.grant',
    request: async (books) =>
      post(
        `/books/${(await books.book()).id}/vouchers`,
        voucherBody('2024-01-20', [line('102', 'debit', 500_00), line('241', 'credit', 500_00)]),
      ),
  },
  SOURCE_DOCUMENT_DUPLICATE: {
    status: 422,
    facts: { sourceDocument: 'INV-7', period: '2024-01', voucherNo: 1 },
    shows: ['INV-7', '2024-01', '记-1'],
    request: async (books) => {
      const { id } = await books.book();
      await books.income(id, '2024-01-20', 100, { sourceDocument: 'INV-7' });
      return post(`/books/${id}/income`, incomeBody('2024-02-20', 200, { sourceDocument: 'INV-7' }));
    },
  },
  SAME_PERSON: {
    status: 422,
    facts: { person: 'accountant-1', roles: ['preparedBy', 'reviewedBy'] },
    shows: ['accountant-1'],
    request: async (books) =>
      post(`/books/${(await books.book()).id}/income`, incomeBody('2024-01-20', 100, { reviewedBy: 'accountant-1' })),
  },
  CASH_NEGATIVE: {
    status: 422,
    facts: { on: '2024-01-25', balanceFen: -50_00 },
    shows: ['2024-01-25', '-50.00'],
    request: async (books) => {
      const { id } = await books.book();
      await books.income(id, '2024-01-20', 100_00, { settlement: { account: '101' } });
      return post(`/books/${id}/expenses`, expenseBody('2024-01-25', 150_00, { settlement: { account: '101' } }));
    },
  },
  DATE_IN_FUTURE: {
    status: 422,
    facts: {},
    shows: ['2999-01-01'],
    field: 'effectiveOn',
    request: async (books) => {
      const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
      return post(`/books/${(await books.book()).id}/income`, incomeBody('2999-01-01', 100), {
        facts: { date: '2999-01-01', today },
        shows: [today],
      });
    },
  },
  PERIOD_NOT_OPEN: {
    status: 422,
    facts: { period: '2023-12', startPeriod: '2024-01', oldestOpen: '2024-01' },
    shows: ['2023-12', '2024-01'],
    request: async (books) => post(`/books/${(await books.book()).id}/income`, incomeBody('2023-12-20', 100)),
  },
  PERIOD_CLOSED: {
    status: 422,
    facts: { period: '2024-01', lastClosed: '2024-02', oldestOpen: '2024-03' },
    shows: ['2024-01', '2024-02', '2024-03'],
    field: 'effectiveOn',
    request: async (books) => {
      const { id } = await books.book();
      await books.close(id, '2024-01', '2024-02');
      return post(`/books/${id}/income`, incomeBody('2024-01-20', 100));
    },
  },
  PERIOD_SEQUENCE: {
    status: 422,
    facts: { period: '2024-03', expected: '2024-01' },
    shows: ['2024-03', '2024-01'],
    request: async (books) =>
      post(`/books/${(await books.book()).id}/periods/2024-03/close`, { closedBy: 'director-1' }),
  },
  CLOSE_BY_YEAR: {
    status: 422,
    facts: { period: '2024-12', year: 2024 },
    shows: ['2024-12', '2024'],
    request: async (books) =>
      post(`/books/${(await books.book()).id}/periods/2024-12/close`, { closedBy: 'director-1' }),
  },
  YEAR_CLOSED: {
    status: 422,
    facts: { year: 2024 },
    shows: ['2024'],
    request: async (books) => {
      const { id } = await books.book();
      await books.close(id, ...MONTHS_OF_2024);
      await books.closeYear(id, 2024);
      return post(`/books/${id}/years/2024/close`, signed({ closedBy: 'director-1' }));
    },
  },
  CLOSE_BLOCKED: {
    status: 422,
    facts: { account: '181', balanceFen: 30_00 },
    shows: ['181', '30.00'],
    request: async (books) => {
      const { id } = await books.book();
      const lines = [line('181', 'debit', 30_00), line('121', 'credit', 30_00)];
      await books.accepted(`/books/${id}/vouchers`, voucherBody('2024-01-20', lines));
      return post(`/books/${id}/periods/2024-01/close`, { closedBy: 'director-1' });
    },
  },
  ALREADY_REVERSED: {
    status: 422,
    facts: { period: '2024-01', voucherNo: 1, byPeriod: '2024-01', byVoucherNo: 2 },
    shows: ['2024-01', '记-1', '记-2'],
    request: async (books) => {
      const { id } = await books.book();
      await books.income(id, '2024-01-20', 100);
      await books.accepted(`/books/${id}/vouchers/2024-01/1/reversal`, signed({ reason: '录错' }));
      return post(`/books/${id}/vouchers/2024-01/1/reversal`, signed({ reason: '录错' }));
    },
  },
  NOT_REVERSIBLE: {
    status: 422,
    facts: { period: '2024-01', voucherNo: 2, kind: 'reversal' },
    shows: ['2024-01', '记-2'],
    request: async (books) => {
      const { id } = await books.book();
      await books.income(id, '2024-01-20', 100);
      await books.accepted(`/books/${id}/vouchers/2024-01/1/reversal`, signed({ reason: '录错' }));
      return post(`/books/${id}/vouchers/2024-01/2/reversal`, signed({ reason: '再冲' }));
    },
  },
  INPUT_INVALID: {
    status: 400,
    facts: {
      problems: [
        {
          field: 'effectiveOn',
          zh: '应为存在的日期YYYY-MM-DD,例如2024-01-31',
          en: 'must be a date that exists, as YYYY-MM-DD, such as 2024-01-31',
        },
      ],
    },
    shows: ['effectiveOn', '2024-01-31'],
    request: async (books) => post(`/books/${(await books.book()).id}/income`, incomeBody('2024-02-30', 100)),
  },
  TOKEN_REQUIRED: {
    status: 401,
    facts: {},
    shows: ['Authorization: Bearer'],
    request: async () => post('/divisions', division({}), { headers: { authorization: 'Bearer wrong' } }),
  },
  ROUTE_UNKNOWN: {
    status: 404,
    facts: { method: 'GET', path: '/api/v1/nowhere' },
    shows: ['GET', '/api/v1/nowhere', '/docs'],
    request: async () => get('/nowhere'),
  },
  BODY_TOO_LARGE: {
    status: 413,
    facts: { limitBytes: 1_048_576 },
    shows: ['1048576'],
    request: async () => post('/divisions', `{"name":"${'x'.repeat(1_100_000)}"}`),
  },
  MEDIA_TYPE_UNKNOWN: {
    status: 415,
    facts: { mediaType: 'text/csv' },
    shows: ['text/csv', 'application/json'],
    request: async () => post('/divisions', 'a,b', { headers: { 'content-type': 'text/csv' } }),
  },
  FACT_TOO_LARGE: {
    status: 422,
    facts: {},
    shows: ['65'],
    request: async (books) => {
      const lines = Array.from({ length: 700 }, (_, i) => line('102', i % 2 === 0 ? 'debit' : 'credit', 100));
      return post(`/books/${(await books.book()).id}/vouchers`, voucherBody('2024-01-20', lines), {
        facts: { type: 'VoucherPosted', bytes: expect.any(Number) },
      });
    },
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    facts: { key: 'key-used-twice' },
    shows: ['key-used-twice'],
    request: async (books) => {
      const { id } = await books.book();
      const headers = { 'idempotency-key': 'key-used-twice' };
      await books.accepted(`/books/${id}/income`, incomeBody('2024-01-20', 100), headers);
      return post(`/books/${id}/income`, incomeBody('2024-01-20', 101), { headers });
    },
  },
  REVISION_STALE: {
    status: 412,
    facts: { expected: 0, actual: 1 },
    shows: ['0', '1'],
    request: async (books) => {
      const { id } = await books.book();
      await books.income(id, '2024-01-20', 100);
      await books.income(id, '2024-01-21', 100);
      return post(`/books/${id}/income`, incomeBody('2024-01-22', 100), { headers: { 'if-match': '"0"' } });
    },
  },
  KNOWN_AT_IN_FUTURE: {
    status: 422,
    facts: {},
    shows: ['999999999'],
    request: async (_, ledger) => {
      const { head } = (await ledger.get<{ head: number }>('/health/ready')).body;
      return get('/divisions?knownAt=999999999', { facts: { knownAt: '999999999', head }, shows: [String(head)] });
    },
  },
  BASIS_NOT_OFFERED: {
    status: 422,
    facts: { basis: 'restated' },
    shows: ['restated', 'booked'],
    request: async (books) => get(`/books/${(await books.book()).id}/balances?basis=restated`),
  },
};
