import { lastDay } from '@ledger/domain';
import { monthBefore, monthNumber, periodOfMonth } from '../calendar.js';
import type { Href } from './figures.js';
import type { IncomeFilter } from './links.js';
import type { MonthSeries } from './month-series.js';
import type { ReportParts } from './parts.js';
import type { Tiers } from './report.js';
import { bandOf, tierSchemesOn } from './tiers.js';

const MONTHS_OF_A_YEAR = 12;

/**
 * Under the schemes of the month's last day; of twelve months, because a year's income is what the bands are about. A
 * village whose books do not say all of them has no band: silence must not be taken for poverty.
 */
export function villageTiers(
  { period, villages, monthIsOver }: ReportParts,
  series: MonthSeries,
  hrefOf: (filter: IncomeFilter, division: string) => Href,
): Tiers[] {
  const to = monthNumber(period);
  const months = [to];
  while (months.length < MONTHS_OF_A_YEAR) months.unshift(monthBefore(months[0] ?? to));
  const from = months[0] ?? to;
  const operating = series.operatingByVillage(from, to);
  return tierSchemesOn(lastDay(period)).map((scheme) => {
    const tiers = villages.map(({ code, name, monthsWithData }) => {
      const fen = operating.get(code);
      const href = fen === undefined ? null : hrefOf({ role: 'operating' }, code)('recognised', from, to);
      const monthsWithoutData = months.filter((month) => !monthsWithData.has(month)).map(periodOfMonth);
      const wholeYear = monthIsOver && monthsWithoutData.length === 0;
      const band = wholeYear ? bandOf(scheme, fen ?? 0) : null;
      return { code, name, amount: { fen: fen ?? 0, href }, band, monthsWithoutData };
    });
    const bands = scheme.bands.map(({ id }) => {
      return { band: id, villages: tiers.filter(({ band }) => band === id).length };
    });
    return { scheme, from: periodOfMonth(from), to: periodOfMonth(to), bands, villages: tiers };
  });
}
