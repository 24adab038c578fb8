import type { Period } from '@ledger/domain';
import type { Amounts, Figures, ReportCell, Spans } from '@ledger/views';
import { amountCell, type Cell, type Column, ratioCell, type Words, words } from '../table.js';

/** Makes the address of a read out of what the report says below which path it is; none where its reader may not follow it. */
export type LinkTo = (href: string) => string | undefined;

/** A column over figures: what it is called, and what stands in it. */
export interface FigureColumn {
  readonly column: Column;
  readonly cell: (figures: Figures, show: Showing) => Cell;
  /** Of a column that compares with last year: what it compares. */
  readonly compares?: ComparedSpan;
}

export type ComparedSpan = keyof Figures['change'];

export interface Showing {
  readonly unit: 'fen' | 'wan';
  readonly linkTo: LinkTo;
  /** The spans before any book, of which nothing is known: they are shown as such, and not as zero. */
  readonly unknown?: ReadonlySet<Span>;
}

export type Span = keyof Spans<unknown>;
export type Measure = keyof Amounts;

export const SPANS: Readonly<Record<Span, Words>> = {
  month: words('本月', 'Month'),
  yearToDate: words('本年累计', 'Year to date'),
  sameMonthLastYear: words('上年同月', 'Same month last year'),
  yearToDateLastYear: words('上年累计', 'Last year to date'),
};

const MEASURES: Readonly<Record<Measure, Words>> = {
  recognised: words('确认', 'recognised'),
  collected: words('收到', 'collected'),
  nonRecurring: words('其中非经常', 'of which one-off'),
  corrected: words('其中更正', 'of which corrected'),
};

const AMOUNT_WIDTH = 15;
const RATIO_WIDTH = 10;

/** What a paper shows of every figure; all of it is in the CSV file. */
export function figureColumns(basis: 'booked' | 'restated'): FigureColumn[] {
  return [
    amountColumn('month', 'recognised'),
    amountColumn('month', 'collected'),
    amountColumn('yearToDate', 'recognised'),
    amountColumn('yearToDate', 'collected'),
    amountColumn('yearToDate', 'nonRecurring'),
    // By `booked` nothing is corrected, and a column of zeros would ask to be explained.
    ...(basis === 'restated' ? [amountColumn('yearToDate', 'corrected')] : []),
    amountColumn('sameMonthLastYear', 'recognised'),
    amountColumn('yearToDateLastYear', 'recognised'),
    ...changeColumns('month'),
    ...changeColumns('yearToDate'),
  ];
}

/** Every amount of every span, and the changes. */
export function allFigureColumns(): FigureColumn[] {
  const spans = Object.keys(SPANS) as Span[];
  const measures = Object.keys(MEASURES) as Measure[];
  return [
    ...spans.flatMap((span) => measures.map((measure) => amountColumn(span, measure))),
    ...changeColumns('month'),
    ...changeColumns('yearToDate'),
  ];
}

export function amountColumn(span: Span, measure: Measure): FigureColumn {
  return {
    column: { key: `${span}.${measure}`, group: SPANS[span], title: MEASURES[measure], width: AMOUNT_WIDTH },
    cell: (figures, show) => amountOf(figures[span][measure], show, span),
  };
}

/** An amount with the read that lists what it is made of. */
export function amountOf({ fen, href }: ReportCell, { unit, linkTo, unknown }: Showing, span?: Span): Cell {
  if (href !== null) return amountCell(unit, fen, linkTo(href));
  return amountCell(unit, span !== undefined && unknown?.has(span) === true ? null : fen);
}

/** The spans of a report of that month that end before the first book of a place begins. */
export function unknownSpans(period: Period, booksFrom: Period | null): ReadonlySet<Span> {
  const year = Number(period.slice(0, 4));
  const ends: Readonly<Record<Span, Period>> = {
    month: period,
    yearToDate: period,
    sameMonthLastYear: `${year - 1}${period.slice(4)}`,
    yearToDateLastYear: `${year - 1}${period.slice(4)}`,
  };
  const spans = Object.keys(ends) as Span[];
  return new Set(spans.filter((span) => booksFrom === null || ends[span] < booksFrom));
}

function changeColumns(span: ComparedSpan): FigureColumn[] {
  const group = CHANGES[span];
  const key = `change.${span}`;
  return [
    {
      column: { key, group, title: words('增减额', 'by'), width: AMOUNT_WIDTH },
      cell: ({ change, [COMPARED_WITH[span]]: before }, { unit, unknown }) => {
        const none = unknown?.has(COMPARED_WITH[span]) === true && before.recognised.href === null;
        return amountCell(unit, none ? null : change[span].fen);
      },
      compares: span,
    },
    ratioColumn(span, { key: `${key}.percent`, group, title: words('增减%', 'in %'), width: RATIO_WIDTH }),
  ];
}

export function ratioColumn(span: ComparedSpan, column: Column): FigureColumn {
  return { column, cell: ({ change }) => ratioCell(change[span].basisPoints), compares: span };
}

const COMPARED_WITH = { month: 'sameMonthLastYear', yearToDate: 'yearToDateLastYear' } as const;

const CHANGES = {
  month: words('本月比上年同月', 'Month against last year'),
  yearToDate: words('累计比上年同期', 'Year to date against last year'),
};
