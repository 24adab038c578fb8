import { lastDay } from '@ledger/domain';
import { monthBefore, monthNumber, periodOfMonth } from '../calendar.js';
import type { Href } from './figures.js';
import type { IncomeFilter } from './links.js';
import type { MonthSeries } from './month-series.js';
import type { ReportParts } from './parts.js';
import type { Tiers } from './report.js';
import { bandOf, tierSchemesOn } from './tiers.js';

/** Under the schemes of the month's last day; of twelve months, because a year's income is what the bands are about. */
export function villageTiers(
  { period, villages }: ReportParts,
  series: MonthSeries,
  hrefOf: (filter: IncomeFilter, division: string) => Href,
): Tiers[] {
  const to = monthNumber(period);
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
    const bands = scheme.bands.map(({ id }) => {
      return { band: id, villages: tiers.filter(({ band }) => band === id).length };
    });
    return { scheme, from: periodOfMonth(from), to: periodOfMonth(to), bands, villages: tiers };
  });
}
