import { describe, expect, it } from '@jest/globals';
import { renderIncomeReport } from '@ledger/reports';
import type { MonthlyIncomeReport } from '@ledger/views';
import { type Cell, readXlsx, type Sheet } from 'hucre/xlsx';
import { sampleIncomeReport } from '../support/sample-income-report.js';

const API = 'http://127.0.0.1:3000/api/v1';
const linkTo = (href: string): string => `${API}${href}`;

async function opened(report: MonthlyIncomeReport): Promise<Map<string, Sheet>> {
  const bytes = await renderIncomeReport(report, 'xlsx', linkTo);
  const { sheets } = await readXlsx(bytes, { readStyles: true });
  return new Map(sheets.map((sheet) => [sheet.name, sheet]));
}

/** Every cell with an address: what it shows, and the address as the report has it. */
function linkedAmounts(sheet: Sheet | undefined): { value: unknown; href: string }[] {
  return [...(sheet?.cells ?? [])].flatMap(([, { value, hyperlink }]) =>
    hyperlink === undefined ? [] : [{ value, href: hyperlink.target.replace(API, '') }],
  );
}

function cellAt(sheet: Sheet | undefined, row: number, column: number): Cell | undefined {
  return sheet?.cells?.get(`${row},${column}`);
}

/** Every amount of a part of the report by the address of its entries. */
function amountsByHref(part: unknown): Map<string, number> {
  const found = new Map<string, number>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('fen' in value && 'href' in value && typeof value.href === 'string') found.set(value.href, value.fen as number);
    for (const inner of Object.values(value)) look(inner);
  };
  look(part);
  return found;
}

describe('the workbook of a monthly income report', () => {
  it('has a sheet for each part, the notes last', async () => {
    const names = [...(await opened(sampleIncomeReport())).keys()];
    expect(names.join(' ')).toBe('概览 科目 项目 镇街 村 分档1 分档2 各月 变动 变动事实 说明');
    const november = [...(await opened({ ...sampleIncomeReport(), period: '2024-11' })).keys()];
    expect(november.join(' ')).toBe('概览 科目 项目 镇街 村 分档1 分档2 各月 预测 变动 变动事实 说明');
  });

  it('of a village has neither townships nor villages, and without a since no changes', async () => {
    const names = [...(await opened({ ...sampleIncomeReport({ level: 'village' }), changes: null })).keys()];
    expect(names.join(' ')).toBe('概览 科目 项目 各月 说明');
  });

  it.each(['科目', '项目', '镇街', '村', '各月'])('shows on %s each linked amount to the fen', async (name) => {
    const report = sampleIncomeReport();
    const fenByHref = amountsByHref(report);
    const amounts = linkedAmounts((await opened(report)).get(name));
    expect(amounts.length).toBeGreaterThanOrEqual(10);
    for (const { value, href } of amounts) {
      expect({ href, fen: Math.round(Number(value) * 100) }).toEqual({ href, fen: fenByHref.get(href) });
    }
  });

  it('shows every amount of the figures that a paper has, of every account, project and place', async () => {
    const report = sampleIncomeReport({ basis: 'restated' });
    const shown = new Set([...(await opened(report)).values()].flatMap(linkedAmounts).map(({ href }) => href));
    const { total, operating, other, lines, projects } = report;
    const own = [total, operating, other, ...lines.map((line) => line.figures), ...projects.map((line) => line.total)];
    for (const { month, yearToDate, sameMonthLastYear, yearToDateLastYear } of own) {
      expect(shown).toContain(month.recognised.href);
      expect(shown).toContain(month.collected.href);
      expect(shown).toContain(yearToDate.recognised.href);
      expect(shown).toContain(yearToDate.collected.href);
      expect(shown).toContain(yearToDate.nonRecurring.href);
      expect(shown).toContain(sameMonthLastYear.recognised.href);
      expect(shown).toContain(yearToDateLastYear.recognised.href);
    }
    for (const { total: all, operating: part, unallocatedReceipts } of [...report.byTownship, ...report.byVillage]) {
      expect(shown).toContain(all.yearToDate.collected.href);
      expect(shown).toContain(part.yearToDate.recognised.href);
      expect(shown).toContain(unallocatedReceipts.yearToDate.href);
    }
  });

  it('rounds to ten thousands of yuan on the summary', async () => {
    const report = sampleIncomeReport();
    const summary = (await opened(report)).get('概览');
    const fenByHref = amountsByHref(report);
    for (const { value, href } of linkedAmounts(summary)) {
      expect(Math.abs(Number(value) * 1_000_000 - (fenByHref.get(href) ?? Number.NaN))).toBeLessThanOrEqual(5_000);
    }
    expect(cellAt(summary, 1, 0)?.value).toContain('单位：万元');
  });

  it('formats amounts with thousands and two decimals, negative ones in red, and ratios as per cent', async () => {
    const accounts = (await opened(sampleIncomeReport())).get('科目');
    expect(cellAt(accounts, 5, 2)?.style?.numFmt).toBe('#,##0.00;[Red]-#,##0.00');
    const percents = [...(accounts?.cells ?? [])].filter(([, cell]) => cell.style?.numFmt?.includes('%') === true);
    expect(percents.map(([, { value }]) => value)).toContain(0.1234);
  });

  it('keeps the header in sight, repeats it in print, and fits A4 across', async () => {
    const villages = (await opened(sampleIncomeReport({ villages: 40 }))).get('村');
    expect(villages?.freezePane).toEqual({ rows: 5, columns: 2 });
    expect(villages?.pageSetup).toMatchObject({
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '$1:$5',
    });
    expect(villages?.pageSetup?.printArea).toMatch(/^\$A\$1:\$[A-Z]+\$45$/);
  });

  it('names on every sheet the place and the month, and that a demo is one', async () => {
    for (const sheet of (await opened(sampleIncomeReport())).values()) {
      expect(cellAt(sheet, 0, 0)?.value).toContain('柯桥区村级收入月报（2024年12月）');
      expect(cellAt(sheet, 2, 0)?.value).toContain('演示数据');
    }
    for (const sheet of (await opened(sampleIncomeReport({ demo: false }))).values()) {
      expect(JSON.stringify(sheet.rows)).not.toMatch(/演示|DEMO|SYNTHETIC/);
    }
  });

  it('says on the notes under which name the same report can be had for ever', async () => {
    const notes = JSON.stringify((await opened(sampleIncomeReport())).get('说明')?.rows);
    expect(notes).toContain('knownAt=4711 asOf=2024-12-31 basis=booked views: entry 4, turnover 5');
  });

  it('lists villages without data, and those whose month is open, by name', async () => {
    const summary = JSON.stringify((await opened(sampleIncomeReport())).get('概览')?.rows);
    expect(summary).toContain('本月未记账的村：示例村1（330603008201）。');
    expect(summary).toContain('2024-12未结账的村：示例村1（330603008201）、示例村3（330603008203）。');
    expect(summary).toContain('Books of 2024-12 not yet closed: 示例村1 (330603008201), 示例村3 (330603008203).');
  });

  it('names ten of many villages, and says how many there are', async () => {
    const report = sampleIncomeReport();
    const notClosed = Array.from({ length: 12 }, (_, i) => ({ code: `${330603008201 + i}`, name: `示例村${i + 1}` }));
    const withoutData = notClosed.map((village) => ({ ...village, reason: 'NO_BOOK' as const }));
    const villages = { ...report.villages, withoutData, notClosed };
    const summary = JSON.stringify((await opened({ ...report, villages })).get('概览')?.rows);
    expect(summary).toContain('2024-12未结账的村共12个：示例村1（330603008201）、');
    expect(summary).toContain('未建账的村共12个：');
    expect(summary).toContain('示例村10（330603008210）等。');
    expect(summary).not.toContain('示例村11');
    expect(summary).not.toContain('未记账');
  });

  it('writes an amount as text that a spreadsheet would round', async () => {
    const report = sampleIncomeReport();
    const month = { ...report.total.month, recognised: { fen: 9_007_199_254_740_991, href: null } };
    const accounts = (await opened({ ...report, total: { ...report.total, month } })).get('科目');
    expect(cellAt(accounts, 5, 2)?.value).toBe('90071992547409.91');
  });

  it('keeps text that looks like a formula or like markup as text', async () => {
    const title = cellAt(
      (await opened(sampleIncomeReport({ name: '=HYPERLINK("http://x","<b>&")' }))).get('概览'),
      0,
      0,
    );
    expect(title?.formula).toBeUndefined();
    expect(String(title?.value)).toContain('=HYPERLINK("http://x","<b>&")村级收入月报');
  });
});

it.each(['xlsx', 'csv', 'html'] as const)('%s of one report is the same bytes each time', async (format) => {
  const report = sampleIncomeReport({ villages: 30 });
  const first = await renderIncomeReport(report, format, linkTo);
  // Another report in between, which ids that count through the process would show.
  await renderIncomeReport(sampleIncomeReport({ level: 'village' }), format, linkTo);
  const second = await renderIncomeReport(structuredClone(report), format, linkTo);
  expect(Buffer.compare(first, second)).toBe(0);
});
