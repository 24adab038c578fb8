import type { MonthlyIncomeReport } from '@ledger/views';
import { DEMO } from '../provenance.js';
import { type Table, type Words, words } from '../table.js';
import { changesTable, comparedTable } from './changes.js';
import type { LinkTo } from './columns.js';
import { accountsTable, projectsTable } from './lines.js';
import { BASIS_NAMES, notesOf } from './notes.js';
import { forecastTable, monthsTable } from './outlook.js';
import { townshipsTable, villagesTable } from './places.js';
import { summaryTable } from './summary.js';
import { tierTables } from './tiers.js';

/** A report as what is read on paper: the same for the workbook and the page. */
export interface Paper {
  readonly title: Words;
  readonly subtitle: Words;
  readonly warning: Words | undefined;
  readonly summary: Table;
  readonly tables: readonly Table[];
  readonly notes: readonly Words[];
}

export function incomePaper(report: MonthlyIncomeReport, linkTo: LinkTo): Paper {
  const { scope, period, asOf, basis, ledger, changes } = report;
  const [year = '', month = ''] = period.split('-');
  const by = BASIS_NAMES[basis];
  const summary = summaryTable(report, linkTo);
  const tables = [
    accountsTable(report, linkTo),
    projectsTable(report, linkTo),
    ...(report.byTownship.length > 0 ? [townshipsTable(report, linkTo)] : []),
    ...(report.byVillage.length > 0 ? [villagesTable(report, linkTo)] : []),
    ...tierTables(report),
    monthsTable(report, linkTo),
    // December leaves nothing of its year to forecast.
    ...(period.endsWith('-12') ? [] : [forecastTable(report)]),
    ...(changes === null ? [] : [comparedTable(report, changes), changesTable(changes, linkTo)]),
  ];
  return {
    title: words(`${scope.name}村级收入月报（${year}年${Number(month)}月）`, `Monthly income report, ${period}`),
    subtitle: words(
      `区划代码${scope.code} · 截至${asOf} · ${by.zh} · 账本位置${report.knownAt}`,
      `division ${scope.code}, as of ${asOf}, ${by.en}, known at position ${report.knownAt}`,
    ),
    warning: ledger.demo ? DEMO : undefined,
    summary,
    tables,
    notes: notesOf(report, [summary, ...tables]),
  };
}

/** Who answers for the paper, by hand. */
export const SIGNATURES: readonly Words[] = [
  words('制表', 'Prepared by'),
  words('复核', 'Reviewed by'),
  words('负责人', 'In charge'),
  words('日期', 'Date'),
  words('盖章', 'Seal'),
];
