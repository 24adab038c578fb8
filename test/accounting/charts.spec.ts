import { charts, isUnder, parentOf, type Account, type Chart } from '@ledger/accounting';
import { describe, expect, it } from '@jest/globals';

const rural = charts['rural-collective-2024'];
const village = charts['village-2004'];

const firstLevel = (chart: Chart) => chart.accounts.filter(({ code }) => parentOf(code) === undefined);
const printed = (accounts: readonly Account[]) => accounts.map(({ code, nameZh }) => `${code} ${nameZh}`);
const account = (chart: Chart, code: string) => chart.accounts.find((each) => each.code === code);
const below = (chart: Chart, code: string) => chart.accounts.filter((each) => parentOf(each.code) === code);
const codesWhere = (chart: Chart, holds: (each: Account) => boolean) =>
  chart.accounts.filter(holds).map(({ code }) => code);

describe('the chart of 2024', () => {
  it('has the 42 first-level accounts of the standard, in its order', () => {
    const accounts = firstLevel(rural);
    expect(accounts).toHaveLength(42);
    expect(printed(accounts)).toEqual([
      '101 库存现金',
      '102 银行存款',
      '111 短期投资',
      '112 应收款',
      '113 内部往来',
      '121 库存物资',
      '131 消耗性生物资产',
      '132 生产性生物资产',
      '133 生产性生物资产累计折旧',
      '134 公益性生物资产',
      '141 长期投资',
      '151 固定资产',
      '152 累计折旧',
      '153 在建工程',
      '154 固定资产清理',
      '161 无形资产',
      '162 累计摊销',
      '171 长期待摊费用',
      '181 待处理财产损溢',
      '201 短期借款',
      '211 应付款',
      '212 应付工资',
      '213 应付劳务费',
      '214 应交税费',
      '221 长期借款及应付款',
      '231 一事一议资金',
      '241 专项应付款',
      '301 资本',
      '311 公积公益金',
      '321 本年收益',
      '322 收益分配',
      '401 生产(劳务)成本',
      '501 经营收入',
      '502 投资收益',
      '503 补助收入',
      '504 其他收入',
      '511 经营支出',
      '512 税金及附加',
      '513 管理费用',
      '514 公益支出',
      '515 其他支出',
      '521 所得税费用',
    ]);
  });

  it('offers a second level below six accounts and posts to all others', () => {
    expect(codesWhere(rural, ({ postable }) => !postable)).toEqual(['322', '501', '502', '503', '513', '514']);
    expect(['322', '501', '502', '503', '513', '514'].map((code) => printed(below(rural, code)))).toEqual([
      ['32201 各项分配', '32202 未分配收益'],
      [
        '50101 销售收入',
        '50102 出租收入',
        '50103 发包收入',
        '50104 服务与劳务收入',
        '50105 文旅经营收入',
        '50106 电商与品牌收入',
        '50199 其他经营收入',
      ],
      ['50201 股权分红', '50202 联营/抱团项目分红', '50203 企业上交利润'],
      ['50301 运转补助', '50302 奖补资金'],
      ['51301 干部报酬', '51302 办公费', '51303 差旅费', '51304 会议培训费', '51305 折旧摊销', '51309 其他(运转)'],
      ['51401 村容环境', '51402 文体教育', '51403 助老帮困', '51404 公益设施折旧'],
    ]);
  });

  it('carries accumulated depreciation and amortisation as assets with a credit balance', () => {
    expect(codesWhere(rural, (each) => each.class === 'asset' && each.normalSide === 'credit')).toEqual([
      '133',
      '152',
      '162',
    ]);
  });

  it('takes tax on income to taxes payable', () => {
    expect(rural.roles.taxesPayable).toBe('214');
    expect(account(rural, '214')?.nameZh).toBe('应交税费');
  });
});

describe('the chart of 2004', () => {
  it('has the accounts of the standard, with 161 and 241 that practice added', () => {
    const groups = [
      '101 102 111 112 113 121 131 132 141 151 152 153 154 161',
      '201 202 211 212 221 231 241',
      '301 311 321 322 401',
      '501 502 511 521 522 531 541 551 561',
    ];
    expect(firstLevel(village).map(({ code }) => code)).toEqual(groups.flatMap((codes) => codes.split(' ')));
  });

  it('names the second level of livestock, trees, contracting fees and the surplus distribution', () => {
    expect(codesWhere(village, ({ postable }) => !postable)).toEqual(['131', '132', '322', '511']);
    expect(['131', '132', '322', '511'].flatMap((code) => printed(below(village, code)))).toEqual([
      '13101 幼畜及育肥畜',
      '13102 产役畜',
      '13201 经济林木',
      '13202 非经济林木',
      '32201 各项分配',
      '32202 未分配收益',
      '51101 承包金',
      '51102 企业上交利润',
    ]);
  });

  it('counts contracting fees and investment income into operating income, as statistics do', () => {
    expect(village.roles.operatingIncome).toEqual(['501', '511', '561']);
  });

  it('has no account for taxes payable', () => {
    expect(village.roles).not.toHaveProperty('taxesPayable');
  });
});

describe('the two charts together', () => {
  it('follow each other without a gap', () => {
    expect([village.inForceFrom, village.inForceTo]).toEqual(['2005-01-01', '2023-12-31']);
    expect([rural.inForceFrom, rural.inForceTo]).toEqual(['2024-01-01', undefined]);
  });

  it('give ten of the same numbers another name, and only 101 keeps its meaning', () => {
    const renamed = village.accounts.flatMap(({ code, nameZh }) => {
      const successor = account(rural, code);
      return successor === undefined || successor.nameZh === nameZh ? [] : [`${code} ${nameZh} → ${successor.nameZh}`];
    });
    expect(renamed).toEqual([
      '101 现金 → 库存现金',
      '131 牲畜(禽)资产 → 消耗性生物资产',
      '132 林木资产 → 生产性生物资产',
      '153 固定资产清理 → 在建工程',
      '154 在建工程 → 固定资产清理',
      '211 应付工资 → 应付款',
      '212 应付福利费 → 应付工资',
      '502 经营支出 → 投资收益',
      '511 发包及上交收入 → 经营支出',
      '521 农业税附加返还收入 → 所得税费用',
    ]);
  });

  it('turn 502 from expense into income, and 511 and 521 from income into expense', () => {
    expect(['502', '511', '521'].map((code) => account(village, code)?.class)).toEqual(['expense', 'income', 'income']);
    expect(['502', '511', '521'].map((code) => account(rural, code)?.class)).toEqual(['income', 'expense', 'expense']);
  });
});

describe.each(Object.values(charts))('every chart: $id', (chart) => {
  it('is found by its id', () => expect(charts[chart.id]).toBe(chart));

  it('lists each code once, in ascending order', () => {
    const codes = chart.accounts.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].toSorted());
    expect(codes.filter((code) => !/^\d{3}(\d{2}){0,3}$/.test(code))).toEqual([]);
  });

  it('names every account in both languages', () => {
    expect(chart.accounts.filter(({ nameZh, nameEn }) => nameZh === '' || nameEn === '')).toEqual([]);
  });

  it('stands every account on a parent that is not postable and has the same class and side', () => {
    for (const each of chart.accounts) {
      const parent = parentOf(each.code);
      if (parent === undefined) continue;
      expect(account(chart, parent)).toMatchObject({
        postable: false,
        class: each.class,
        normalSide: each.normalSide,
      });
    }
  });

  it('leaves no account that is not postable without accounts below it', () => {
    expect(codesWhere(chart, ({ code, postable }) => postable === below(chart, code).length > 0)).toEqual([]);
  });

  it('gives roles only to accounts it has', () => {
    const codes = new Set(chart.accounts.map(({ code }) => code));
    expect(
      Object.values(chart.roles)
        .flat()
        .filter((code) => !codes.has(code)),
    ).toEqual([]);
  });

  it('posts to the accounts that money, tax and surplus pass through', () => {
    const { roles } = chart;
    const single = [roles.cash, roles.surplusOfYear, roles.appropriations, roles.undistributedSurplus];
    const through = [...single, ...roles.incomeSettlement, ...roles.expenseSettlement];
    expect(through.filter((code) => account(chart, code)?.postable !== true)).toEqual([]);
  });

  it('closes exactly the accounts of the classes income and expense', () => {
    const { roles } = chart;
    expect(codesWhere(chart, ({ code }) => isUnder(code, roles.income))).toEqual(
      codesWhere(chart, (each) => each.class === 'income'),
    );
    expect(codesWhere(chart, ({ code }) => isUnder(code, roles.expense))).toEqual(
      codesWhere(chart, (each) => each.class === 'expense'),
    );
  });

  it('carries debts, equity and income on the credit side, costs and expenses on the debit side', () => {
    const credit = new Set(['liability', 'equity', 'income']);
    const sides = chart.accounts.filter((each) => each.class !== 'asset');
    expect(sides.filter((each) => (each.normalSide === 'credit') !== credit.has(each.class))).toEqual([]);
  });
});
