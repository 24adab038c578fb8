import { describe, expect, it } from '@jest/globals';
import { codeOf, isUnder, netFen } from '@ledger/accounting';
import { type CloseYear, type LedgerFact, Refusal } from '@ledger/domain';
import * as fc from 'fast-check';
import {
  BOOK,
  bookOf,
  decideAfter,
  expense,
  given,
  income,
  LEDGER_HASH,
  leavesUnder,
  line,
  recorded,
  VILLAGE,
  voucher,
  yearClose,
  yearOfFacts,
} from '../../support/given-ledger-year.js';

const a = (code: string) => `rural-collective-2024:${code}`;
const said = { today: '2025-01-20' };
const due = { ...said, lastClosed: '2024-11' };
const traded = recorded([income({ amountFen: 1_000 }), expense({ amountFen: 300, effectiveOn: '2024-12-05' })], said);
const posted = (voucherNo: number, lines: readonly object[], summary: string) => ({
  type: 'VoucherPosted',
  version: 1,
  division: VILLAGE,
  effectiveOn: '2024-12-31',
  data: {
    book: BOOK,
    period: '2024-12',
    bookedOn: '2024-12-31',
    voucherNo,
    kind: 'closing',
    summary,
    lines,
    preparedBy: 'accountant-1',
    reviewedBy: 'reviewer-1',
    attachmentCount: 0,
  },
});
const clerk = { closedBy: 'director-1' };

const appropriating = (more: object) =>
  yearClose(2024, { appropriations: [{ account: '311', amountFen: 1, summary: '分配', ...more }] });

describe('closing a year', () => {
  it('T25–T27: surplus, reserve, distribution to a member, December and the year in one append', () => {
    const balances = [
      { account: a('102'), side: 'debit', amountFen: 700 },
      { account: a('113'), side: 'credit', amountFen: 200 },
      { account: a('311'), side: 'credit', amountFen: 210 },
      { account: a('32202'), side: 'credit', amountFen: 290 },
    ];
    const appropriations = [
      { account: '311', amountFen: 210, summary: '提取公积公益金' },
      { account: '113', amountFen: 200, summary: '成员分红', party: 'household-9' },
    ];
    given(...traded)
      .beside(due)
      .when(yearClose(2024, { appropriations }))
      .records(
        posted(
          2,
          [line('50102', 'debit', 1_000, '结转本年收入'), line('321', 'credit', 1_000, '结转本年收入')],
          '结转本年收入',
        ),
        posted(
          3,
          [line('321', 'debit', 300, '结转本年支出'), line('51302', 'credit', 300, '结转本年支出')],
          '结转本年支出',
        ),
        posted(
          4,
          [line('321', 'debit', 700, '结转本年收益'), line('32202', 'credit', 700, '结转本年收益')],
          '结转本年收益',
        ),
        posted(
          5,
          [line('32201', 'debit', 210, '提取公积公益金'), line('311', 'credit', 210, '提取公积公益金')],
          '提取公积公益金',
        ),
        posted(
          6,
          [line('32201', 'debit', 200, '成员分红'), line('113', 'credit', 200, '成员分红', { party: 'household-9' })],
          '成员分红',
        ),
        posted(
          7,
          [line('32202', 'debit', 410, '结转各项分配'), line('32201', 'credit', 410, '结转各项分配')],
          '结转各项分配',
        ),
        {
          type: 'PeriodClosed',
          version: 1,
          division: VILLAGE,
          effectiveOn: '2024-12-31',
          data: { book: BOOK, period: '2024-12', ...clerk, vouchers: 7, ledgerHash: LEDGER_HASH, balances },
        },
        {
          type: 'YearClosed',
          version: 1,
          division: VILLAGE,
          effectiveOn: '2024-12-31',
          data: { book: BOOK, year: 2024, ...clerk, balances },
        },
      );
  });

  it('closes an empty year without vouchers', () =>
    given()
      .beside(due)
      .when(yearClose(2024))
      .recordsData({ period: '2024-12', vouchers: 0, balances: [] }, { year: 2024, balances: [] }));

  it('waits for the last day of the year, because it is final', () => {
    const december = given().beside({ lastClosed: '2024-11' });
    december
      .beside({ today: '2024-12-30' })
      .when(yearClose(2024))
      .refuses('DATE_IN_FUTURE', { date: '2024-12-31', today: '2024-12-30' }, 'period');
    december
      .beside({ today: '2024-12-31' })
      .when(yearClose(2024))
      .records(
        {
          type: 'PeriodClosed',
          version: 1,
          division: VILLAGE,
          effectiveOn: '2024-12-31',
          data: { book: BOOK, period: '2024-12', ...clerk, vouchers: 0, ledgerHash: LEDGER_HASH, balances: [] },
        },
        {
          type: 'YearClosed',
          version: 1,
          division: VILLAGE,
          effectiveOn: '2024-12-31',
          data: { book: BOOK, year: 2024, ...clerk, balances: [] },
        },
      );
  });

  it('keeps what was carried in', () =>
    given()
      .beside({
        ...due,
        carried: new Map([
          [a('102'), 5],
          [a('32202'), -5],
        ]),
      })
      .when(yearClose(2024))
      .recordsData(
        {},
        {
          balances: [
            { account: a('102'), side: 'debit', amountFen: 5 },
            { account: a('32202'), side: 'credit', amountFen: 5 },
          ],
        },
      ));

  it('waits for January to November, and for the year to reach December', () => {
    given(...traded)
      .beside(said)
      .when(yearClose(2024))
      .refuses('PERIOD_SEQUENCE', { period: '2024-12', expected: '2024-01' }, 'period');
    given().when(yearClose(2024)).refuses('DATE_IN_FUTURE', { date: '2024-12-31', today: '2024-06-15' }, 'period');
  });

  it('happens once', () => {
    const facts = [...traded, ...decideAfter(traded, yearClose(2024), due)];
    given(...facts)
      .beside(said)
      .when(yearClose(2024))
      .refuses('YEAR_CLOSED', { year: 2024 }, 'year');
  });

  it('is blocked while 181 is not cleared', () =>
    given(
      ...recorded(
        [
          voucher([
            ['121', 'debit', 5],
            ['181', 'credit', 5],
          ]),
        ],
        said,
      ),
    )
      .beside(due)
      .when(yearClose(2024))
      .refuses('CLOSE_BLOCKED', { account: '181', balanceFen: -5 }));

  it.each<[string, Partial<CloseYear>, string, [string, string]]>([
    [
      'who prepared a voucher of December',
      { preparedBy: 'accountant-2', closedBy: 'accountant-1' },
      'accountant-1',
      ['preparedBy', 'closedBy'],
    ],
    [
      'who prepares its closing vouchers',
      { preparedBy: 'accountant-2', closedBy: 'accountant-2' },
      'accountant-2',
      ['preparedBy', 'closedBy'],
    ],
    [
      'who reviewed a voucher of December',
      { reviewedBy: 'reviewer-2', closedBy: 'reviewer-1' },
      'reviewer-1',
      ['reviewedBy', 'closedBy'],
    ],
    [
      'who reviews its closing vouchers',
      { reviewedBy: 'reviewer-2', closedBy: 'reviewer-2' },
      'reviewer-2',
      ['reviewedBy', 'closedBy'],
    ],
    ['one person alone', { reviewedBy: 'accountant-1' }, 'accountant-1', ['preparedBy', 'reviewedBy']],
  ])('is not done by %s', (_, command, person, roles) =>
    given(...traded)
      .beside(due)
      .when(yearClose(2024, command))
      .refuses('SAME_PERSON', { person, roles }),
  );

  it.each([
    ['101', '库存现金'],
    ['102', '银行存款'],
    ['181', '待处理财产损溢'],
    ['241', '专项应付款'],
    ['321', '本年收益'],
    ['32201', '各项分配'],
    ['32202', '未分配收益'],
    ['50102', '出租收入'],
    ['511', '经营支出'],
  ])('appropriates nothing to %s %s', (account, name) =>
    given(...traded)
      .beside(due)
      .when(yearClose(2024, { appropriations: [{ account, amountFen: 1, summary: '分配' }] }))
      .refuses('ACCOUNT_KIND', { account, name, wanted: 'appropriation' }, 'appropriations.0.account'),
  );

  it('distributes what the collective has earned, this year and before, and no more', () => {
    const appropriations = [
      { account: '311', amountFen: 600, summary: '提取公积公益金' },
      { account: '113', amountFen: 101, summary: '成员分红', party: 'household-9' },
    ];
    const close = yearClose(2024, { appropriations });
    const over = { distributableFen: 700, appropriatedFen: 701 };
    const year = given(...traded).beside(due);
    const carrying = (fen: number) => year.beside({ carried: new Map([[a('32202'), fen]]) });
    year.when(close).refuses('DISTRIBUTION_EXCEEDS_DISTRIBUTABLE', over, 'appropriations');
    carrying(-1)
      .when(close)
      .recordsData(
        {},
        {},
        {},
        {},
        {},
        {},
        {},
        {
          balances: [{ account: a('102') }, { account: a('113') }, { account: a('311'), amountFen: 600 }],
        },
      );
    carrying(5)
      .when(close)
      .refuses('DISTRIBUTION_EXCEEDS_DISTRIBUTABLE', { ...over, distributableFen: 695 });
    carrying(5_000)
      .when(close)
      .refuses('DISTRIBUTION_EXCEEDS_DISTRIBUTABLE', { ...over, distributableFen: 0 });
    carrying(5_000).when(yearClose(2024)).recordsData({}, {}, {}, {}, {});
  });

  it('refuses an appropriation without an amount, an investment without a party, and personal data', () => {
    const closing = given(...traded).beside(due);
    closing
      .when(appropriating({ amountFen: 0 }))
      .refuses('AMOUNT_NOT_POSITIVE', { amountFen: 0 }, 'appropriations.0.amountFen');
    closing
      .when(appropriating({ account: '141' }))
      .refuses('DIMENSION_REQUIRED', { account: '141', dimension: 'party' }, 'appropriations.0.party');
    closing
      .when(appropriating({ summary: '13800138000' }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'appropriations.0.summary');
    closing
      .when(appropriating({ party: 'h13800138000' }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'appropriations.0.party');
  });

  it('closes a book under the chart of 2004 by its own accounts', () => {
    const book = bookOf('village-2004', '2022-01');
    const old = { book, today: '2023-01-10' };
    const facts = recorded(
      [
        income({ account: '51101', amountFen: 900, effectiveOn: '2022-05-01' }),
        expense({ account: '502', amountFen: 400, effectiveOn: '2022-05-02' }),
      ],
      old,
    );
    given(...facts)
      .beside({ ...old, lastClosed: '2022-11' })
      .when(yearClose(2022))
      .recordsData(
        { kind: 'closing' },
        { kind: 'closing' },
        { kind: 'closing' },
        { period: '2022-12', vouchers: 3 },
        {
          year: 2022,
          balances: [
            { account: 'village-2004:102', side: 'debit', amountFen: 500 },
            { account: 'village-2004:32202', side: 'credit', amountFen: 500 },
          ],
        },
      );
  });
});

describe('after any year', () => {
  const amountFen = fc.integer({ min: 1, max: 1_000_000 });
  const month = fc.integer({ min: 1, max: 12 }).map((m) => `2024-${String(m).padStart(2, '0')}-15`);
  const standard = 'rural-collective-2024' as const;
  const earned = fc.record({
    account: fc.constantFrom(...leavesUnder(standard, ['501', '502', '503', '504'])),
    amountFen,
    effectiveOn: month,
  });
  const spent = fc.record({
    account: fc.constantFrom(...leavesUnder(standard, ['511', '512', '513', '514', '515', '521'])),
    amountFen,
    effectiveOn: month,
  });
  const loss = fc.record({ amountFen, effectiveOn: month });
  const appropriation = fc.record({
    account: fc.constantFrom('311', '113', '211', '50102', '32202', '321'),
    amountFen,
    summary: fc.constant('分配'),
  });

  it('income, expense, 321 and 各项分配 are zero, and debits equal credits', () =>
    fc.assert(
      fc.property(
        fc.array(earned),
        fc.array(spent),
        fc.array(loss, { maxLength: 3 }),
        fc.array(appropriation, { maxLength: 3 }),
        (ins, outs, losses, appropriations) => {
          const facts = recorded(
            [
              ...ins.map(income),
              ...outs.map(expense),
              ...losses.map((l) =>
                voucher(
                  [
                    ['50201', 'debit', l.amountFen],
                    ['102', 'credit', l.amountFen],
                  ],
                  { effectiveOn: l.effectiveOn },
                ),
              ),
            ],
            said,
          );
          let closing: LedgerFact[] = [];
          try {
            closing = decideAfter(facts, yearClose(2024, { appropriations }), due);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            expect(['ACCOUNT_KIND', 'DISTRIBUTION_EXCEEDS_DISTRIBUTABLE']).toContain(error.code);
            return;
          }
          const balances = [...(yearOfFacts([...facts, ...closing]).closingBalances ?? [])];
          expect(balances.filter(([account]) => isUnder(codeOf(account), ['5', '321', '32201']))).toStrictEqual([]);
          expect(balances.reduce((sum, [, net]) => sum + net, 0)).toBe(0);
          const numbers = closing.flatMap(({ data }) => ('kind' in data ? [data.voucherNo] : []));
          const first = numbers[0] ?? 1;
          expect(numbers).toStrictEqual(numbers.map((_, i) => first + i));
          for (const { data } of closing)
            if ('kind' in data) expect(data.lines.reduce((sum, l) => sum + netFen(l), 0)).toBe(0);
        },
      ),
    ));
});
