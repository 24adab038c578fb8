import type { MonthlyIncomeReport, ReportedPlace } from '@ledger/views';
import { htmlPage } from '../html-page.js';
import { lastingName } from '../provenance.js';
import { amountCell, type Column, name, type Row, textCell, WAN, words } from '../table.js';
import { tableMarkup } from '../table-markup.js';
import { LEVELS, SECTIONS } from './sections.js';

/** A report of the pack: the place, its files by format, and what the list shows of it. */
export interface PackEntry {
  readonly place: ReportedPlace;
  readonly files: Readonly<Record<string, string>>;
  readonly fen: readonly number[];
}

export function packEntry(report: MonthlyIncomeReport, files: PackEntry['files']): PackEntry {
  const fen = SECTIONS.map(({ key }) => report[key].yearToDate.recognised.fen);
  return { place: report.scope, files, fen };
}

/** The page that lists what is in a pack, by the report of its district. */
export function packIndex(report: MonthlyIncomeReport, entries: readonly PackEntry[]): string {
  const { scope, period, ledger } = report;
  const title = words(`${scope.name}村级收入月报汇编（${period}）`, `Monthly income reports, ${period}`);
  const formats = [...new Set(entries.flatMap(({ files }) => Object.keys(files)))];
  const columns: Column[] = [
    { key: 'level', title: words('级别', 'Level'), width: 0 },
    { key: 'code', title: words('代码', 'Code'), width: 0 },
    { key: 'name', title: words('名称', 'Name'), width: 0 },
    ...SECTIONS.map(({ key, title: own }) => ({
      key,
      group: words('本年累计（确认）', 'Year to date, recognised'),
      title: own,
      width: 0,
    })),
    ...formats.map((format) => ({ key: format, title: words(format, ''), width: 0 })),
  ];
  const rows = entries.map(({ place, files, fen }): Row => ({
    total: place.level !== 'village',
    cells: [
      textCell(LEVELS[place.level]),
      name(place.code),
      name(place.name),
      ...fen.map((amount) => amountCell('wan', amount)),
      ...formats.map((format) => (files[format] === undefined ? name('') : name(format, addressOf(files[format])))),
    ],
  }));
  const table = tableMarkup({ key: 'reports', title: words('目录', 'Contents'), tab: '', unit: WAN, columns, rows });
  return htmlPage({ title, subtitles: [words(lastingName(report), '')], demo: ledger.demo, main: table });
}

/** A path below the page, with each of its names escaped. */
function addressOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
