import { describe, expect, it } from '@jest/globals';
import { type EntriesAsked, entriesPage, type ListedEntries } from '@ledger/reports';

const entries: ListedEntries = {
  division: '330603000000',
  from: '2024-01',
  to: '2024-12',
  measure: 'recognised',
  basis: 'restated',
  asOf: '2024-12-31',
  knownAt: 4711,
  totalFen: 300_00,
  rows: [
    {
      village: '330603008201',
      account: 'rural-collective-2024:50102',
      project: 'p-1',
      period: '2024-01',
      bookedOn: '2024-01-20',
      effectiveOn: '2024-01-19',
      position: 17,
      voucher: { period: '2024-01', voucherNo: 1 },
      summary: '一季度租金',
      amountFen: 100_00,
      href: '/api/v1/books/book-1/vouchers/2024-01/1',
    },
    {
      village: '330603008202',
      account: 'rural-collective-2024:5010299',
      project: null,
      period: '2024-02',
      bookedOn: '2024-02-20',
      effectiveOn: '2024-02-20',
      position: 18,
      voucher: null,
      summary: null,
      amountFen: 200_00,
      href: '/api/v1/events?after=17',
    },
  ],
};

const names: EntriesAsked['names'] = {
  demo: true,
  places: new Map([
    ['330603000000', '柯桥区'],
    ['330603008201', '示例村1'],
  ]),
  accounts: new Map([['rural-collective-2024:5010299', '场地费']]),
  projects: new Map([['p-1', '一桌<b>土菜']]),
};

function page(filter: EntriesAsked['filter'] = {}, more: Partial<ListedEntries> = {}, nextHref: string | null = null) {
  return entriesPage({ ...entries, ...more }, { filter, names, nextHref });
}

function headingOf(html: string): string {
  return /<h1>(.*?) </.exec(html)?.[1] ?? '';
}

const HEADINGS: readonly [EntriesAsked['filter'], string, string][] = [
  [{}, 'recognised', '柯桥区收入明细：总收入（确认）'],
  [{}, 'unallocated', '柯桥区收入明细：未核销收款'],
  [{ role: 'operating' }, 'collected', '柯桥区收入明细：经营性收入（收到）'],
  [{ role: 'other', project: null }, 'recognised', '柯桥区收入明细：补助和其他收入，不属于项目（确认）'],
  [{ project: 'p-2' }, 'recognised', '柯桥区收入明细：项目“p-2”（确认）'],
  [{ accounts: ['rural-collective-2024:501*'] }, 'recognised', '柯桥区收入明细：501 经营收入（确认）'],
  [
    { accounts: ['rural-collective-2024:501*', 'village-2004:501'] },
    'recognised',
    '柯桥区收入明细：501 经营收入等2个科目（确认）',
  ],
  [{ accounts: ['unheard-of:501'] }, 'recognised', '柯桥区收入明细：501（确认）'],
];

describe('the page of the entries behind an amount', () => {
  it('names villages, accounts and projects where they are known, and gives the code where not', () => {
    const html = page();
    expect(html).toContain('<td>示例村1 330603008201</td>');
    expect(html).toContain('<td>330603008202</td>');
    expect(html).toContain('<td>50102 出租收入');
    expect(html).toContain('<td>5010299 场地费</td>');
    expect(html).toContain('<td>一桌&lt;b&gt;土菜</td>');
  });

  it.each(HEADINGS)('says in its heading what was clicked: %j, %s', (filter, measure, heading) => {
    expect(headingOf(page(filter, { measure }))).toBe(heading);
  });

  it('says an account of an earlier standard is one', () => {
    expect(headingOf(page({ accounts: ['village-2004:511'] }))).toMatch(/：511 .+（.+）（确认）$/);
  });

  it('says the months, the basis in words and both times', () => {
    const html = page();
    expect(html).toContain('2024-01至2024-12 · 截至2024-12-31 · 业务归属口径 · 账本位置4711');
    expect(html).not.toMatch(/booked|>restated|，restated/);
  });

  it('is marked as a demo only when it is one', () => {
    expect(page()).toContain('<p class="warning">演示数据');
    const real = entriesPage(entries, { filter: {}, names: { ...names, demo: false }, nextHref: null });
    expect(real).not.toMatch(/演示|DEMO/);
  });

  it('tells the sum of a page from that of all, where there are other pages', () => {
    const first = page({}, { rows: entries.rows.slice(0, 1) }, '/next');
    expect(first).toContain('本页小计');
    expect(first).toMatch(/本页小计.+>100\.00<.+\n.+全部合计.+>300\.00</);
    const last = page({}, { rows: entries.rows.slice(1) });
    expect(last).toContain('本页小计');
    expect(page()).not.toContain('本页小计');
  });
});
