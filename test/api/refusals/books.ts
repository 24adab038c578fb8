import { charts } from '@ledger/accounting';
import { expenseBody, incomeBody, voucherBody } from '../../support/village-books.js';
import { post, line, signed, type Scene } from './scene.js';

/** Codes below an account that its chart leaves free. */
const childrenOf = (above: string): string[] => Array.from({ length: 89 }, (_, i) => `${above}${10 + i}`);

export const booksScenes: Readonly<Record<string, Scene>> = {
  ACCOUNT_UNKNOWN: {
    status: 422,
    facts: { account: '50188', standard: 'rural-collective-2024' },
    shows: ['50188', 'rural-collective-2024'],
    field: 'account',
    request: async (books) =>
      post(`/books/${(await books.book()).id}/income`, incomeBody('2024-01-20', 100, { account: '50188' })),
  },
  ACCOUNT_KIND: {
    status: 422,
    facts: { account: '51302', name: '办公费', wanted: 'income' },
    shows: ['51302', '办公费', { zh: '收入科目', en: 'income account' }],
    field: 'account',
    request: async (books) =>
      post(`/books/${(await books.book()).id}/income`, incomeBody('2024-01-20', 100, { account: '51302' })),
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
  ACCOUNT_LIMIT: {
    status: 422,
    facts: { limit: 400 },
    shows: ['400'],
    field: 'code',
    request: async (books) => {
      const path = `/books/${(await books.book()).id}/accounts`;
      const own = ['501', '502', '503', '514'].flatMap((above) => childrenOf(above));
      const added = own.slice(0, 400 - charts['rural-collective-2024'].accounts.length);
      for (const code of added) await books.accepted(path, { code, name: '明细', effectiveOn: '2024-01-01' });
      return post(path, { code: '51310', name: '再一个', effectiveOn: '2024-01-01' });
    },
  },
  OPENING_UNBALANCED: {
    status: 422,
    facts: { column: 'balance', debitFen: 500_00, creditFen: 400_00 },
    shows: ['500.00', '400.00', '100.00'],
    sentences: {
      zh: '期初余额借方合计500.00元,贷方合计400.00元,相差100.00元。请核对后重新录入。',
      en: 'Opening balances: debits 500.00 yuan, credits 400.00 yuan, difference 100.00. Check the lines and send all of them again.',
    },
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
      return post(`/books/${id}/opening-balances`, body, { facts: { book: id, year: 2024 }, shows: [id, '2024'] });
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
    sentences: {
      zh: '凭证借方合计500.00元,贷方合计300.00元,相差200.00元。请改正后提交。',
      en: "The voucher's debits are 500.00 yuan and its credits 300.00 yuan, difference 200.00. Correct the lines and send it again.",
    },
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
    sentences: {
      zh: '金额10000000000001分超过上限10000000000000分(100,000,000,000.00元)。请核对单位是否为分。',
      en: 'The amount 10000000000001 fen is above the limit of 10000000000000 fen (100,000,000,000.00 yuan). Check that the unit is fen.',
    },
    field: 'amountFen',
    request: async (books) =>
      post(`/books/${(await books.book()).id}/income`, incomeBody('2024-01-20', 10_000_000_000_001)),
  },
  DIMENSION_REQUIRED: {
    status: 422,
    facts: { account: '241', dimension: 'grant' },
    shows: ['241', { zh: '专项资金', en: 'grant' }],
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
    shows: ['accountant-1', { zh: '制单', en: 'prepare' }],
    request: async (books) =>
      post(`/books/${(await books.book()).id}/income`, incomeBody('2024-01-20', 100, { reviewedBy: 'accountant-1' })),
  },
  CASH_NEGATIVE: {
    status: 422,
    facts: { on: '2024-01-25', balanceFen: -50_00 },
    shows: ['2024-01-25', '-50.00'],
    sentences: {
      zh: '记账后库存现金(101)在2024-01-25日终为-50.00元,不能为负。请核对付款方式或先补记提现。',
      en: 'Cash on hand (101) would stand at -50.00 yuan at the end of 2024-01-25; it may not be negative. Check the way of payment, or record the withdrawal from the bank first.',
    },
    request: async (books) => {
      const { id } = await books.book();
      await books.income(id, '2024-01-20', 100_00, { settlement: { account: '101' } });
      return post(`/books/${id}/expenses`, expenseBody('2024-01-25', 150_00, { settlement: { account: '101' } }));
    },
  },
};
