import type { MonthlyIncomeReport } from '@ledger/views';
import type { WriteWorkbook } from '../workbook.js';
import type { LinkTo } from './columns.js';
import { incomeCsv } from './csv.js';
import { incomeWorkbook } from './workbook.js';

export type ReportFormat = 'xlsx' | 'csv' | 'html';

export const reportFormats: Readonly<Record<ReportFormat, { readonly mediaType: string }>> = {
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  csv: { mediaType: 'text/csv; charset=utf-8' },
  html: { mediaType: 'text/html; charset=utf-8' },
};

/**
 * A report as the bytes of a file; the same report and addresses give the same bytes, for ever. The libraries for charts
 * and workbooks are loaded when they are needed: a ledger that is asked for none does without their memory.
 */
export async function renderIncomeReport(
  report: MonthlyIncomeReport,
  format: ReportFormat,
  linkTo: LinkTo,
  writeWorkbook?: WriteWorkbook,
): Promise<Uint8Array> {
  if (format === 'csv') return Buffer.from(incomeCsv(report));
  if (format === 'html') {
    const { incomePage } = await import('./page.js');
    return Buffer.from(incomePage(report, linkTo));
  }
  const write = writeWorkbook ?? (await import('../hucre-workbook.js')).writeHucreWorkbook;
  return write(incomeWorkbook(report, linkTo));
}

/** `谢家坞村-330603008201-村级收入月报-2024-12.xlsx`; the second is for programs that know ASCII only. */
export function reportFileNames({ scope, period }: MonthlyIncomeReport, format: ReportFormat | 'json') {
  const name = scope.name.replace(/[^\p{L}\p{N}]+/gu, '');
  return {
    name: `${name}-${scope.code}-村级收入月报-${period}.${format}`,
    ascii: `monthly-income-${scope.code}-${period}.${format}`,
  };
}
