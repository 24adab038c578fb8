import { expect } from '@jest/globals';
import { incomeBody, voucherBody } from '../../support/village-books.js';
import { post, get, division, line, type Scene } from './scene.js';

export const requestsScenes: Readonly<Record<string, Scene>> = {
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
    shows: ['Authorization: Bearer', { zh: '密码填接口令牌', en: 'an API token as the password' }],
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
    shows: ['54000'],
    request: async (books) => {
      const lines = Array.from({ length: 700 }, (_, i) => line('102', i % 2 === 0 ? 'debit' : 'credit', 100));
      return post(`/books/${(await books.book()).id}/vouchers`, voucherBody('2024-01-20', lines), {
        facts: { type: 'VoucherPosted', bytes: expect.any(Number), limitBytes: 54_000 },
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
