import type { Figures, MonthlyIncomeReport } from '@ledger/views';
import { lastingName } from '../provenance.js';
import { amountCell, type Cell, type Column, name, type Row, words } from '../table.js';
import { tableCsv } from '../table-csv.js';
import { allFigureColumns, type Showing, type Span } from './columns.js';

/**
 * The report for a statistician: a row for every measure of every account, project and place, with every amount of every
 * span, and on each row what it takes to ask for it again.
 */
export function incomeCsv(report: MonthlyIncomeReport): string {
  const about = aboutCells(report);
  const rows = groupsOf(report).map(({ part, code, itself, parent, measure, figures, remark }): Row => {
    const names = [part, code, itself, parent, measure].map((text) => name(text));
    return { cells: [...about, ...names, ...figures, name(remark)] };
  });
  return tableCsv({ columns: [...ABOUT, ...NAMES, ...FIGURES.map(({ column }) => column), REMARK], rows });
}

interface Group {
  readonly part: string;
  readonly code: string;
  readonly itself: string;
  readonly parent: string;
  readonly measure: string;
  readonly figures: readonly Cell[];
  readonly remark: string;
}

const SHOW: Showing = { unit: 'fen', linkTo: (href) => href };
const FIGURES = allFigureColumns().map(({ column, cell }) => {
  const { title, key } = column;
  const inYuan = key.endsWith('.percent') ? title : words(`${title.zh}（元）`, `${title.en} yuan`);
  return { cell, column: { ...column, title: inYuan } };
});

const ABOUT: readonly Column[] = [
  { key: 'ledger', title: words('账本', 'Ledger'), width: 0 },
  { key: 'demo', title: words('演示数据', 'Demo'), width: 0 },
  { key: 'scope', title: words('报告范围', 'Scope'), width: 0 },
  { key: 'period', title: words('月份', 'Month'), width: 0 },
  { key: 'lastingName', title: words('固定名称', 'Lasting name'), width: 0 },
];
const NAMES: readonly Column[] = [
  { key: 'part', title: words('部分', 'Part'), width: 0 },
  { key: 'code', title: words('代码', 'Code'), width: 0 },
  { key: 'name', title: words('名称', 'Name'), width: 0 },
  { key: 'parent', title: words('上级', 'Parent'), width: 0 },
  { key: 'measure', title: words('指标', 'Measure'), width: 0 },
];
const REMARK: Column = { key: 'remark', title: words('备注', 'Remark'), width: 0 };

function aboutCells(report: MonthlyIncomeReport): Cell[] {
  const { ledger, scope, period } = report;
  const demo = ledger.demo ? 'DEMO' : '';
  return [ledger.name, demo, scope.code, period, lastingName(report)].map((text) => name(text));
}

function groupsOf(report: MonthlyIncomeReport): Group[] {
  const { scope, lines, projects, byTownship, byVillage } = report;
  const whole = { part: 'scope', code: scope.code, itself: scope.name, parent: '', remark: '' };
  return [
    ...measuresOf(whole, report, ['total', 'operating', 'other']),
    unallocated(whole, report),
    ...lines.map(({ account, name: itself, section, figures }) =>
      group({ part: 'account', code: account, itself, parent: '', remark: '' }, section, figures),
    ),
    ...projects.flatMap((line) => {
      const place = { part: 'project', code: line.project ?? '', itself: line.name ?? '', parent: '', remark: '' };
      return measuresOf(place, line, ['total', 'operating']);
    }),
    ...[...byTownship, ...byVillage].flatMap((line) => {
      const { level, code, name: itself, township, withoutData, origins } = line;
      const remark = [withoutData, ...origins].filter((text) => text !== null).join(' ');
      const place = { part: level, code, itself, parent: township ?? '', remark };
      return [...measuresOf(place, line, ['total', 'operating']), unallocated(place, line)];
    }),
  ];
}

type Named = Omit<Group, 'measure' | 'figures'>;

function measuresOf<M extends string>(
  named: Named,
  own: Readonly<Record<M, Figures>>,
  measures: readonly M[],
): Group[] {
  return measures.map((measure) => group(named, measure, own[measure]));
}

function group(named: Named, measure: string, figures: Figures): Group {
  return { ...named, measure, figures: FIGURES.map(({ cell }) => cell(figures, SHOW)) };
}

/** Receipts that settle no known income stand where what was collected stands. */
function unallocated(named: Named, { unallocatedReceipts }: Pick<MonthlyIncomeReport, 'unallocatedReceipts'>): Group {
  const cells = FIGURES.map(({ column: { key } }) => {
    const [span, measure] = key.split('.');
    return measure === 'collected' ? amountCell('fen', unallocatedReceipts[span as Span].fen) : name('');
  });
  return { ...named, measure: 'unallocatedReceipts', figures: cells };
}
