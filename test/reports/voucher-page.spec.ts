import { describe, expect, it } from '@jest/globals';
import { type PrintedVoucher, voucherPage } from '@ledger/reports';

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&`;

/** Rent of so much on account, by a cooperative whose texts all are this one. */
function voucher(text: string, amountFen = 1_000_00): PrintedVoucher {
  const named = { code: '330603008201', name: text };
  const linked = { period: '2024-03', voucherNo: 5, bookedOn: '2024-03-31', href: `/x?${text}` };
  return {
    ledger: { name: text, demo: true },
    asOf: '2024-03-31',
    knownAt: 4711,
    views: { book: 2, voucher: 3 },
    village: named,
    organization: { ...named, code: '9133' },
    book: { ...named, code: 'book-1' },
    voucher: {
      period: '2024-02',
      voucherNo: 7,
      position: 4700,
      kind: 'ordinary',
      bookedOn: '2024-02-05',
      effectiveOn: '2024-01-25',
      summary: text,
      preparedBy: text,
      reviewedBy: text,
      attachmentCount: 2,
      sourceDocument: text,
      nonRecurring: true,
      corrects: { period: '2024-01', reason: text },
      origin: 'SYNTHETIC',
      evidence: [{ sha256: 'ab'.repeat(32), mediaType: 'application/pdf', bytes: 1_234 }],
    },
    lines: [
      {
        account: { code: '112', name: text, nameEn: text },
        side: 'debit',
        amountFen,
        summary: text,
        party: text,
        contract: text,
        grant: text,
        asset: named,
        settles: { period: '2024-01', voucherNo: 3 },
      },
      {
        account: { code: '50102', name: text, nameEn: null },
        side: 'credit',
        amountFen,
        summary: text,
        project: named,
      },
    ],
    reverses: linked,
    reversedBy: linked,
  };
}

describe('the page of a voucher', () => {
  it('says what a paper voucher says, in the order of one', () => {
    const page = voucherPage(voucher('租金'));
    const said = [
      '<p class="warning">演示数据',
      '<h1>记账凭证　2024-02 记字第7号',
      '租金 · 租金 · 租金',
      'credit code 9133, book book-1, division 330603008201',
      '记账日期2024-02-05 · 业务日期2024-01-25',
      '<td>112</td>',
      '往来：租金；合同：租金；专项资金：租金；资产：租金（330603008201）；核销：2024-01 记-3',
      '<td class="figure">1,000.00</td><td></td>',
      '<td>50102</td>',
      '项目：租金（330603008201）',
      '<td></td><td class="figure">1,000.00</td>',
      '合计　壹仟元整',
      '<td class="figure">1,000.00</td><td class="figure">1,000.00</td>',
      '红字冲销：2024-03 记字第5号（2024-03-31）',
      '已被冲销',
      '更正2024-01：租金',
      '非经常',
      '附单据2张，电子附件1份',
      '原始凭证：租金',
      `电子附件：${'ab'.repeat(32)}`,
      '来源：SYNTHETIC',
      '账本第4700条',
      '<i>租金</i>',
      'knownAt=4711 asOf=2024-03-31 views: book 2, voucher 3',
    ];
    const places = said.map((text) => ({ text, at: page.indexOf(text) }));
    expect(places.filter(({ at }) => at < 0)).toEqual([]);
    expect(places.map(({ at }) => at)).toEqual(places.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  it('leaves out what a voucher does not have', () => {
    const { lines, ...said } = voucher('租金');
    const page = voucherPage({
      ...said,
      ledger: { name: 'own', demo: false },
      voucher: {
        ...said.voucher,
        effectiveOn: said.voucher.bookedOn,
        sourceDocument: null,
        nonRecurring: false,
        corrects: null,
        origin: null,
        evidence: [],
      },
      lines: lines.map(({ account, side, amountFen, summary }) => ({ account, side, amountFen, summary })),
      reverses: null,
      reversedBy: null,
    });
    expect(page).toContain('记账日期2024-02-05');
    expect(page).toContain('附单据2张 <');
    expect(page).not.toMatch(/业务日期2024-02|辅助核算|冲销|更正|非经常|原始凭证|电子附件|来源|演示|DEMO/);
  });

  it('shows every text from the books as text, whatever it holds', () => {
    const page = voucherPage(voucher(HOSTILE));
    expect(page).not.toMatch(/<script|<img/i);
    expect(page.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(15);
    for (const tag of ['table', 'section', 'td', 'a', 'p', 'i', 'span']) {
      const opened = page.match(new RegExp(`<${tag}[\\s>]`, 'g'))?.length;
      expect({ tag, opened }).toEqual({ tag, opened: page.match(new RegExp(`</${tag}>`, 'g'))?.length });
    }
  });

  it('needs nothing from elsewhere and is the same bytes for the same voucher', () => {
    const page = voucherPage(voucher('租金'));
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|@font-face|url\(|https?:\/\//i);
    expect(voucherPage(voucher('租金'))).toBe(page);
  });

  it.each([
    [0, '零元整'],
    [5, '伍分'],
    [50, '伍角整'],
    [56, '伍角陆分'],
    [1_000, '壹拾元整'],
    [140_950, '壹仟肆佰零玖元伍角整'],
    [600_714, '陆仟零柒元壹角肆分'],
    [1_640_902, '壹万陆仟肆佰零玖元零贰分'],
    [10_050_000, '壹拾万零伍佰元整'],
    [10_000_000_005, '壹亿元零伍分'],
    [10_000_000_500, '壹亿零伍元整'],
    [2_030_040_000_000, '贰佰零叁亿零肆拾万元整'],
    [4_000_000_000_000_000, '肆拾万亿元整'],
    [-12_800_00, '负壹万贰仟捌佰元整'],
  ])('writes %i fen in capitals as %s', (amountFen, capitals) => {
    expect(voucherPage(voucher('租金', amountFen))).toContain(`合计　${capitals} <`);
  });
});
