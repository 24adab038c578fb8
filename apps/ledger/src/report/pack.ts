import { join } from 'node:path';
import type { MonthlyIncomeReport } from '@ledger/views';
import {
  type LinkTo,
  packEntry,
  type PackEntry,
  packIndex,
  renderIncomeReport,
  reportFileNames,
  type ReportFormat,
} from '@ledger/reports';
import { writeWhole } from './whole-file.js';

export type PackFormat = ReportFormat | 'json';

export const packFormats: readonly PackFormat[] = ['xlsx', 'html', 'csv', 'json'];

export interface PackQuestion {
  /** Makes the report of a place, by its code. */
  readonly reportOf: (code: string) => MonthlyIncomeReport;
  readonly formats: readonly PackFormat[];
  readonly linkTo: LinkTo;
}

/**
 * Writes the report of a place and of all places below it, one after the other, so that the memory is that of one: the
 * place itself and an index at the top, each township in a directory of its own with its villages. Gives how many reports.
 */
export async function writePack(
  scope: string,
  directory: string,
  question: PackQuestion,
  onProgress: (done: number, total: number) => void,
): Promise<number> {
  const whole = question.reportOf(scope);
  const { byTownship, byVillage } = whole;
  const total = 1 + byTownship.length + byVillage.length;
  const entries: PackEntry[] = [];
  const write = async (report: MonthlyIncomeReport, folder: string): Promise<void> => {
    entries.push(packEntry(report, await writeReport(report, directory, folder, question)));
    onProgress(entries.length, total);
  };
  onProgress(0, total);
  await write(whole, '');
  const folders = new Map(byTownship.map(({ code, name }) => [code, folderOf(name, code)]));
  for (const { code } of byTownship) {
    await write(question.reportOf(code), folders.get(code) ?? '');
    for (const village of byVillage.filter(({ township }) => township === code)) {
      await write(question.reportOf(village.code), folders.get(code) ?? '');
    }
  }
  // A township has its villages beside it; so has a district those that stand below no township of that day.
  for (const { code, township } of byVillage) {
    if (!folders.has(township ?? '')) await write(question.reportOf(code), '');
  }
  await writeWhole(join(directory, 'index.html'), Buffer.from(packIndex(whole, entries)));
  return entries.length;
}

async function writeReport(
  report: MonthlyIncomeReport,
  directory: string,
  folder: string,
  { formats, linkTo }: PackQuestion,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const format of formats) {
    const { name } = reportFileNames(report, format);
    const path = folder === '' ? name : `${folder}/${name}`;
    const bytes =
      format === 'json' ? Buffer.from(JSON.stringify(report)) : await renderIncomeReport(report, format, linkTo);
    await writeWhole(join(directory, path), bytes);
    files[format] = path;
  }
  return files;
}

/** Names come from the books: of them only letters and digits become names of directories. */
function folderOf(name: string, code: string): string {
  return `${code.slice(0, 9)}-${name.replace(/[^\p{L}\p{N}]+/gu, '')}`;
}
