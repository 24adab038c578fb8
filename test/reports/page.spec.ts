import { describe, expect, it } from '@jest/globals';
import { yuan } from '@ledger/domain';
import { renderIncomeReport } from '@ledger/reports';
import type { MonthlyIncomeReport } from '@ledger/views';
import { sampleIncomeReport } from '../support/sample-income-report.js';

async function pageOf(report: MonthlyIncomeReport): Promise<string> {
  return Buffer.from(await renderIncomeReport(report, 'html', (href) => `/api/v1${href}`)).toString();
}

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&`;

/** The sample with that text wherever a text from the books can stand. */
function hostile(): MonthlyIncomeReport {
  const report = sampleIncomeReport({ name: HOSTILE });
  return {
    ...report,
    ledger: { ...report.ledger, name: HOSTILE },
    lines: report.lines.map((line) => ({ ...line, name: HOSTILE, nameEn: HOSTILE })),
    projects: report.projects.map((line) => ({ ...line, name: line.project === null ? null : HOSTILE })),
    byVillage: report.byVillage.map((line) => ({ ...line, name: HOSTILE, origins: [HOSTILE] })),
    byTownship: report.byTownship.map((line) => ({ ...line, name: HOSTILE })),
    villages: { ...report.villages, withoutData: [{ code: '330603008201', name: HOSTILE, reason: 'NO_BOOK' }] },
    changes: report.changes && {
      ...report.changes,
      facts: report.changes.facts.map((fact) => ({ ...fact, summary: HOSTILE, href: `/x"${HOSTILE}` })),
    },
  };
}

describe('the page of a monthly income report', () => {
  it('leads from each amount to the read that lists its entries', async () => {
    const { fen, href } = sampleIncomeReport().total.month.recognised;
    const shown = `<a href="/api/v1${href?.replaceAll('&', '&amp;')}">${yuan(fen)}</a>`;
    expect(await pageOf(sampleIncomeReport())).toContain(shown);
  });

  it('needs nothing from elsewhere: no script, image, font, style sheet or address of another host', async () => {
    const page = await pageOf(sampleIncomeReport({ villages: 40 }));
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<object|@import|@font-face|url\((?!#)|javascript:|\son\w+=/i);
    expect(page.replaceAll(/xmlns(:xlink)?="[^"]+"/g, '')).not.toMatch(/https?:\/\//);
  });

  it('shows every text from the books as text, whatever it holds', async () => {
    const page = await pageOf(hostile());
    expect(page).not.toMatch(/<script|<img/i);
    expect(page.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(10);
    // Nothing opened or closed an element of the page.
    for (const tag of ['table', 'section', 'svg', 'td', 'a', 'text']) {
      const opened = page.match(new RegExp(`<${tag}[\\s>]`, 'g'))?.length;
      expect({ tag, opened }).toEqual({ tag, opened: page.match(new RegExp(`</${tag}>`, 'g'))?.length });
    }
  });

  it('shows hostile names in the charts as text too', async () => {
    const report = sampleIncomeReport({ level: 'township' });
    const byVillage = report.byVillage.map((line) => ({ ...line, name: HOSTILE }));
    const page = await pageOf({ ...report, byVillage });
    expect(page.slice(page.indexOf('<svg'))).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<script|<img/i);
  });

  it('has two charts as inline pictures whose ids are of this page alone', async () => {
    const page = await pageOf(sampleIncomeReport());
    expect(page.match(/<svg /g)).toHaveLength(2);
    expect(page).not.toMatch(/zr\d/);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is marked as a demo on screen and on every printed page, and only when it is one', async () => {
    const demo = await pageOf(sampleIncomeReport());
    expect(demo).toContain('<p class="warning">演示数据');
    expect(demo).toContain('@top-center { content: "演示数据 · DEMO"');
    expect(demo).not.toMatch(/SEED|SYNTHETIC/);
    expect(await pageOf(sampleIncomeReport({ demo: false }))).not.toMatch(/演示|DEMO|SYNTHETIC/);
  });

  it('says who signs, what the words mean, and its lasting name', async () => {
    const page = await pageOf(sampleIncomeReport());
    for (const text of ['制表', '复核', '负责人', '盖章', '未核销收款：', 'knownAt=4711 asOf=2024-12-31']) {
      expect(page).toContain(text);
    }
  });

  it('says of a forecast how it was made, or why there is none', async () => {
    const page = await pageOf({ ...sampleIncomeReport(), period: '2024-11' });
    expect(page).toContain('总收入：季节性朴素法');
    expect(page).toContain('经营性收入：历史只有36个月，不足24个月，不作预测。');
  });

  it('counts the months of a short history', async () => {
    const report = sampleIncomeReport();
    const none = { refused: 'NOT_ENOUGH_HISTORY', coverageBasisPoints: 8_000, months: [], year: null } as const;
    const page = async (historyMonths: number): Promise<string> => {
      const rest = { ...report.forecast.total, ...none, historyMonths };
      return pageOf({ ...report, period: '2024-11', forecast: { total: rest, operating: rest } });
    };
    expect(await page(1)).toContain('only 1 month of history');
    expect(await page(2)).toContain('only 2 months of history');
  });

  it('has no forecast in December, which leaves nothing of its year', async () => {
    expect(await pageOf(sampleIncomeReport())).not.toMatch(/全年预测|季节性朴素法/);
  });

  it('remarks on a village only what is out of the ordinary', async () => {
    const page = await pageOf(sampleIncomeReport());
    const villages = page.slice(page.indexOf('<section id="villages">'), page.indexOf('<section id="tiers-1">'));
    const remarks = [...villages.matchAll(/<td>((?:(?!<td).)*)<\/td><\/tr>/g)].map(([, remark]) => remark);
    expect(remarks).toEqual([
      '未记账 <span class="en" lang="en">no entries</span>',
      '公开数字 <span class="en" lang="en">published</span>',
      '未结账 <span class="en" lang="en">not closed</span>',
      '',
      '',
    ]);
  });

  it('of a village says its band in a sentence, and that its month is still open', async () => {
    const report = sampleIncomeReport({ level: 'village' });
    const [tiers] = sampleIncomeReport({ villages: 1 }).tiers;
    const page = await pageOf({ ...report, tiers: tiers === undefined ? [] : [tiers] });
    const [village] = tiers?.villages ?? [];
    const band = tiers?.scheme.bands.find(({ id }) => id === village?.band);
    expect(page).toContain(`经营性收入${yuan(village?.amount.fen ?? 0)}元，属“${band?.nameZh}”档。`);
    expect(page).not.toContain('id="tiers-1"');
    expect(page).toContain('本村2024-12尚未结账');
    expect(page).toContain('本村本月未记账。');
  });

  it('of a village without a band says exactly which months nothing is known of, or that its month is not over', async () => {
    const report = sampleIncomeReport({ level: 'village' });
    const [tiers] = sampleIncomeReport({ villages: 1 }).tiers;
    const [village] = tiers?.villages ?? [];
    if (tiers === undefined || village === undefined) throw new Error('no tiers');
    const lacking = (...monthsWithoutData: string[]): Promise<string> =>
      pageOf({ ...report, tiers: [{ ...tiers, villages: [{ ...village, band: null, monthsWithoutData }] }] });
    const page = await lacking('2024-01', '2024-02', '2024-03', '2024-07');
    expect(page).toContain('：2024-01至2024-03、2024-07无数据，不分档。');
    expect(page).toContain(': no data of 2024-01 to 2024-03, 2024-07, so no band.');
    expect(await lacking()).toContain('：本月尚未结束，不分档。');
  });

  it('shows no zero for months before the first book', async () => {
    const report = sampleIncomeReport({ level: 'village' });
    const none = { recognised: { fen: 0, href: null }, collected: { fen: 0, href: null } };
    const months = report.months.map((month) =>
      month.period < '2024-03' ? { ...month, total: none, operating: none } : month,
    );
    const nothing = { ...report.total.month, ...none };
    const total = { ...report.total, sameMonthLastYear: nothing, yearToDateLastYear: nothing };
    const page = await pageOf({ ...report, booksFrom: '2024-02', months, total });
    const rowOf = (text: string, section: string): string =>
      page
        .slice(page.indexOf(`<section id="${section}">`))
        .split('<tr')
        .find((row) => row.includes(text)) ?? '';
    expect(rowOf('<td>2024-01</td>', 'months').match(/>–</g)).toHaveLength(4);
    expect(rowOf('<td>2024-02</td>', 'months').match(/>0\.00</g)).toHaveLength(4);
    // Last year, twice, and the changes against it.
    expect(rowOf('总收入', 'summary').match(/>–</g)?.length).toBeGreaterThanOrEqual(4);
    expect(rowOf('总收入', 'summary')).not.toContain('>0.00<');
  });

  it('compares nothing with a year in which an account was not, nor one of an earlier standard that has ended', async () => {
    const report = sampleIncomeReport();
    const [first, second, third] = report.lines;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no lines');
    const none = { fen: 0, href: null };
    const never = { recognised: none, collected: none, nonRecurring: none, corrected: none };
    const { figures } = second;
    const young = { ...figures, sameMonthLastYear: never, yearToDateLastYear: never };
    const ended = { ...figures, month: never, yearToDate: never };
    const old = { ...second, account: 'village-2004:50102', figures: ended };
    const page = await pageOf({ ...report, lines: [first, { ...second, figures: young }, old, third] });
    const accounts = page.slice(page.indexOf('<section id="accounts">'), page.indexOf('<section id="projects">'));
    const rows = accounts.split('<tr').filter((row) => row.includes('<td>50102</td>'));
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row.match(/<td class="figure">–<\/td>/g)).toHaveLength(4);
    expect(rows[1]).toMatch(/出租收入（.+）/);
    const compared = accounts.split('<tr').filter((row) => row.includes('<td>501</td>'));
    expect(compared.join('')).toContain('12.34%');
  });
});
