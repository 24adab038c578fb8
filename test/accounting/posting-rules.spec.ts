import { charts, codeOf, netFen, postExpense, postIncome, qualified, redLetter, totals } from '@ledger/accounting';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

const rural = charts['rural-collective-2024'];
const village = charts['village-2004'];

describe('income', () => {
  const shopRent = {
    account: '50102',
    amountFen: 12_800_00,
    settlement: { account: '112', party: 'tenant-7' },
    summary: '一季度店面租金',
    project: 'project-3',
    contract: 'contract-12',
    asset: 'asset-5',
  };

  it('T1: shop rent due debits the receivable of the tenant and credits rent', () => {
    expect(postIncome(shopRent, rural)).toStrictEqual([
      {
        account: 'rural-collective-2024:112',
        side: 'debit',
        amountFen: 1_280_000,
        summary: '一季度店面租金',
        party: 'tenant-7',
      },
      {
        account: 'rural-collective-2024:50102',
        side: 'credit',
        amountFen: 1_280_000,
        summary: '一季度店面租金',
        project: 'project-3',
        contract: 'contract-12',
        asset: 'asset-5',
      },
    ]);
  });

  it('T1: credits taxes payable with the tax on top', () => {
    expect(postIncome({ ...shopRent, taxFen: 640_00 }, rural)).toStrictEqual([
      {
        account: 'rural-collective-2024:112',
        side: 'debit',
        amountFen: 1_344_000,
        summary: '一季度店面租金',
        party: 'tenant-7',
      },
      {
        account: 'rural-collective-2024:50102',
        side: 'credit',
        amountFen: 1_280_000,
        summary: '一季度店面租金',
        project: 'project-3',
        contract: 'contract-12',
        asset: 'asset-5',
      },
      { account: 'rural-collective-2024:214', side: 'credit', amountFen: 64_000, summary: '一季度店面租金' },
    ]);
  });

  it('T1: a tax of zero leaves no line behind', () => {
    expect(postIncome({ ...shopRent, taxFen: 0 }, rural)).toStrictEqual(postIncome(shopRent, rural));
  });

  it('T2: the contract fee of a member household stands in its internal current account', () => {
    const fee = {
      account: '50103',
      amountFen: 3_600_50,
      settlement: { account: '113', party: 'household-21' },
      summary: '山塘承包款',
      contract: 'contract-40',
    };
    expect(postIncome(fee, rural)).toStrictEqual([
      {
        account: 'rural-collective-2024:113',
        side: 'debit',
        amountFen: 360_050,
        summary: '山塘承包款',
        party: 'household-21',
      },
      {
        account: 'rural-collective-2024:50103',
        side: 'credit',
        amountFen: 360_050,
        summary: '山塘承包款',
        contract: 'contract-40',
      },
    ]);
  });

  it('T3: profit handed up by a village enterprise is investment income', () => {
    const profit = {
      account: '50203',
      amountFen: 150_000_00,
      settlement: { account: '112', party: 'enterprise-2' },
      summary: '村办企业上交利润',
    };
    expect(postIncome(profit, rural)).toStrictEqual([
      {
        account: 'rural-collective-2024:112',
        side: 'debit',
        amountFen: 15_000_000,
        summary: '村办企业上交利润',
        party: 'enterprise-2',
      },
      { account: 'rural-collective-2024:50203', side: 'credit', amountFen: 15_000_000, summary: '村办企业上交利润' },
    ]);
  });

  it('T6: a subsidy for running costs is income when the bank has it', () => {
    const subsidy = {
      account: '50301',
      amountFen: 80_000_00,
      settlement: { account: '102' },
      summary: '村级组织运转补助',
    };
    expect(postIncome(subsidy, rural)).toStrictEqual([
      { account: 'rural-collective-2024:102', side: 'debit', amountFen: 8_000_000, summary: '村级组织运转补助' },
      { account: 'rural-collective-2024:50301', side: 'credit', amountFen: 8_000_000, summary: '村级组织运转补助' },
    ]);
  });

  it('T24: bank interest is other income', () => {
    const interest = { account: '504', amountFen: 123_45, settlement: { account: '102' }, summary: '三季度存款利息' };
    expect(postIncome(interest, rural)).toStrictEqual([
      { account: 'rural-collective-2024:102', side: 'debit', amountFen: 12_345, summary: '三季度存款利息' },
      { account: 'rural-collective-2024:504', side: 'credit', amountFen: 12_345, summary: '三季度存款利息' },
    ]);
  });

  it('stands in the accounts of 2004 when the book follows that chart', () => {
    const fee = { account: '51101', amountFen: 500_00, settlement: { account: '101' }, summary: '承包金' };
    expect(postIncome(fee, village)).toStrictEqual([
      { account: 'village-2004:101', side: 'debit', amountFen: 50_000, summary: '承包金' },
      { account: 'village-2004:51101', side: 'credit', amountFen: 50_000, summary: '承包金' },
    ]);
  });

  it('refuses tax under the chart of 2004, which has no account for it', () => {
    const fee = { account: '51101', amountFen: 500_00, settlement: { account: '101' }, summary: '承包金' };
    expect(() => postIncome({ ...fee, taxFen: 25_00 }, village)).toThrow(
      'village-2004 has no account for taxes payable',
    );
  });

  it('balances whatever the amount and the tax', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer(), (amountFen, taxFen) => {
        fc.pre(Number.isSafeInteger(amountFen + taxFen));
        const { debitFen, creditFen } = totals(postIncome({ ...shopRent, amountFen, taxFen }, rural));
        expect(debitFen).toBe(creditFen);
      }),
    );
  });
});

describe('expense', () => {
  it('T19: interest on a loan is other expenditure, since the chart has no financial expenses', () => {
    const interest = { account: '515', amountFen: 4_350_00, settlement: { account: '102' }, summary: '借款利息' };
    expect(postExpense(interest, rural)).toStrictEqual([
      { account: 'rural-collective-2024:515', side: 'debit', amountFen: 435_000, summary: '借款利息' },
      { account: 'rural-collective-2024:102', side: 'credit', amountFen: 435_000, summary: '借款利息' },
    ]);
  });

  it('T20: the pay of cadres is owed as wages', () => {
    const pay = { account: '51301', amountFen: 26_500_00, settlement: { account: '212' }, summary: '计提六月干部报酬' };
    expect(postExpense(pay, rural)).toStrictEqual([
      { account: 'rural-collective-2024:51301', side: 'debit', amountFen: 2_650_000, summary: '计提六月干部报酬' },
      { account: 'rural-collective-2024:212', side: 'credit', amountFen: 2_650_000, summary: '计提六月干部报酬' },
    ]);
  });

  it('T20: casual labour is owed as labour fees, not as wages', () => {
    const labour = {
      account: '511',
      amountFen: 1_920_00,
      settlement: { account: '213', party: 'household-8' },
      summary: '采茶临时用工',
      project: 'project-3',
    };
    expect(postExpense(labour, rural)).toStrictEqual([
      {
        account: 'rural-collective-2024:511',
        side: 'debit',
        amountFen: 192_000,
        summary: '采茶临时用工',
        project: 'project-3',
      },
      {
        account: 'rural-collective-2024:213',
        side: 'credit',
        amountFen: 192_000,
        summary: '采茶临时用工',
        party: 'household-8',
      },
    ]);
  });

  it('T21: public welfare is paid from the bank', () => {
    const meals = { account: '51403', amountFen: 6_000_00, settlement: { account: '102' }, summary: '老年食堂补贴' };
    expect(postExpense(meals, rural)).toStrictEqual([
      { account: 'rural-collective-2024:51403', side: 'debit', amountFen: 600_000, summary: '老年食堂补贴' },
      { account: 'rural-collective-2024:102', side: 'credit', amountFen: 600_000, summary: '老年食堂补贴' },
    ]);
  });

  it('T21: public welfare on credit is owed to the supplier', () => {
    const cleaning = {
      account: '51401',
      amountFen: 9_870_20,
      settlement: { account: '211', party: 'supplier-4' },
      summary: '河道保洁',
      contract: 'contract-51',
      asset: 'asset-9',
    };
    expect(postExpense(cleaning, rural)).toStrictEqual([
      {
        account: 'rural-collective-2024:51401',
        side: 'debit',
        amountFen: 987_020,
        summary: '河道保洁',
        contract: 'contract-51',
        asset: 'asset-9',
      },
      {
        account: 'rural-collective-2024:211',
        side: 'credit',
        amountFen: 987_020,
        summary: '河道保洁',
        party: 'supplier-4',
      },
    ]);
  });
});

describe('a red-letter entry', () => {
  const lines = postExpense(
    { account: '51302', amountFen: 310_00, settlement: { account: '101' }, summary: '办公用品' },
    rural,
  );

  it('keeps the sides and turns the amounts negative', () => {
    expect(redLetter(lines)).toStrictEqual([
      { account: 'rural-collective-2024:51302', side: 'debit', amountFen: -31_000, summary: '办公用品' },
      { account: 'rural-collective-2024:101', side: 'credit', amountFen: -31_000, summary: '办公用品' },
    ]);
  });

  it('leaves no turnover and no balance together with its original', () => {
    const both = [...lines, ...redLetter(lines)];
    expect(totals(both)).toEqual({ debitFen: 0, creditFen: 0 });
    expect(both.reduce((total, line) => total + netFen(line), 0)).toBe(0);
  });
});

it('an account is written chart:code and read back', () => {
  expect(qualified('rural-collective-2024', '50102')).toBe('rural-collective-2024:50102');
  expect(codeOf('rural-collective-2024:50102')).toBe('50102');
});
