import { describe, expect, it } from '@jest/globals';
import { draftPage, type PrintedDraft } from '@ledger/reports';

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&`;

function draft(text: string, more: Partial<PrintedDraft> = {}): PrintedDraft {
  const line = { summary: text, amountFen: 1_000_00 };
  return {
    ledger: { name: 'own', demo: false },
    village: { code: '330603008201', name: text },
    organization: { code: '9133', name: text },
    book: { code: 'book-1', name: text },
    draft: {
      id: 'draft-1',
      version: 2,
      status: 'SUBMITTED',
      reviewer: 'reviewer-1',
      signatures: { preparedBy: 'clerk-1' },
      missing: ['reviewedBy'],
      summary: text,
    },
    closer: null,
    reverses: null,
    returnedFor: null,
    recorded: null,
    vouchers: [
      {
        period: '2024-01',
        bookedOn: '2024-01-20',
        lines: [
          { ...line, account: { code: '102', name: text, nameEn: null }, side: 'debit' },
          { ...line, account: { code: '50102', name: text, nameEn: null }, side: 'credit' },
        ],
      },
    ],
    handover: null,
    refused: null,
    papers: { sheets: 3, files: 1 },
    ...more,
  };
}

const handover = {
  on: '2024-03-31',
  from: 'accountant-1',
  to: 'accountant-2',
  witness: 'reviewer-1',
  books: { lastClosed: '2024-02', openMonths: [{ period: '2024-03', vouchers: 7 }] },
  openItems: ['一季度租金尚有一户未收', HOSTILE],
};

const handoverPage = (more: Partial<PrintedDraft>) => draftPage(draft('会计交接', { vouchers: [], handover, ...more }));

describe('the page of a handover', () => {
  it('says who, when, how far the books are and what is unfinished, with a line for each of the three', () => {
    const page = handoverPage({});
    const said = [
      '<h1>会计交接书（草稿）',
      '<p class="warning">草稿，尚未记录。监交人审核后生效。',
      '交接日期：2024-03-31',
      '已结账至：2024-02',
      '未结账月份（凭证数）：2024-03（7）',
      '<li>一季度租金尚有一户未收</li>',
      '移交人 <span',
      'accountant-1<i></i>',
      '接管人 <span',
      'accountant-2<i></i>',
      '监交人 <span',
      'reviewer-1<i></i>',
    ];
    const places = said.map((text) => ({ text, at: page.indexOf(text) }));
    expect(places.filter(({ at }) => at < 0)).toEqual([]);
    expect(places.map(({ at }) => at)).toEqual(places.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(page).not.toMatch(/<script>alert|记账凭证|制单/);
  });

  it('of what is recorded says so, and where nothing is unfinished too', () => {
    const page = handoverPage({ handover: { ...handover, openItems: [] }, recorded: { position: 12, vouchers: [] } });
    expect(page).toContain('已记录：账本第12条。');
    expect(page).toContain('未了事项：无');
    expect(page).toContain('第2版　已记录');
    expect(page).not.toMatch(/草稿|DRAFT|<ol>|已入账/);
  });
});

describe('the page of a handover that would be refused', () => {
  it('has what was sent and states nothing of the books', () => {
    const refused = { zh: '已移交。', en: 'It was handed over.' };
    const page = handoverPage({ handover: { ...handover, books: null }, refused });
    expect(page).toContain('现在审核会被拒绝：已移交。');
    expect(page).toContain('<li>一季度租金尚有一户未收</li>');
    expect(page).not.toMatch(/已结账至|未结账月份/);
  });
});

describe('the page of a draft', () => {
  it('has what is to be signed, and says above all that it is no voucher yet', () => {
    const page = draftPage(draft('租金'));
    const said = [
      '<h1>记账凭证（草稿） <span class="en" lang="en">Voucher, DRAFT</span>',
      '租金 · 租金 · 租金',
      '送审单draft-1　第2版　待审核',
      '<p class="warning">草稿，未入账，不是记账凭证。',
      '<td>102</td>',
      '<td>50102</td>',
      '合计　壹仟元整',
      '拟记入2024-01，记账日期2024-01-20',
      '附单据3张，电子附件1份',
      'clerk-1<i></i>',
      'reviewer-1<i></i>',
    ];
    const places = said.map((text) => ({ text, at: page.indexOf(text) }));
    expect(places.filter(({ at }) => at < 0)).toEqual([]);
    expect(places.map(({ at }) => at)).toEqual(places.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  it('says why it would be refused, and has no lines then', () => {
    const page = draftPage(
      draft('租金', { vouchers: [], refused: { zh: '期间已结账。', en: 'The period is closed.' } }),
    );
    expect(page).toContain('现在审核会被拒绝：期间已结账。');
    expect(page).not.toContain('<table>');
  });

  it('of what is recorded names its voucher and who did sign, and calls itself no draft', () => {
    const of = draft('租金');
    const signed = {
      ...of.draft,
      status: 'APPROVED',
      signatures: { preparedBy: 'clerk-1', reviewedBy: 'reviewer-2', closedBy: 'closer-1' },
      missing: [],
    } as const;
    const page = draftPage({
      ...of,
      draft: signed,
      recorded: { position: 12, vouchers: [{ period: '2024-01', voucherNo: 3 }] },
    });
    expect(page).toContain('已入账：2024-01 记字第3号，账本第12条。');
    expect(page).not.toMatch(/未入账|DRAFT|拟记入|reviewer-1/);
    const places = ['clerk-1<i></i>', 'reviewer-2<i></i>', '结账', 'closer-1<i></i>'].map((text) => page.indexOf(text));
    expect(places).toEqual(places.filter((at) => at >= 0).toSorted((a, b) => a - b));
  });

  it('has a line for who closes a year, says which voucher is reversed, and why it was sent back', () => {
    const of = draft('租金');
    const waiting = { ...of.draft, missing: ['reviewedBy', 'closedBy'] } as const;
    const page = draftPage({
      ...of,
      draft: waiting,
      closer: 'closer-1',
      reverses: { period: '2024-01', voucherNo: 2 },
      returnedFor: '缺附件',
    });
    for (const text of ['红字冲销：2024-01 记字第2号', '退回原因：缺附件', 'To be closed by', 'closer-1<i></i>']) {
      expect(page).toContain(text);
    }
  });

  it('shows every text as text', () => {
    expect(draftPage(draft(HOSTILE, { returnedFor: HOSTILE }))).not.toMatch(/<script|<img/i);
  });
});
