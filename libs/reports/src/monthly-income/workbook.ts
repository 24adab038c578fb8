import type { MonthlyIncomeReport } from '@ledger/views';
import { lastingName } from '../provenance.js';
import { lines, type Table, words, type Words } from '../table.js';
import { type Heading, headingRows, heightsOf, tableSheet } from '../table-sheet.js';
import type { Merge, Sheet, SheetCell, Workbook } from '../workbook.js';
import type { LinkTo } from './columns.js';
import { incomePaper, SIGNATURES } from './paper.js';

/** The report as a workbook: a sheet a table, each ready to be printed. */
export function incomeWorkbook(report: MonthlyIncomeReport, linkTo: LinkTo): Workbook {
  const { title, subtitle, warning, summary, tables, notes } = incomePaper(report, linkTo);
  const headingOf = ({ title: own, unit }: Table): Heading => ({
    title: own === summary.title ? title.zh : `${title.zh} · ${own.zh}`,
    subtitle: `${subtitle.zh} · 单位：${unit.zh} （${unit.en}）`,
    ...(warning !== undefined && { warning: lines(warning) }),
  });
  return {
    title: title.zh,
    subject: title.en,
    createdOn: report.asOf,
    footer: `${report.ledger.name}${report.ledger.demo ? ' 演示数据 DEMO' : ''} ${lastingName(report)}`,
    sheets: [
      signed(tableSheet(summary, headingOf(summary))),
      ...tables.map((table) => tableSheet(table, headingOf(table), headerColumns(table))),
      notesSheet(notes, { title: `${title.zh} · ${NOTES.zh}`, subtitle: title.en, ...headingWarning(warning) }),
    ],
  };
}

const NOTES = words('说明', 'Notes');
const NOTES_WIDTH = 130;

function headingWarning(warning: Words | undefined): Pick<Heading, 'warning'> {
  return warning === undefined ? {} : { warning: lines(warning) };
}

/** Code and name stay in sight together. */
function headerColumns({ columns }: Table): number {
  return columns[1]?.key === 'name' || columns[1]?.key === 'code' ? 2 : 1;
}

/** Below the summary, where people sign. */
function signed(sheet: Sheet): Sheet {
  const row = sheet.rows.length + 1;
  const columns = sheet.widths.length;
  const each = Math.max(Math.floor(columns / SIGNATURES.length), 1);
  const cells: SheetCell[] = Array.from({ length: columns }, () => ({ value: '', look: 'plain' }));
  const merges: Merge[] = [];
  for (const [i, who] of SIGNATURES.entries()) {
    const fromColumn = i * each;
    const toColumn = Math.min(fromColumn + each, columns) - 1;
    cells[fromColumn] = { value: `${who.zh} ${who.en}：`, look: 'plain' };
    if (toColumn > fromColumn) merges.push({ fromRow: row, toRow: row, fromColumn, toColumn });
  }
  return {
    ...sheet,
    rows: [...sheet.rows, [{ value: '', look: 'plain' }], cells],
    merges: [...sheet.merges, ...merges],
    heights: new Map([...sheet.heights, [row, 30]]),
  };
}

function notesSheet(notes: readonly Words[], heading: Heading): Sheet {
  const top = headingRows(heading, 1);
  const texts = notes.map((note, i): SheetCell[] => [{ value: `${i + 1}. ${lines(note)}`, look: 'plain' }]);
  const rows = [...top.rows, ...texts];
  const heights = heightsOf(rows, [NOTES_WIDTH], []);
  return { name: NOTES.zh, widths: [NOTES_WIDTH], rows, merges: [], headerRows: 0, headerColumns: 0, heights };
}
