import { describe, expect, it } from '@jest/globals';
import { bookOf, given, income, line, recorded, VILLAGE, BOOK } from '../../support/given-ledger-year.js';
import { MAX_AMOUNT_FEN } from '@ledger/domain';

const head = { book: BOOK, period: '2024-01', bookedOn: '2024-01-20', voucherNo: 1, kind: 'ordinary' };
const signed = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1', attachmentCount: 0 };
const recordedOn = (effectiveOn: string, data: object) => ({
  type: 'IncomeRecorded',
  version: 1,
  division: VILLAGE,
  effectiveOn,
  data,
});

const retired = (account: string) =>
  bookOf('rural-collective-2024', '2024-01', [
    {
      type: 'AccountRetired',
      version: 1,
      division: VILLAGE,
      effectiveOn: '2024-02-01',
      data: { book: BOOK, account: `rural-collective-2024:${account}` },
    },
  ]);

describe('income', () => {
  it('T1: shop rent due, with tax on top, from a tenant under a contract', () =>
    given()
      .when(
        income({
          taxFen: 640_00,
          settlement: { account: '112', party: 'tenant-7' },
          project: 'project-3',
          contract: 'contract-12',
          asset: 'asset-5',
          sourceDocument: '合同2024-12',
          attachmentCount: 2,
          nonRecurring: true,
        }),
      )
      .records(
        recordedOn('2024-01-20', {
          ...head,
          summary: '店面租金',
          lines: [
            line('112', 'debit', 13_440_00, '店面租金', { party: 'tenant-7' }),
            line('50102', 'credit', 12_800_00, '店面租金', {
              project: 'project-3',
              contract: 'contract-12',
              asset: 'asset-5',
            }),
            line('214', 'credit', 640_00, '店面租金'),
          ],
          ...signed,
          attachmentCount: 2,
          sourceDocument: '合同2024-12',
          nonRecurring: true,
        }),
      ));

  it('T2: a contract fee owed by a member household', () =>
    given()
      .when(
        income({
          account: '50103',
          amountFen: 3_000_00,
          settlement: { account: '113', party: 'household-9' },
          summary: '山林发包',
        }),
      )
      .records(
        recordedOn('2024-01-20', {
          ...head,
          summary: '山林发包',
          lines: [
            line('113', 'debit', 3_000_00, '山林发包', { party: 'household-9' }),
            line('50103', 'credit', 3_000_00, '山林发包'),
          ],
          ...signed,
        }),
      ));

  it('T3: profit that a village enterprise hands up', () =>
    given()
      .when(
        income({
          account: '50203',
          amountFen: 50_000_00,
          settlement: { account: '112', party: 'company-1' },
          summary: '上交利润',
        }),
      )
      .records(
        recordedOn('2024-01-20', {
          ...head,
          summary: '上交利润',
          lines: [
            line('112', 'debit', 50_000_00, '上交利润', { party: 'company-1' }),
            line('50203', 'credit', 50_000_00, '上交利润'),
          ],
          ...signed,
        }),
      ));

  it('T6: a subsidy for running costs', () =>
    given()
      .when(income({ account: '50301', amountFen: 100_000_00, summary: '运转补助' }))
      .records(
        recordedOn('2024-01-20', {
          ...head,
          summary: '运转补助',
          lines: [line('102', 'debit', 100_000_00, '运转补助'), line('50301', 'credit', 100_000_00, '运转补助')],
          ...signed,
        }),
      ));

  it('T24: interest from the bank', () =>
    given()
      .when(income({ account: '504', amountFen: 31_42, summary: '存款利息', effectiveOn: '2024-03-21' }))
      .records(
        recordedOn('2024-03-21', {
          ...head,
          period: '2024-03',
          bookedOn: '2024-03-21',
          summary: '存款利息',
          lines: [line('102', 'debit', 31_42, '存款利息'), line('504', 'credit', 31_42, '存款利息')],
          ...signed,
        }),
      ));

  it('carries its origin in a demo, and is refused with one elsewhere', () => {
    given()
      .beside({ demo: true })
      .when(income({ origin: 'SEED' }))
      .recordsData({ origin: 'SEED' });
    given()
      .when(income({ origin: 'SEED' }))
      .refuses('ORIGIN_ONLY_IN_DEMO', { origin: 'SEED' }, 'origin');
  });

  it('leaves out what is not said: no tax, an ordinary income', () => {
    const [fact] = recorded([income({ taxFen: 0, nonRecurring: false })]);
    expect(Object.keys(fact?.data ?? {})).toStrictEqual([
      'book',
      'period',
      'bookedOn',
      'voucherNo',
      'kind',
      'summary',
      'lines',
      'preparedBy',
      'reviewedBy',
      'attachmentCount',
    ]);
  });
});

describe('income is refused', () => {
  const standard = 'rural-collective-2024';

  it.each(['599', 'village-2004:501'])('on account %s, which the book does not have', (account) =>
    given().when(income({ account })).refuses('ACCOUNT_UNKNOWN', { account, standard }, 'account'),
  );

  it.each([
    ['511', '经营支出'],
    ['51302', '办公费'],
    ['102', '银行存款'],
  ])('on account %s %s, which is no income account', (account, name) =>
    given().when(income({ account })).refuses('ACCOUNT_KIND', { account, name, wanted: 'income' }, 'account'),
  );

  it.each([
    ['211', '应付款'],
    ['301', '资本'],
    ['504', '其他收入'],
  ])('when settled through %s %s', (account, name) =>
    given()
      .when(income({ settlement: { account } }))
      .refuses('ACCOUNT_KIND', { account, name, wanted: 'incomeSettlement' }, 'settlement.account'),
  );

  it('on an account with others below it', () =>
    given()
      .when(income({ account: '503' }))
      .refuses('ACCOUNT_NOT_LEAF', { account: '503', name: '补助收入', children: ['50301', '50302'] }, 'account'));

  it('on a retired account, also through the tax on top', () => {
    given()
      .beside({ book: retired('504') })
      .when(income({ account: '504' }))
      .refuses('ACCOUNT_RETIRED', { account: '504', name: '其他收入', retiredOn: '2024-02-01' }, 'account');
    given()
      .beside({ book: retired('214') })
      .when(income({ taxFen: 100 }))
      .refuses('ACCOUNT_RETIRED', { account: '214', name: '应交税费', retiredOn: '2024-02-01' }, 'taxFen');
  });

  it.each([0, -1])('with the amount %d', (amountFen) =>
    given().when(income({ amountFen })).refuses('AMOUNT_NOT_POSITIVE', { amountFen }, 'amountFen'),
  );

  it('with parts of a fen', () => {
    given()
      .when(income({ amountFen: 0.5 }))
      .refuses('AMOUNT_PRECISION', { amount: 0.5 }, 'amountFen');
    given()
      .when(income({ taxFen: 1.1 }))
      .refuses('AMOUNT_PRECISION', { amount: 1.1 }, 'taxFen');
    given()
      .when(income({ taxFen: -1 }))
      .refuses('AMOUNT_NOT_POSITIVE', { amountFen: -1 }, 'taxFen');
  });

  it('above 10^13 fen, the tax included; exactly that much is accepted', () => {
    const limitFen = MAX_AMOUNT_FEN;
    given()
      .when(income({ amountFen: limitFen }))
      .recordsData({ voucherNo: 1 });
    given()
      .when(income({ amountFen: limitFen + 1 }))
      .refuses('AMOUNT_TOO_LARGE', { amountFen: limitFen + 1, limitFen }, 'amountFen');
    given()
      .when(income({ amountFen: limitFen, taxFen: 1 }))
      .refuses('AMOUNT_TOO_LARGE', { amountFen: limitFen + 1, limitFen }, 'taxFen');
  });

  it.each<[string, Parameters<typeof income>[0], string]>([
    ['the summary', { summary: '张三11010519491231002X' }, 'summary'],
    ['the source document', { sourceDocument: '13800138000' }, 'sourceDocument'],
    ['the project', { project: 'p-13800138000' }, 'project'],
    ['the contract', { contract: 'c-138-0013-8000' }, 'contract'],
    ['the asset', { asset: 'a11010519491231002X' }, 'asset'],
    ['the party', { settlement: { account: '113', party: 'h13800138000' } }, 'settlement.party'],
    ['the preparer', { preparedBy: 'u13800138000' }, 'preparedBy'],
  ])('with personal data in %s', (_, said, field) =>
    given()
      .when(income(said))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: /1949/.test(JSON.stringify(said)) ? 'residentId' : 'mobile' }, field),
  );
});

describe('under the chart of 2004', () => {
  const book = bookOf('village-2004', '2022-01');

  it('contract fees are 511 and profits 51102', () =>
    given()
      .beside({ book })
      .when(income({ account: '51101', effectiveOn: '2022-03-01' }))
      .recordsData({ lines: [{ account: 'village-2004:102' }, { account: 'village-2004:51101' }] }));

  it('502 is an expense, so no income', () =>
    given()
      .beside({ book })
      .when(income({ account: '502', effectiveOn: '2022-03-01' }))
      .refuses('ACCOUNT_KIND', { account: '502', name: '经营支出', wanted: 'income' }, 'account'));

  it('tax has no account', () =>
    given()
      .beside({ book })
      .when(income({ account: '501', taxFen: 100, effectiveOn: '2022-03-01' }))
      .refuses('ACCOUNT_UNKNOWN', { account: '应交税费', standard: 'village-2004' }, 'taxFen'));
});
