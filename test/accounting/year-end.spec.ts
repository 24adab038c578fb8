import { charts, closingVouchers, isUnder, netFen, qualified, totals, type Chart, type Line } from '@ledger/accounting';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

const rural = charts['rural-collective-2024'];
const village = charts['village-2004'];

/** Net balances before closing, debit positive, under one chart. */
const balances = (chart: Chart, byCode: Record<string, number>) =>
  new Map(Object.entries(byCode).map(([code, fen]) => [qualified(chart.id, code), fen]));

/** A voucher of one summary, written as the columns of a journal: account, debit, credit. */
const voucher = (chart: Chart, summary: string, ...lines: [code: string, debitFen: number, creditFen: number][]) =>
  lines.map(([code, debitFen, creditFen]): Line => {
    const account = qualified(chart.id, code);
    return debitFen > 0
      ? { account, side: 'debit', amountFen: debitFen, summary }
      : { account, side: 'credit', amountFen: creditFen, summary };
  });

const afterwards = (before: ReadonlyMap<string, number>, vouchers: readonly Line[][]) => {
  const after = new Map(before);
  for (const line of vouchers.flat()) after.set(line.account, (after.get(line.account) ?? 0) + netFen(line));
  return after;
};

describe('closing a year', () => {
  it('T25, T26, T27: closes to the surplus, appropriates to the reserve and distributes to members', () => {
    const before = balances(rural, {
      '102': 500_000_00,
      '50102': -320_000_00,
      '50103': -45_000_50,
      '50301': -80_000_00,
      '504': -123_45,
      '51301': 106_000_00,
      '51401': 39_123_95,
      '32202': -10_000_00,
    });
    const appropriations = [
      { account: '311', amountFen: 120_000_00, summary: '提取公积公益金' },
      { account: '113', amountFen: 2_000_00, summary: '成员分红', party: 'household-1' },
      { account: '113', amountFen: 3_000_00, summary: '成员分红', party: 'household-2' },
    ];
    expect(closingVouchers(before, appropriations, rural)).toStrictEqual([
      voucher(
        rural,
        '结转本年收入',
        ['50102', 32_000_000, 0],
        ['50103', 4_500_050, 0],
        ['50301', 8_000_000, 0],
        ['504', 12_345, 0],
        ['321', 0, 44_512_395],
      ),
      voucher(rural, '结转本年支出', ['321', 14_512_395, 0], ['51301', 0, 10_600_000], ['51401', 0, 3_912_395]),
      voucher(rural, '结转本年收益', ['321', 30_000_000, 0], ['32202', 0, 30_000_000]),
      voucher(rural, '提取公积公益金', ['32201', 12_000_000, 0], ['311', 0, 12_000_000]),
      [
        { account: 'rural-collective-2024:32201', side: 'debit', amountFen: 200_000, summary: '成员分红' },
        {
          account: 'rural-collective-2024:113',
          side: 'credit',
          amountFen: 200_000,
          summary: '成员分红',
          party: 'household-1',
        },
      ],
      [
        { account: 'rural-collective-2024:32201', side: 'debit', amountFen: 300_000, summary: '成员分红' },
        {
          account: 'rural-collective-2024:113',
          side: 'credit',
          amountFen: 300_000,
          summary: '成员分红',
          party: 'household-2',
        },
      ],
      voucher(rural, '结转各项分配', ['32202', 12_500_000, 0], ['32201', 0, 12_500_000]),
    ]);
  });

  it('charges the loss of a year to the undistributed surplus', () => {
    expect(closingVouchers(balances(rural, { '50102': -10_000_00, '511': 16_500_00 }), [], rural)).toStrictEqual([
      voucher(rural, '结转本年收入', ['50102', 1_000_000, 0], ['321', 0, 1_000_000]),
      voucher(rural, '结转本年支出', ['321', 1_650_000, 0], ['511', 0, 1_650_000]),
      voucher(rural, '结转本年收益', ['32202', 650_000, 0], ['321', 0, 650_000]),
    ]);
  });

  it('closes an investment loss from the other side, with a positive amount', () => {
    const before = balances(rural, { '50101': -9_000_00, '50201': 4_000_00 });
    expect(closingVouchers(before, [], rural)).toStrictEqual([
      voucher(rural, '结转本年收入', ['50101', 900_000, 0], ['50201', 0, 400_000], ['321', 0, 500_000]),
      voucher(rural, '结转本年收益', ['321', 500_000, 0], ['32202', 0, 500_000]),
    ]);
  });

  it('needs no surplus line where income and investment loss cancel out', () => {
    const before = balances(rural, { '50101': -4_000_00, '50201': 4_000_00 });
    expect(closingVouchers(before, [], rural)).toStrictEqual([
      voucher(rural, '结转本年收入', ['50101', 400_000, 0], ['50201', 0, 400_000]),
    ]);
  });

  it('carries on what already stands in the surplus of the year and in the appropriations', () => {
    const before = balances(rural, { '321': -7_000_00, '32201': 1_000_00, '50101': -500_00 });
    expect(closingVouchers(before, [], rural)).toStrictEqual([
      voucher(rural, '结转本年收入', ['50101', 50_000, 0], ['321', 0, 50_000]),
      voucher(rural, '结转本年收益', ['321', 750_000, 0], ['32202', 0, 750_000]),
      voucher(rural, '结转各项分配', ['32202', 100_000, 0], ['32201', 0, 100_000]),
    ]);
  });

  it('writes no voucher for a year without income, expense and appropriations', () => {
    expect(closingVouchers(new Map(), [], rural)).toEqual([]);
    expect(
      closingVouchers(balances(rural, { '102': 1_000_00, '301': -1_000_00, '50101': 0, '511': 0 }), [], rural),
    ).toEqual([]);
  });

  it('writes no voucher for an appropriation of nothing', () => {
    expect(closingVouchers(new Map(), [{ account: '311', amountFen: 0, summary: '提取公积公益金' }], rural)).toEqual(
      [],
    );
  });

  it('closes 502 as an expense and 511 as income under the chart of 2004', () => {
    const before = balances(village, { '51101': -8_000_00, '502': 3_000_00, '561': -1_000_00 });
    expect(closingVouchers(before, [], village)).toStrictEqual([
      voucher(village, '结转本年收入', ['51101', 800_000, 0], ['561', 100_000, 0], ['321', 0, 900_000]),
      voucher(village, '结转本年支出', ['321', 300_000, 0], ['502', 0, 300_000]),
      voucher(village, '结转本年收益', ['321', 600_000, 0], ['32202', 0, 600_000]),
    ]);
  });

  it('leaves the accounts of another chart alone, although they have the same numbers', () => {
    const before = new Map([
      ...balances(village, { '511': -8_000_00, '502': 3_000_00 }),
      ...balances(rural, { '50101': -2_000_00 }),
    ]);
    expect(closingVouchers(before, [], rural)).toStrictEqual([
      voucher(rural, '结转本年收入', ['50101', 200_000, 0], ['321', 0, 200_000]),
      voucher(rural, '结转本年收益', ['321', 200_000, 0], ['32202', 0, 200_000]),
    ]);
  });
});

describe.each([rural, village])('after any close of $id', (chart) => {
  const { roles } = chart;
  const codes = chart.accounts.filter(({ postable }) => postable).map(({ code }) => code);
  const anyBalances = fc
    .array(fc.tuple(fc.constantFrom(...codes), fc.integer({ min: -1e12, max: 1e12 })))
    .map((pairs) => balances(chart, Object.fromEntries(pairs)));
  const anyAppropriations = fc.array(
    fc.record({
      account: fc.constantFrom('311', '113'),
      amountFen: fc.integer({ min: 1, max: 1e12 }),
      summary: fc.constant('分配'),
    }),
    { maxLength: 5 },
  );
  const emptied = codes.filter((code) =>
    isUnder(code, [...roles.income, ...roles.expense, roles.surplusOfYear, roles.appropriations]),
  );
  const touched = [...emptied, roles.undistributedSurplus, '311', '113'];

  it('every voucher balances and has positive amounts only', () => {
    fc.assert(
      fc.property(anyBalances, anyAppropriations, (before, appropriations) => {
        for (const lines of closingVouchers(before, appropriations, chart)) {
          const { debitFen, creditFen } = totals(lines);
          expect(debitFen).toBe(creditFen);
          expect(lines.filter(({ amountFen }) => amountFen <= 0)).toEqual([]);
        }
      }),
    );
  });

  it('income, expense, the surplus of the year and the appropriations stand at zero', () => {
    fc.assert(
      fc.property(anyBalances, anyAppropriations, (before, appropriations) => {
        const after = afterwards(before, closingVouchers(before, appropriations, chart));
        const left = emptied.filter((code) => (after.get(qualified(chart.id, code)) ?? 0) !== 0);
        expect(left).toEqual([]);
      }),
    );
  });

  it('the undistributed surplus has taken all of them, and no other account has moved', () => {
    fc.assert(
      fc.property(anyBalances, anyAppropriations, (before, appropriations) => {
        const after = afterwards(before, closingVouchers(before, appropriations, chart));
        const at = (stand: ReadonlyMap<string, number>, code: string) => stand.get(qualified(chart.id, code)) ?? 0;
        const taken = [...emptied, roles.undistributedSurplus].reduce((total, code) => total + at(before, code), 0);
        const given = appropriations.reduce((total, { amountFen }) => total + amountFen, 0);
        expect(at(after, roles.undistributedSurplus)).toBe(taken + given);
        expect(codes.filter((code) => !touched.includes(code) && at(after, code) !== at(before, code))).toEqual([]);
      }),
    );
  });

  it('a second close finds nothing to do', () => {
    fc.assert(
      fc.property(anyBalances, anyAppropriations, (before, appropriations) => {
        const after = afterwards(before, closingVouchers(before, appropriations, chart));
        expect(closingVouchers(after, [], chart)).toEqual([]);
      }),
    );
  });
});
