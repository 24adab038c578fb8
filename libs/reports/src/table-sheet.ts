import { plainYuan, wanHundredths } from './figures.js';
import { type Cell, type Column, lines, type Table } from './table.js';
import type { CellLook, Merge, Sheet, SheetCell } from './workbook.js';

/** What stands above the table on its sheet. */
export interface Heading {
  readonly title: string;
  readonly subtitle: string;
  /** That the figures are made up, where they are. */
  readonly warning?: string;
}

/** Beyond 15 digits a spreadsheet rounds silently, so such an amount is written as text. */
const MAX_EXACT_FEN = 999_999_999_999_999;

/** A table as a sheet that can be printed: title, header rows that stay in sight, rows, notes. */
export function tableSheet(table: Table, heading: Heading, headerColumns = 1): Sheet {
  const { columns } = table;
  const widths = columns.map(({ width }) => width);
  const top = headingRows(heading, columns.length);
  const grouped = columns.some(({ group }) => group !== undefined);
  const headerRows = top.rows.length + (grouped ? 2 : 1);
  const body = table.rows.map(({ cells, total }) =>
    cells.map((cell) => sheetCell(cell, total === true ? 'total' : 'body')),
  );
  const notes = (table.notes ?? []).map((note): SheetCell[] => [{ value: lines(note), look: 'plain' }]);
  const rows = [...top.rows, ...headers(columns, grouped), ...body, ...notes];
  const merges = [
    ...top.merges,
    ...(grouped ? groupMerges(columns, top.rows.length) : []),
    ...notes.map((_, i) => across(headerRows + body.length + i, columns.length)),
  ];
  const heights = heightsOf(rows, widths, merges);
  return { name: table.tab, widths, rows, merges, headerRows, headerColumns, heights };
}

export function headingRows({ title, subtitle, warning }: Heading, columns: number) {
  const said: [string, CellLook][] = [
    [title, 'title'],
    [subtitle, 'subtitle'],
  ];
  if (warning !== undefined) said.push([warning, 'warning']);
  return {
    rows: said.map(([value, look]): SheetCell[] => [{ value, look, alignment: 'center' }]),
    merges: said.map((_, row): Merge => across(row, columns)),
  };
}

export function across(row: number, columns: number): Merge {
  return { fromRow: row, toRow: row, fromColumn: 0, toColumn: Math.max(columns - 1, 1) };
}

export function sheetCell(cell: Cell, look: CellLook): SheetCell {
  switch (cell.kind) {
    case 'text':
      return { value: lines(cell.text), look, ...(cell.href !== undefined && { href: cell.href }) };
    case 'fen':
      return { value: inYuan(cell.fen), look, format: 'yuan', ...(cell.href !== undefined && { href: cell.href }) };
    case 'wan':
      return {
        value: cell.fen === null ? null : wanHundredths(cell.fen) / 100,
        look,
        format: 'wan',
        ...(cell.href !== undefined && { href: cell.href }),
      };
    case 'ratio':
      return { value: cell.basisPoints === null ? null : cell.basisPoints / 10_000, look, format: 'percent' };
  }
  return { value: cell.count, look, format: 'count' };
}

function inYuan(fen: number | null): number | string | null {
  if (fen === null) return null;
  return Math.abs(fen) > MAX_EXACT_FEN ? plainYuan(fen) : fen / 100;
}

function headers(columns: readonly Column[], grouped: boolean): SheetCell[][] {
  const titles = columns.map(({ title }) => header(lines(title)));
  if (!grouped) return [titles];
  const upper = columns.map(({ group, title }) => header(lines(group ?? title)));
  return [upper, columns.map(({ group, title }) => header(group === undefined ? '' : lines(title)))];
}

function header(value: string): SheetCell {
  return { value, look: 'header' };
}

/** Neighbours of one group share a cell; a column without a group takes both rows. */
function groupMerges(columns: readonly Column[], row: number): Merge[] {
  const merges: Merge[] = [];
  for (let from = 0, to = 0; from < columns.length; from = to + 1, to = from) {
    const { group } = columns[from] ?? {};
    if (group === undefined) {
      merges.push({ fromRow: row, toRow: row + 1, fromColumn: from, toColumn: from });
      continue;
    }
    while (columns[to + 1]?.group?.zh === group.zh) to += 1;
    if (to > from) merges.push({ fromRow: row, toRow: row, fromColumn: from, toColumn: to });
  }
  return merges;
}

const LINE_HEIGHT = 13.5;
const PADDING = 3;
const TITLE_HEIGHT = 28;

/** A spreadsheet does not make a row higher for text that was there before it was opened, so each says how high it is. */
export function heightsOf(
  rows: Sheet['rows'],
  widths: readonly number[],
  merges: readonly Merge[],
): ReadonlyMap<number, number> {
  const merged = new Map(merges.map((merge) => [`${merge.fromRow},${merge.fromColumn}`, merge]));
  return new Map(
    rows.map((row, r) => {
      const most = row.map(({ value, look }, c) => {
        const { toRow = r, toColumn = c } = merged.get(`${r},${c}`) ?? {};
        if (look === 'title' || typeof value !== 'string' || toRow > r) return 1;
        const width = widths.slice(c, toColumn + 1).reduce((sum, own) => sum + own, 0);
        return linesAt(width, value);
      });
      const height = Math.max(1, ...most) * LINE_HEIGHT + PADDING;
      return [r, row[0]?.look === 'title' ? TITLE_HEIGHT : height];
    }),
  );
}

/** How many lines a text takes at a width in characters, of which a border takes one. */
function linesAt(width: number, text: string): number {
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / (width - 1))), 0);
}

/** Characters of Chinese are twice as wide as the others. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0);
}
