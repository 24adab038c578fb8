import { type Cell, type CellStyle, cellRef, writeXlsx, type WriteSheet } from 'hucre/xlsx';
import type { CellLook, NumberFormat, Sheet, SheetCell, Workbook } from './workbook.js';

const FONT = '宋体';
const LINE = { style: 'thin', color: { rgb: '808080' } } as const;
const BORDER = { top: LINE, bottom: LINE, left: LINE, right: LINE };

/**
 * The port of workbooks by hucre. Its streaming writer knows one sheet and neither print setup nor hyperlinks, so a workbook
 * is made whole: the largest of ours, a district with its villages, takes some tens of megabytes while it is made.
 */
export async function writeHucreWorkbook(workbook: Workbook): Promise<Uint8Array> {
  // Noon in Shanghai, so that the date in the file is that day in every zone from there to Greenwich.
  const created = new Date(`${workbook.createdOn}T12:00:00+08:00`);
  return writeXlsx({
    sheets: workbook.sheets.map((sheet) => sheetOf(sheet, workbook.footer)),
    properties: {
      title: workbook.title,
      subject: workbook.subject,
      creator: 'Gongfu Ledger 共富账本',
      created,
      modified: created,
    },
    defaultFont: { name: FONT, size: 10 },
  });
}

function sheetOf(sheet: Sheet, footer: string): WriteSheet {
  const cells = new Map<string, Partial<Cell>>();
  for (const [r, row] of sheet.rows.entries())
    for (const [c, cell] of row.entries()) cells.set(`${r},${c}`, cellOf(cell));
  const lastRow = Math.max(sheet.rows.length, 1);
  const lastColumn = cellRef(0, Math.max(sheet.widths.length - 1, 0)).replace(/\d+$/, '');
  return {
    name: sheet.name,
    rows: sheet.rows.map((row) => row.map(({ value }) => value)),
    cells,
    columns: sheet.widths.map((width) => ({ width })),
    merges: sheet.merges.map(({ fromRow, fromColumn, toRow, toColumn }) => ({
      startRow: fromRow,
      startCol: fromColumn,
      endRow: toRow,
      endCol: toColumn,
    })),
    freezePane: { rows: sheet.headerRows, columns: sheet.headerColumns },
    rowDefs: new Map([...sheet.heights].map(([row, height]) => [row, { height }])),
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      printArea: `$A$1:$${lastColumn}$${lastRow}`,
      ...(sheet.headerRows > 0 && { printTitlesRow: `$1:$${sheet.headerRows}` }),
      margins: { top: 0.6, bottom: 0.7, left: 0.4, right: 0.4, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: `&L&8${plainFooter(footer)}&R&8第 &P 页，共 &N 页` },
    view: { showGridLines: false },
  };
}

function cellOf({ value, format, look, href, alignment }: SheetCell): Partial<Cell> {
  return {
    value,
    style: styleOf(look, format, alignment, href !== undefined),
    ...(href !== undefined && { hyperlink: { target: href } }),
  };
}

const FORMATS: Readonly<Record<NumberFormat, string>> = {
  yuan: '#,##0.00;[Red]-#,##0.00',
  wan: '#,##0.00;[Red]-#,##0.00',
  percent: '0.00%;[Red]-0.00%',
  count: '#,##0',
};

const LOOKS: Readonly<Record<CellLook, CellStyle>> = {
  title: { font: { name: '黑体', size: 16, bold: true } },
  subtitle: { font: { name: FONT, size: 10 } },
  warning: { font: { name: '黑体', size: 11, bold: true, color: { rgb: 'B00000' } } },
  header: {
    font: { name: '黑体', size: 10, bold: true },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'EDEDED' } },
    border: BORDER,
  },
  body: { font: { name: FONT, size: 10 }, border: BORDER },
  total: { font: { name: FONT, size: 10, bold: true }, border: BORDER },
  plain: { font: { name: FONT, size: 10 } },
};

const CENTERED: ReadonlySet<CellLook> = new Set(['title', 'header']);

/** The writer keeps a style once for all cells that look alike, found by its text. */
function styleOf(
  look: CellLook,
  format: NumberFormat | undefined,
  alignment: SheetCell['alignment'],
  linked: boolean,
): CellStyle {
  const plain = LOOKS[look];
  const horizontal = alignment ?? (CENTERED.has(look) ? 'center' : format === undefined ? 'left' : 'right');
  return {
    ...plain,
    ...(linked && { font: { ...plain.font, color: { rgb: '1F3864' } } }),
    ...(format !== undefined && { numFmt: FORMATS[format] }),
    alignment: { horizontal, vertical: 'center', wrapText: format === undefined },
  };
}

/** An ampersand begins a command in the foot of a page. */
function plainFooter(text: string): string {
  return text.replaceAll('&', '&&');
}
