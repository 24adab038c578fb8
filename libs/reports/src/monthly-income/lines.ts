import {
  type AccountLine,
  type ChartAccount,
  chartAccount,
  type MonthlyIncomeReport,
  type ProjectLine,
} from '@ledger/views';
import {
  amountCell,
  type Cell,
  type Column,
  name,
  ratioCell,
  type Row,
  type Table,
  textCell,
  type Words,
  words,
  YUAN,
} from '../table.js';
import { ofStandard } from './account-words.js';
import {
  type ComparedSpan,
  type FigureColumn,
  figureColumns,
  type LinkTo,
  type Showing,
  unknownSpans,
} from './columns.js';
import { SECTIONS } from './sections.js';

/** Income by account: the sums first, then the accounts of the first level with what they are made of. */
export function accountsTable(report: MonthlyIncomeReport, linkTo: LinkTo): Table {
  const figures = figureColumns(report.basis);
  const show: Showing = { unit: 'fen', linkTo, unknown: unknownSpans(report.period, report.booksFrom) };
  const columns: Column[] = [
    { key: 'account', title: words('科目', 'Account'), width: 12 },
    { key: 'name', title: words('名称', 'Name'), width: 24 },
    ...figures.map(({ column }) => column),
  ];
  const sums: Row[] = SECTIONS.map(({ key, title }) => ({
    total: true,
    cells: [name(''), textCell(title), ...figures.map(({ cell }) => cell(report[key], show))],
  }));
  const rows: Row[] = report.lines.map((line) => {
    const known = chartAccount(line.account, report.period);
    const shown = [name(known.code), textCell(nameOf(line, known))];
    return { cells: [...shown, ...figures.map((column) => shownCell(column, line, known, show))] };
  });
  const notes = report.lines.filter(({ carriedFrom }) => carriedFrom.length > 0).map((line) => carried(line, report));
  return {
    key: 'accounts',
    title: words('科目', 'Accounts'),
    tab: '科目',
    unit: YUAN,
    columns,
    rows: [...sums, ...rows],
    notes,
  };
}

/** Income by project, the last line what belongs to none. */
export function projectsTable(report: MonthlyIncomeReport, linkTo: LinkTo): Table {
  const figures = figureColumns(report.basis);
  const show: Showing = { unit: 'fen', linkTo, unknown: unknownSpans(report.period, report.booksFrom) };
  const columns: Column[] = [
    { key: 'name', title: words('项目', 'Project'), width: 30 },
    ...figures.map(({ column }) => column),
  ];
  const rows: Row[] = report.projects.map((line) => ({
    cells: [textCell(projectName(line)), ...figures.map(({ cell }) => cell(line.total, show))],
  }));
  return { key: 'projects', title: words('项目', 'Projects'), tab: '项目', unit: YUAN, columns, rows };
}

export function projectName({ project, name: known }: ProjectLine): Words {
  return project === null ? words('不属于项目', 'of no project') : words(known ?? project, '');
}

/** An account of the second level stands a little to the right of its parent. */
function nameOf({ name: zh, nameEn, level }: AccountLine, known: ChartAccount): Words {
  return ofStandard(words(`${level === 1 ? '' : '　'}${zh}`, nameEn ?? ''), known);
}

/** A change from nothing, or to nothing because a standard has ended, is none that anybody made. */
function shownCell({ cell, compares }: FigureColumn, line: AccountLine, known: ChartAccount, show: Showing): Cell {
  const own = cell(line.figures, show);
  if (compares === undefined || isCompared(compares, line, known)) return own;
  return own.kind === 'ratio' ? ratioCell(null) : amountCell('fen', null);
}

function isCompared(span: ComparedSpan, { level, figures }: AccountLine, known: ChartAccount): boolean {
  const earlier = known.otherStandard !== null;
  const lastYear = figures[span === 'month' ? 'sameMonthLastYear' : 'yearToDateLastYear'];
  const before = lastYear.recognised.href !== null;
  const now = figures[span].recognised.href !== null;
  return (before || (level === 1 && !earlier)) && (now || !earlier);
}

function carried(line: AccountLine, { period }: MonthlyIncomeReport): Words {
  const from = line.carriedFrom.join('、');
  return words(
    `${chartAccount(line.account, period).code} ${line.name}含原科目${from}的金额（制度转换前）。`,
    `${line.account} includes the amounts of ${from}, from before the change of standard.`,
  );
}
