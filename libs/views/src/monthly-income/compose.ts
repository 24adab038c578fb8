import { type Period, roundedAverage } from '@ledger/domain';
import { periodOfMonth } from '../calendar.js';
import { AddedUp, PlaceSums } from './added-up.js';
import { figuresOf, type Href, receiptsOf, ReportSpans, type SpanSums } from './figures.js';
import { entriesHref, type IncomeFilter } from './links.js';
import { MonthSeries } from './month-series.js';
import type { PartVillage, ReportParts } from './parts.js';
import type { MonthlyIncomeReport, PlaceLine, ProjectLine, ReportedPlace, RestOfYear, Spans } from './report.js';
import { restOfYear } from './rest-of-year.js';
import { villageTiers } from './village-tiers.js';

/** Raised when a report says something else of the same rows, its schemes of tiers and its forecast included. */
export const MONTHLY_INCOME_VERSION = 3;

/** The report from its parts. Throws when a sum leaves the exact integers. */
export function monthlyIncomeReport(parts: ReportParts): MonthlyIncomeReport {
  const { ledger, scope, period, asOf, knownAt, basis, villages } = parts;
  const said = new Composition(parts);
  const { spans, sums, series } = said;
  const withoutData = villages.flatMap(({ code, name, withoutData: reason }) =>
    reason === null ? [] : [{ code, name, reason }],
  );
  const notClosed = villages.flatMap(({ code, name, closed }) => (closed ? [] : [{ code, name }]));
  return {
    ledger,
    scope,
    period,
    asOf,
    knownAt,
    views: parts.views,
    basis,
    villages: { counted: villages.length, withData: villages.length - withoutData.length, withoutData, notClosed },
    booksFrom: booksFrom(villages),
    ...said.figures(sums.whole, {}),
    other: figuresOf(sums.other, spans, said.hrefOf({ role: 'other' })),
    averagePerVillage: {
      totalFen: said.average(sums.whole.total),
      operatingFen: said.average(sums.whole.operating),
    },
    unallocatedReceipts: receiptsOf(sums.whole.receipts, spans, said.hrefOf({})),
    lines: sums.lines.lines(spans, parts.accountNames, (filter) => said.hrefOf(filter)),
    projects: said.projects(),
    byTownship: scope.level === 'district' ? parts.townships.map((place) => said.place(place)) : [],
    byVillage: scope.level === 'village' ? [] : villages.map((village) => said.village(village)),
    months: series.shown(spans.first, spans.month, (filter) => said.hrefOf(filter)),
    tiers: villageTiers(parts, series, (filter, division) => said.hrefOf(filter, division)),
    forecast: {
      total: said.restOfYear(series.total, sums.whole.total),
      operating: said.restOfYear(series.operating, sums.whole.operating),
    },
    changes: parts.changes,
  };
}

function booksFrom(villages: readonly PartVillage[]): Period | null {
  const begun = villages.flatMap((village) => (village.booksFrom === null ? [] : [village.booksFrom]));
  return begun.length === 0 ? null : periodOfMonth(Math.min(...begun));
}

/** What the parts of a report share: spans, sums, and how their amounts are linked. */
class Composition {
  readonly spans: ReportSpans;
  readonly sums: AddedUp;
  readonly series: MonthSeries;

  constructor(private readonly parts: ReportParts) {
    this.spans = new ReportSpans(parts.period);
    this.sums = new AddedUp(parts, this.spans);
    this.series = new MonthSeries(parts.income);
  }

  hrefOf(filter: IncomeFilter, division = this.parts.scope.code): Href {
    const { basis, asOf, knownAt } = this.parts;
    return (measure, from, to) => entriesHref({ division, basis, asOf, knownAt }, filter, measure, from, to);
  }

  figures(of: PlaceSums, filter: IncomeFilter, division?: string): Pick<MonthlyIncomeReport, 'total' | 'operating'> {
    return {
      total: figuresOf(of.total, this.spans, this.hrefOf(filter, division)),
      operating: figuresOf(of.operating, this.spans, this.hrefOf({ ...filter, role: 'operating' }, division)),
    };
  }

  /** By name; what belongs to no project comes last. */
  projects(): ProjectLine[] {
    const names = this.parts.projectNames;
    return [...this.sums.projects]
      .map(([project, sums]) => ({
        project,
        name: project === null ? null : (names.get(project) ?? null),
        ...this.figures(sums, { project }),
      }))
      .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  }

  place(place: ReportedPlace, village?: PartVillage): PlaceLine {
    const sums = this.sums.places.get(place.code) ?? new PlaceSums();
    const within = this.parts.villages.filter(({ code, township }) => code === place.code || township === place.code);
    return {
      ...place,
      township: village?.township ?? null,
      villages: within.length,
      withoutData: village?.withoutData ?? null,
      origins: [...new Set(within.flatMap(({ origins }) => origins))].toSorted(),
      booksFrom: booksFrom(within),
      ...this.figures(sums, {}, place.code),
      unallocatedReceipts: receiptsOf(sums.receipts, this.spans, this.hrefOf({}, place.code)),
    };
  }

  village(village: PartVillage): PlaceLine {
    return this.place({ code: village.code, name: village.name, level: 'village' }, village);
  }

  /** Villages without data stay in the denominator. */
  average(of: SpanSums): Spans<number> {
    const { length } = this.parts.villages;
    return this.spans.of((_, __, span) => (length === 0 ? 0 : roundedAverage(of.fen(span, 0), length)));
  }

  restOfYear(monthly: ReadonlyMap<number, number>, of: SpanSums): RestOfYear {
    return restOfYear(this.spans.month, monthly, of.fen(1, 0), this.#forbidden());
  }

  /** What is silent or not over would be taken for a month of little income. */
  #forbidden(): 'MONTH_NOT_OVER' | 'VILLAGES_WITHOUT_DATA' | undefined {
    const { villages, monthIsOver } = this.parts;
    if (!monthIsOver) return 'MONTH_NOT_OVER';
    const silent = villages.filter(({ withoutData }) => withoutData !== null).length;
    return silent * 10 > villages.length ? 'VILLAGES_WITHOUT_DATA' : undefined;
  }
}

function orderOf({ project, name }: ProjectLine): string {
  return project === null ? '\uffff' : `${name ?? '\ufffe'} ${project}`;
}
