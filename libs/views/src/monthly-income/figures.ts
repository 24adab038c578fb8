import { type Period, ratioBasisPoints } from '@ledger/domain';
import { isOperatingIncome } from '../account-roles.js';
import { monthNumber } from '../calendar.js';
import { exact } from '../exact.js';
import type { IncomeMeasure } from './links.js';
import type { KeyedIncome, MonthAmounts } from './parts.js';
import type { Amounts, Change, ChangesSince, Figures, ReportCell, Spans, ThenAmounts } from './report.js';

export type Href = (measure: IncomeMeasure, from: number, to: number) => string;

const MEASURES = ['recognised', 'collected', 'nonRecurring', 'corrected'] as const;
const SPANS = ['month', 'yearToDate', 'sameMonthLastYear', 'yearToDateLastYear'] as const;

/** The four spans of a report, as months yyyymm. */
export class ReportSpans {
  readonly month: number;
  readonly ranges: readonly (readonly [from: number, to: number])[];

  constructor(period: Period) {
    this.month = monthNumber(period);
    const january = Math.trunc(this.month / 100) * 100 + 1;
    this.ranges = [
      [this.month, this.month],
      [january, this.month],
      [this.month - 100, this.month - 100],
      [january - 100, this.month - 100],
    ];
  }

  /** The first month that the report shows. */
  get first(): number {
    return this.ranges[3]?.[0] ?? this.month;
  }

  of<T>(make: (from: number, to: number, span: number) => T): Spans<T> {
    return Object.fromEntries(
      SPANS.map((name, span) => [name, make(this.ranges[span]?.[0] ?? 0, this.ranges[span]?.[1] ?? 0, span)]),
    ) as unknown as Spans<T>;
  }
}

/** Amounts added up by span and measure; throws when a sum leaves the exact integers. */
export class SpanSums {
  readonly #fen = SPANS.map(() => [0, 0, 0, 0]);
  /** Spans in which there is anything at all, though it may come to nothing. */
  readonly #seen = SPANS.map(() => false);

  addMonth(spans: ReportSpans, month: number, amounts: MonthAmounts): void {
    spans.ranges.forEach(([from, to], span) => {
      if (from <= month && month <= to) this.#add(span, amounts);
    });
  }

  addAll(other: SpanSums): void {
    other.#seen.forEach((seen, span) => {
      if (seen) this.#add(span, other.#fen[span] ?? []);
    });
  }

  fen(span: number, measure: number): number {
    return this.#fen[span]?.[measure] ?? 0;
  }

  any(): boolean {
    return this.#seen.includes(true);
  }

  seen(span: number): boolean {
    return this.#seen[span] === true;
  }

  #add(span: number, amounts: readonly number[]): void {
    const sums = this.#fen[span] ?? [];
    amounts.forEach((fen, measure) => (sums[measure] = exact((sums[measure] ?? 0) + fen)));
    this.#seen[span] = true;
  }
}

export function figuresOf(sums: SpanSums, spans: ReportSpans, href: Href): Figures {
  const figures = spans.of((from, to, span): Amounts => {
    const cells = MEASURES.map((measure, i): ReportCell => {
      const fen = sums.fen(span, i);
      // The last two are parts of the first, with nothing in them where they are zero.
      const linked = i < 2 ? sums.seen(span) : fen !== 0;
      return { fen, href: linked ? href(measure, from, to) : null };
    });
    return Object.fromEntries(MEASURES.map((measure, i) => [measure, cells[i]])) as unknown as Amounts;
  });
  const change = {
    month: changed(sums.fen(0, 0), sums.fen(2, 0)),
    yearToDate: changed(sums.fen(1, 0), sums.fen(3, 0)),
  };
  return { ...figures, change };
}

/** The sums of a report at another time, without what links need. */
export function thenSums({ keys, months }: KeyedIncome, spans: ReportSpans): ChangesSince['before'] {
  const total = new SpanSums();
  const operating = new SpanSums();
  for (const [key, month, ...amounts] of months) {
    const of = keys.get(key);
    if (of?.role !== 'income') continue;
    total.addMonth(spans, month, amounts);
    if (isOperatingIncome(of.account)) operating.addMonth(spans, month, amounts);
  }
  const amountsOf = (sums: SpanSums): Spans<ThenAmounts> =>
    spans.of((_, __, span) => ({ recognisedFen: sums.fen(span, 0), collectedFen: sums.fen(span, 1) }));
  return { total: amountsOf(total), operating: amountsOf(operating) };
}

/** Receipts that say no income: of all they have, only what was collected. */
export function receiptsOf(sums: SpanSums, spans: ReportSpans, href: Href): Spans<ReportCell> {
  return spans.of((from, to, span) => ({
    fen: sums.fen(span, 1),
    href: sums.seen(span) ? href('unallocated', from, to) : null,
  }));
}

function changed(fen: number, lastYearFen: number): Change {
  const difference = exact(fen - lastYearFen);
  if (lastYearFen <= 0) return { fen: difference, basisPoints: null };
  return { fen: difference, basisPoints: ratioBasisPoints({ numerator: difference, denominator: lastYearFen }) };
}
