import type { MonthlyIncomeReport, Spans } from '@ledger/views';
import { amountCell, type Cell, name, type Row, type Table, textCell, type Words, WAN, words } from '../table.js';
import { amountOf, figureColumns, type LinkTo, type Showing, type Span, unknownSpans } from './columns.js';
import { SECTIONS } from './sections.js';
import { bandNotes } from './tiers.js';
import { villageNotes } from './without-data.js';

/** The figures that a meeting looks at, in ten thousands of yuan; the exact ones are by account. */
export function summaryTable(report: MonthlyIncomeReport, linkTo: LinkTo): Table {
  const figures = figureColumns(report.basis);
  const unknown = unknownSpans(report.period, report.booksFrom);
  const show: Showing = { unit: 'wan', linkTo, unknown };
  /** A row that has something in some columns only. */
  const some = (title: Words, cells: Readonly<Record<string, Cell>>): Row => ({
    cells: [textCell(title), ...figures.map(({ column }) => cells[column.key] ?? name(''))],
  });
  const sums: Row[] = SECTIONS.map(({ key, title }) => ({
    total: key === 'total',
    cells: [textCell(title), ...figures.map(({ cell }) => cell(report[key], show))],
  }));
  const { averagePerVillage, unallocatedReceipts, scope } = report;
  const averages =
    scope.level === 'village'
      ? []
      : [
          some(words('村均总收入', 'Total income per village'), recognised(averagePerVillage.totalFen, unknown)),
          some(
            words('村均经营性收入', 'Operating income per village'),
            recognised(averagePerVillage.operatingFen, unknown),
          ),
        ];
  const unallocated = some(words('未核销收款', 'Unallocated receipts'), {
    'month.collected': amountOf(unallocatedReceipts.month, show, 'month'),
    'yearToDate.collected': amountOf(unallocatedReceipts.yearToDate, show, 'yearToDate'),
  });
  return {
    key: 'summary',
    title: words('概览', 'Summary'),
    tab: '概览',
    unit: WAN,
    columns: [{ key: 'measure', title: words('指标', 'Measure'), width: 26 }, ...figures.map(({ column }) => column)],
    rows: [...sums, ...averages, unallocated],
    notes: [...villageNotes(report), ...bandNotes(report)],
  };
}

function recognised(spans: Spans<number>, unknown: ReadonlySet<Span>): Record<string, Cell> {
  const keys = Object.keys(spans) as Span[];
  const fen = (span: Span): number | null => (unknown.has(span) && spans[span] === 0 ? null : spans[span]);
  return Object.fromEntries(keys.map((span) => [`${span}.recognised`, amountCell('wan', fen(span))]));
}
