/** Chinese first, English beside it, as every text for people. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A figure is null where there is none: no last year to compare with, no data of a village. */
export type Cell =
  | { readonly kind: 'text'; readonly text: Words; readonly href?: string }
  | { readonly kind: 'fen' | 'wan'; readonly fen: number | null; readonly href?: string }
  | { readonly kind: 'ratio'; readonly basisPoints: number | null }
  | { readonly kind: 'count'; readonly count: number | null };

export interface Column {
  /** Its name for programs, as in the JSON of the report. */
  readonly key: string;
  readonly title: Words;
  /** What several columns beside each other have in common, written above them once. */
  readonly group?: Words;
  /** In characters; one Chinese character takes two. */
  readonly width: number;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** A sum over the other rows of its table. */
  readonly total?: boolean;
}

/** What a sheet, a part of a page and a part of a CSV file are made of, so that all of them say the same. */
export interface Table {
  readonly key: string;
  readonly title: Words;
  /** A few characters for the tab of its sheet. */
  readonly tab: string;
  /** What its amounts are in. */
  readonly unit: Words;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** How to read it, below it. */
  readonly notes?: readonly Words[];
}

export function words(zh: string, en: string): Words {
  return { zh, en };
}

/** Both languages as one text: the English on a line of its own. */
export function lines({ zh, en }: Words): string {
  return en === '' || en === zh ? zh : `${zh}\n${en}`;
}

export const YUAN = words('元', 'yuan');
export const WAN = words('万元', '10,000 yuan');

/** A name or code that is the same in both languages. */
export function name(text: string, href?: string): Cell {
  return textCell(words(text, ''), href);
}

export function textCell(text: Words, href?: string): Cell {
  return { kind: 'text', text, ...(href !== undefined && { href }) };
}

/** An amount that is shown in yuan, or rounded to ten thousands of yuan. */
export function amountCell(kind: 'fen' | 'wan', fen: number | null, href?: string): Cell {
  return { kind, fen, ...(href !== undefined && { href }) };
}

export function ratioCell(basisPoints: number | null): Cell {
  return { kind: 'ratio', basisPoints };
}

export function countCell(count: number | null): Cell {
  return { kind: 'count', count };
}
