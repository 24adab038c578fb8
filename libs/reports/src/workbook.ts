import type { LocalDate } from '@ledger/domain';

/** How a number is shown. Amounts are in yuan, or in ten thousands of yuan where a column says so. */
export type NumberFormat = 'yuan' | 'wan' | 'percent' | 'count';

export type CellLook = 'title' | 'subtitle' | 'warning' | 'header' | 'body' | 'total' | 'plain';

export interface SheetCell {
  readonly value: string | number | null;
  readonly format?: NumberFormat;
  readonly look: CellLook;
  /** Where the figure comes from. */
  readonly href?: string;
  readonly alignment?: 'left' | 'center' | 'right';
}

/** Rows and columns count from 0; both ends are included. */
export interface Merge {
  readonly fromRow: number;
  readonly fromColumn: number;
  readonly toRow: number;
  readonly toColumn: number;
}

export interface Sheet {
  readonly name: string;
  /** In characters; one Chinese character takes two. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly SheetCell[])[];
  readonly merges: readonly Merge[];
  /** Rows that stay in sight and are repeated on every printed page. */
  readonly headerRows: number;
  readonly headerColumns: number;
  /** In points, by row; the others are as high as one line. */
  readonly heights: ReadonlyMap<number, number>;
}

export interface Workbook {
  readonly title: string;
  readonly subject: string;
  /** Stands in the file as its date: never the clock, or the same report would be another file. */
  readonly createdOn: LocalDate;
  /** Printed at the foot of every page. */
  readonly footer: string;
  readonly sheets: readonly Sheet[];
}

/** Writes a workbook as the bytes of a file; the same workbook gives the same bytes. */
export type WriteWorkbook = (workbook: Workbook) => Promise<Uint8Array>;
