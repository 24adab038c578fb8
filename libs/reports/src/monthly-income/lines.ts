import { type ChartId, charts, chartIdOf } from '@ledger/accounting';
import type { AccountLine, MonthlyIncomeReport, ProjectLine } from '@ledger/views';
import { type Column, name, type Row, type Table, textCell, type Words, words, YUAN } from '../table.js';
import { figureColumns, type LinkTo, type Showing } from './columns.js';
import { SECTIONS } from './sections.js';

/** Income by account: the sums first, then the accounts of the first level with what they are made of. */
export function accountsTable(report: MonthlyIncomeReport, linkTo: LinkTo): Table {
  const figures = figureColumns(report.basis);
  const show: Showing = { unit: 'fen', linkTo };
  const columns: Column[] = [
    { key: 'account', title: words('科目', 'Account'), width: 12 },
    { key: 'name', title: words('名称', 'Name'), width: 24 },
    ...figures.map(({ column }) => column),
  ];
  const sums: Row[] = SECTIONS.map(({ key, title }) => ({
    total: true,
    cells: [name(''), textCell(title), ...figures.map(({ cell }) => cell(report[key], show))],
  }));
  let above: AccountLine | undefined;
  const rows: Row[] = report.lines.map((line) => {
    if (line.level === 1) above = line;
    const shown = [name(codeOf(line)), textCell(nameOf(line, above))];
    return { cells: [...shown, ...figures.map(({ cell }) => cell(line.figures, show))] };
  });
  const notes = report.lines.filter(({ carriedFrom }) => carriedFrom.length > 0).map(carried);
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
  const show: Showing = { unit: 'fen', linkTo };
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

/**
 * An account of the second level stands a little to the right of its parent; one of an earlier standard says whose it is,
 * because the same number means another account there.
 */
function nameOf({ account, name: zh, nameEn, level }: AccountLine, above: AccountLine | undefined): Words {
  const indent = level === 1 ? '' : '　';
  const en = nameEn ?? '';
  const chart = charts[chartIdOf(account) as ChartId];
  if (above === undefined || chart.id === chartIdOf(above.account)) return words(`${indent}${zh}`, en);
  return words(`${indent}${zh}（${chart.source}）`, `${en} (standard of ${chart.inForceFrom.slice(0, 4)})`);
}

function codeOf({ account }: AccountLine): string {
  return account.slice(account.indexOf(':') + 1);
}

function carried(line: AccountLine): Words {
  const from = line.carriedFrom.join('、');
  return words(
    `${codeOf(line)} ${line.name}含原科目${from}的金额（制度转换前）。`,
    `${line.account} includes the amounts of ${from}, from before the change of standard.`,
  );
}
