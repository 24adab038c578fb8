import { stringify } from 'csv-stringify/sync';
import { plainYuan } from './figures.js';
import type { Cell, Column, Table, Words } from './table.js';

/**
 * A table as a CSV file. Amounts are in yuan and ratios in per cent, both with two decimals and without thousands. Text
 * that a spreadsheet would take for a formula begins with an apostrophe; Excel knows the encoding by the mark at the
 * beginning.
 */
export function tableCsv({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  return stringify([columns.map(headerOf), ...rows.map(({ cells }) => cells.map(fieldOf))], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
    // A number here is hundredths, of a yuan or of a per cent: only as a number may it begin with a minus.
    cast: { number: (hundredths) => plainYuan(hundredths), bigint: String },
  });
}

function headerOf({ key, title, group }: Column): string {
  const texts = [group, title].filter((text): text is Words => text !== undefined);
  return `${texts.map(({ zh }) => zh).join('')} ${texts.map(({ en }) => en).join(' ')} (${key})`;
}

function fieldOf(cell: Cell): string | number | bigint {
  switch (cell.kind) {
    case 'text':
      return [cell.text.zh, cell.text.en].filter((text) => text !== '').join(' ');
    case 'fen':
    case 'wan':
      return cell.fen ?? '';
    case 'ratio':
      return cell.basisPoints ?? '';
  }
  return cell.count === null ? '' : BigInt(cell.count);
}
