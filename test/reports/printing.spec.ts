import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect } from '@jest/globals';
import { yuan } from '@ledger/domain';
import { renderIncomeReport } from '@ledger/reports';
import { HEADLESS } from '../support/headless-browser.js';
import { itWith } from '../support/it-with.js';
import { sampleIncomeReport } from '../support/sample-income-report.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const directory = temporaryDirectory();
afterAll(() => directory.remove());

const report = sampleIncomeReport({ villages: 60 });

async function sample(format: 'xlsx' | 'html'): Promise<string> {
  const file = join(directory.path, `report.${format}`);
  writeFileSync(file, await renderIncomeReport(report, format, (href) => href));
  return file;
}

function ran(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 110_000 });
  expect({ command, status, stderr: status === 0 ? '' : stderr }).toEqual({ command, status: 0, stderr: '' });
}

/** What is printed, as text in the order of the paper. */
function textOf(pdf: string): string {
  expect(existsSync(pdf)).toBe(true);
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  return spawnSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).stdout;
}

describe('printed', () => {
  itWith('soffice', 'pdftotext')(
    'by LibreOffice, the workbook opens and repeats its header on every page',
    async () => {
      const profile = `-env:UserInstallation=file://${join(directory.path, 'profile')}`;
      ran('soffice', ['--headless', profile, '--convert-to', 'pdf', '--outdir', directory.path, await sample('xlsx')]);
      const text = textOf(join(directory.path, 'report.pdf'));
      expect(text).toContain('柯桥区村级收入月报（2024年12月）');
      for (const { total } of [report, ...report.byVillage])
        expect(text).toContain(yuan(total.yearToDate.recognised.fen));
      const villagePages = text.split('\f').filter((page) => page.includes('月报（2024年12月） · 村'));
      expect(villagePages.length).toBeGreaterThan(1);
      for (const page of villagePages) expect(page).toContain('备注');
    },
    120_000,
  );

  itWith('chromium', 'pdftotext')(
    'by a browser, the page has its header and the demo mark on every page',
    async () => {
      const pdf = join(directory.path, 'page.pdf');
      const profile = `--user-data-dir=${join(directory.path, 'chromium')}`;
      ran('chromium', [...HEADLESS, profile, `--print-to-pdf=${pdf}`, `file://${await sample('html')}`]);
      const pages = textOf(pdf)
        .split('\f')
        .filter((page) => page.trim() !== '');
      expect(pages.length).toBeGreaterThan(3);
      for (const page of pages) expect(page).toContain('演示数据 · DEMO');
      expect(pages[0]).toContain('柯桥区村级收入月报');
      for (const { total } of report.byVillage) expect(pages.join()).toContain(yuan(total.yearToDate.recognised.fen));
      expect(pages.filter((page) => page.includes('备注')).length).toBeGreaterThan(1);
    },
    120_000,
  );
});
