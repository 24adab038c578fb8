import { firstDay, lastDay, roundedAverage } from '@ledger/domain';
import { isOperatingIncome } from '../account-roles.js';
import { monthBefore, periodOfMonth } from '../calendar.js';
import { figuresOf, type Href, receiptsOf, ReportSpans, SpanSums } from './figures.js';
import { AccountLines } from './lines.js';
import { entriesHref, type IncomeFilter } from './links.js';
import { MonthSeries } from './month-series.js';
import type { KeyedIncome, PartVillage, ReportParts } from './parts.js';
import type { MonthlyIncomeReport, PlaceLine, ProjectLine, ReportedPlace, Spans, Tiers } from './report.js';
import { restOfYear } from './rest-of-year.js';
import { chartInForce } from './successors.js';
import { bandOf, tierSchemesOn } from './tiers.js';

/** Raised when a report says something else of the same rows, its schemes of tiers and its forecast included. */
export const MONTHLY_INCOME_VERSION = 1;

/** What is added up side by side for a place or a project. */
class PlaceSums {
  readonly total = new SpanSums();
  readonly operating = new SpanSums();
  readonly receipts = new SpanSums();

  add(operating: boolean, sums: SpanSums): void {
    this.total.addAll(sums);
    if (operating) this.operating.addAll(sums);
  }
}

/** The report from its parts: one pass over the months of every key, then sums of sums. */
export function monthlyIncomeReport(parts: ReportParts): MonthlyIncomeReport {
  const { scope, period, asOf, knownAt, basis, income } = parts;
  const spans = new ReportSpans(period);
  const series = new MonthSeries(income);
  const added = addedUp(parts, sumsOfKeys(income, spans));
  const { whole, other, lines, projects, places } = added;
  const hrefOf =
    (filter: IncomeFilter, division = scope.code): Href =>
    (measure, from, to) =>
      entriesHref({ division, basis, asOf, knownAt }, filter, measure, from, to);
  const sumsOf = (of: PlaceSums, filter: IncomeFilter, division?: string) => ({
    total: figuresOf(of.total, spans, hrefOf(filter, division)),
    operating: figuresOf(of.operating, spans, hrefOf({ ...filter, role: 'operating' }, division)),
  });
  const placeLine = (place: ReportedPlace, village?: PartVillage): PlaceLine => {
    const sums = places.get(place.code) ?? new PlaceSums();
    const within = parts.villages.filter(({ code, township }) => code === place.code || township === place.code);
    return {
      ...place,
      township: village?.township ?? null,
      villages: within.length,
      withoutData: village?.withoutData ?? null,
      origins: [...new Set(within.flatMap(({ origins }) => origins))].toSorted(),
      ...sumsOf(sums, {}, place.code),
      unallocatedReceipts: receiptsOf(sums.receipts, spans, hrefOf({}, place.code)),
    };
  };
  const projectLine = ([project, sums]: [string | null, PlaceSums]): ProjectLine => ({
    project,
    name: project === null ? null : (parts.projectNames.get(project) ?? null),
    ...sumsOf(sums, { project }),
  });
  const average = (of: SpanSums): Spans<number> =>
    spans.of((_, __, span) =>
      parts.villages.length === 0 ? 0 : roundedAverage(of.fen(span, 0), parts.villages.length),
    );
  const withoutData = parts.villages.flatMap(({ code, name, withoutData: reason }) =>
    reason === null ? [] : [{ code, name, reason }],
  );
  const over = asOf >= lastDay(period);
  const forecast = (monthly: ReadonlyMap<number, number>, of: SpanSums) =>
    restOfYear(spans.month, monthly, of.fen(1, 0), over);
  return {
    ledger: parts.ledger,
    scope,
    period,
    asOf,
    knownAt,
    views: parts.views,
    basis,
    villages: {
      counted: parts.villages.length,
      withData: parts.villages.length - withoutData.length,
      withoutData,
    },
    ...sumsOf(whole, {}),
    other: figuresOf(other, spans, hrefOf({ role: 'other' })),
    averagePerVillage: { totalFen: average(whole.total), operatingFen: average(whole.operating) },
    unallocatedReceipts: receiptsOf(whole.receipts, spans, hrefOf({})),
    lines: lines.lines(spans, parts.accountNames, hrefOf),
    projects: [...projects].toSorted(byProject(parts.projectNames)).map(projectLine),
    byTownship: scope.level === 'district' ? parts.townships.map((place) => placeLine(place)) : [],
    byVillage:
      scope.level === 'village'
        ? []
        : parts.villages.map((village) =>
            placeLine({ code: village.code, name: village.name, level: 'village' }, village),
          ),
    months: series.shown(spans.first, spans.month, hrefOf),
    tiers: tiersOf(parts, series, hrefOf),
    forecast: {
      total: forecast(series.total, whole.total),
      operating: forecast(series.operating, whole.operating),
    },
    changes: parts.changes,
  };
}

function sumsOfKeys({ months }: KeyedIncome, spans: ReportSpans): ReadonlyMap<number, SpanSums> {
  const byKey = new Map<number, SpanSums>();
  for (const [key, month, ...amounts] of months) {
    if (month < spans.first) continue;
    let sums = byKey.get(key);
    if (sums === undefined) byKey.set(key, (sums = new SpanSums()));
    sums.addMonth(spans, month, amounts);
  }
  return byKey;
}

function addedUp({ income, period, villages }: ReportParts, byKey: ReadonlyMap<number, SpanSums>) {
  const townships = new Map(villages.map(({ code, township }) => [code, township]));
  const whole = new PlaceSums();
  const other = new SpanSums();
  const lines = new AccountLines(chartInForce(firstDay(period)));
  const projects = new Map<string | null, PlaceSums>();
  const places = new Map<string, PlaceSums>();
  for (const [key, sums] of byKey) {
    const of = income.keys.get(key);
    if (of === undefined || !sums.any()) continue;
    const { role, account, project, village } = of;
    const within = [whole, summed(places, village), summed(places, townships.get(village) ?? '')];
    if (role === 'receipt') {
      for (const place of within) place.receipts.addAll(sums);
      continue;
    }
    const operating = isOperatingIncome(account);
    for (const place of [...within, summed(projects, project)]) place.add(operating, sums);
    if (!operating) other.addAll(sums);
    lines.add(account, sums);
  }
  return { whole, other, lines, projects, places };
}

function summed<K>(by: Map<K, PlaceSums>, key: K): PlaceSums {
  let sums = by.get(key);
  if (sums === undefined) by.set(key, (sums = new PlaceSums()));
  return sums;
}

/** By name; what belongs to no project comes last. */
function byProject(names: ReadonlyMap<string, string>) {
  const place = (project: string | null): string =>
    project === null ? '\uffff' : `${names.get(project) ?? '\ufffe'} ${project}`;
  return ([a]: [string | null, unknown], [b]: [string | null, unknown]): number => (place(a) < place(b) ? -1 : 1);
}

/** Under the schemes of the month's last day; twelve months, because a year's income is what the bands are about. */
function tiersOf(
  { scope, period, villages }: ReportParts,
  series: MonthSeries,
  hrefOf: (filter: IncomeFilter, division?: string) => Href,
): Tiers[] {
  const to = new ReportSpans(period).month;
  let from = to;
  for (let back = 1; back < 12; back++) from = monthBefore(from);
  const operating = series.operatingByVillage(from, to);
  return tierSchemesOn(lastDay(period)).map((scheme) => {
    const tiers = villages.map(({ code, name, withoutData }) => {
      const fen = operating.get(code);
      const href = fen === undefined ? null : hrefOf({ role: 'operating' }, code)('recognised', from, to);
      const band = withoutData === 'NO_BOOK' && fen === undefined ? null : bandOf(scheme, fen ?? 0);
      return { code, name, amount: { fen: fen ?? 0, href }, band };
    });
    return {
      scheme,
      from: periodOfMonth(from),
      to: periodOfMonth(to),
      bands: scheme.bands.map(({ id }) => ({ band: id, villages: tiers.filter(({ band }) => band === id).length })),
      villages: scope.level === 'village' ? tiers.filter(({ code }) => code === scope.code) : tiers,
    };
  });
}
