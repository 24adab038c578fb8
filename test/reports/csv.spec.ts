import { describe, expect, it } from '@jest/globals';
import { renderIncomeReport } from '@ledger/reports';
import type { MonthlyIncomeReport } from '@ledger/views';
import { parseCsv } from 'hucre/csv';
import { sampleIncomeReport } from '../support/sample-income-report.js';

async function textOf(report: MonthlyIncomeReport): Promise<string> {
  return Buffer.from(await renderIncomeReport(report, 'csv', (href) => href)).toString();
}

/** The rows by the names that programs use for the columns. */
async function rowsOf(report: MonthlyIncomeReport): Promise<Record<string, string>[]> {
  const [header = [], ...rows] = parseCsv(await textOf(report), { delimiter: ',' });
  const keys = header.map((title) => /\(([\w.]+)\)$/.exec(String(title))?.[1] ?? '');
  return rows.map((row) => Object.fromEntries(row.map((value, i) => [keys[i], String(value)])));
}

describe('the CSV file of a monthly income report', () => {
  it('begins with the mark by which Excel knows UTF-8, and names columns in Chinese, English and for programs', async () => {
    const text = await textOf(sampleIncomeReport());
    expect(text.startsWith('\uFEFF账本 Ledger (ledger),')).toBe(true);
    expect(text).toContain('本年累计收到（元） Year to date collected yuan (yearToDate.collected)');
  });

  it('has a row for every measure of every account, project and place', async () => {
    const report = sampleIncomeReport({ villages: 3 });
    const named = (await rowsOf(report)).map(({ part, code, measure }) => [part, code, measure].join(' '));
    const places = ['township 330603008000', ...[1, 2, 3].map((n) => `village 33060300820${n}`)];
    expect(named).toEqual([
      'scope 330603000000 total',
      'scope 330603000000 operating',
      'scope 330603000000 other',
      'scope 330603000000 unallocatedReceipts',
      ...report.lines.map(({ account, section }) => `account ${account} ${section}`),
      'project p-1 total',
      'project p-1 operating',
      'project  total',
      'project  operating',
      ...places.flatMap((place) =>
        ['total', 'operating', 'unallocatedReceipts'].map((measure) => `${place} ${measure}`),
      ),
    ]);
  });

  it('gives every amount of every span in yuan with two decimals', async () => {
    const report = sampleIncomeReport();
    const rows = await rowsOf(report);
    for (const [i, { figures }] of report.lines.entries()) {
      const row = rows[4 + i];
      for (const span of ['month', 'yearToDate', 'sameMonthLastYear', 'yearToDateLastYear'] as const) {
        for (const measure of ['recognised', 'collected', 'nonRecurring', 'corrected'] as const) {
          expect(row?.[`${span}.${measure}`]).toBe((figures[span][measure].fen / 100).toFixed(2));
        }
      }
      expect(row).toMatchObject({ 'change.month.percent': '12.34', 'change.yearToDate.percent': '' });
    }
  });

  it('says on every row what the report is, and that a demo is one', async () => {
    for (const row of await rowsOf(sampleIncomeReport())) {
      expect(row).toMatchObject({ ledger: 'keqiao.demo', demo: 'DEMO', scope: '330603000000', period: '2024-12' });
      expect(row['lastingName']).toContain('knownAt=4711');
    }
  });

  it('keeps a name that looks like a formula from being one, and negative amounts numbers', async () => {
    const rows = await rowsOf(sampleIncomeReport({ name: '=1+1"\n,<b>' }));
    expect(rows[0]?.['name']).toBe(`'=1+1"\n,<b>`);
    const negative = rows.flatMap((row) => Object.values(row)).filter((value) => /^'?-/.test(value));
    expect(negative.length).toBeGreaterThan(0);
    expect(negative.every((value) => /^-\d+\.\d\d$/.test(value))).toBe(true);
  });
});
