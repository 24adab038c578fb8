import { incomeBody, MONTHS_OF_2024, voucherBody } from '../../support/village-books.js';
import { post, line, signed, type Scene } from './scene.js';

export const periodsScenes: Readonly<Record<string, Scene>> = {
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
    sentences: {
      zh: '2024-01期间已结账(已结至2024-02),不能再记账。请在当前期间2024-03补记,并填写以前期间更正原因(correction.reason)。',
      en: 'Period 2024-01 is closed (closed up to 2024-02). Book it in the open period 2024-03 by giving correction.reason, why an earlier period is corrected.',
    },
    field: 'effectiveOn',
    request: async (books) => {
      const { id } = await books.book();
      await books.close(id, '2024-01', '2024-02');
      return post(`/books/${id}/income`, incomeBody('2024-01-20', 100));
    },
  },
  CORRECTION_NOT_NEEDED: {
    status: 422,
    facts: { period: '2024-01' },
    shows: ['2024-01', 'correction'],
    field: 'correction',
    request: async (books) =>
      post(
        `/books/${(await books.book()).id}/income`,
        incomeBody('2024-01-20', 100, { correction: { reason: '漏记' } }),
      ),
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
  DISTRIBUTION_EXCEEDS_DISTRIBUTABLE: {
    status: 422,
    facts: { distributableFen: 500_00, appropriatedFen: 600_00 },
    shows: ['500.00', '600.00'],
    field: 'appropriations',
    request: async (books) => {
      const { id } = await books.book();
      await books.income(id, '2024-01-20', 500_00);
      await books.close(id, ...MONTHS_OF_2024);
      const appropriations = [{ account: '311', amountFen: 600_00, summary: '提取公积公益金' }];
      return post(`/books/${id}/years/2024/close`, signed({ closedBy: 'director-1', appropriations }));
    },
  },
  ALREADY_REVERSED: {
    status: 422,
    facts: { period: '2024-01', voucherNo: 1, byPeriod: '2024-01', byVoucherNo: 2 },
    shows: ['2024-01', '记-1', '记-2'],
    sentences: {
      zh: '2024-01 记-1已由2024-01 记-2冲销,不能再次冲销。',
      en: 'Voucher 记-1 of 2024-01 was already reversed by 记-2 of 2024-01; it cannot be reversed twice.',
    },
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
};
