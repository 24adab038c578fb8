import type { MonthlyIncomeReport } from '@ledger/views';
import { writeHucreWorkbook } from '../hucre-workbook.js';
import type { WriteWorkbook } from '../workbook.js';
import type { LinkTo } from './columns.js';
import { incomeCsv } from './csv.js';
import { incomePage } from './page.js';
import { incomeWorkbook } from './workbook.js';

export type ReportFormat = 'xlsx' | 'csv' | 'html';

export const reportFormats: Readonly<Record<ReportFormat, { readonly mediaType: string }>> = {
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  csv: { mediaType: 'text/csv; charset=utf-8' },
  html: { mediaType: 'text/html; charset=utf-8' },
};

/** A report as the bytes of a file; the same report and addresses give the same bytes, for ever. */
export async function renderIncomeReport(
  report: MonthlyIncomeReport,
  format: ReportFormat,
  linkTo: LinkTo,
  writeWorkbook: WriteWorkbook = writeHucreWorkbook,
): Promise<Uint8Array> {
  switch (format) {
    case 'xlsx':
      return writeWorkbook(incomeWorkbook(report, linkTo));
    case 'csv':
      return Buffer.from(incomeCsv(report));
  }
  return Buffer.from(incomePage(report, linkTo));
}

/** `谢家坞村-330603008201-村级收入月报-2024-12.xlsx`; the second is for programs that know ASCII only. */
export function reportFileNames({ scope, period }: MonthlyIncomeReport, format: ReportFormat | 'json') {
  const name = scope.name.replace(/[^\p{L}\p{N}]+/gu, '');
  return {
    name: `${name}-${scope.code}-村级收入月报-${period}.${format}`,
    ascii: `monthly-income-${scope.code}-${period}.${format}`,
  };
}
