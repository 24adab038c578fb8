import { nextPeriod, type Period, yuan } from '@ledger/domain';
import type { MonthlyIncomeReport, Tiers } from '@ledger/views';
import { amountCell, countCell, type Row, type Table, textCell, WAN, type Words, words } from '../table.js';

/** How many villages lie in each band, one table for every scheme that is in force; none for a village alone. */
export function tierTables(report: MonthlyIncomeReport): Table[] {
  if (report.scope.level === 'village') return [];
  return report.tiers.map((tiers, i) => tierTable(tiers, { key: `tiers-${i + 1}`, tab: `分档${i + 1}` }));
}

/** Of a village alone, a sentence for every scheme: the band that it lies in. */
export function bandNotes({ scope, tiers }: MonthlyIncomeReport): Words[] {
  if (scope.level !== 'village') return [];
  return tiers.flatMap(({ scheme, from, to, villages }) =>
    villages.map(({ amount, band, monthsWithoutData }) => {
      const own = scheme.bands.find(({ id }) => id === band);
      const months = words(`${from}至${to}十二个月`, `the twelve months ${from} to ${to}`);
      if (own === undefined) {
        const why = monthsWithoutData.length === 0 ? NOT_OVER : lacking(monthsWithoutData);
        return words(`${scheme.nameZh}：${why.zh}，不分档。`, `${scheme.nameEn}: ${why.en}, so no band.`);
      }
      return words(
        `${scheme.nameZh}：${months.zh}经营性收入${yuan(amount.fen)}元，属“${own.nameZh}”档。`,
        `${scheme.nameEn}: operating income of ${yuan(amount.fen)} yuan in ${months.en}, in the band “${own.nameEn}”.`,
      );
    }),
  );
}

const NOT_OVER = words('本月尚未结束', 'the month is not over');

/** Which months nothing is known of, those that follow each other as one span. */
function lacking(months: readonly Period[]): Words {
  const spans: [from: Period, to: Period][] = [];
  for (const month of months) {
    const last = spans.at(-1);
    if (last !== undefined && nextPeriod(last[1]) === month) last[1] = month;
    else spans.push([month, month]);
  }
  const said = (to: string): string[] =>
    spans.map(([first, last]) => (first === last ? first : `${first}${to}${last}`));
  return words(`${said('至').join('、')}无数据`, `no data of ${said(' to ').join(', ')}`);
}

function tierTable({ scheme, from, to, bands, villages }: Tiers, { key, tab }: Pick<Table, 'key' | 'tab'>): Table {
  const known = villages.filter(({ band }) => band !== null).length;
  const rows = scheme.bands.map(({ id, nameZh, nameEn, fromFen, belowFen }): Row => {
    const count = bands.find(({ band }) => band === id)?.villages ?? 0;
    return {
      cells: [
        textCell(words(nameZh, nameEn)),
        amountCell('wan', fromFen),
        amountCell('wan', belowFen),
        countCell(count),
        { kind: 'ratio', basisPoints: known === 0 ? null : Math.round((count * 10_000) / known) },
      ],
    };
  });
  return {
    key,
    title: words(`分档：${scheme.nameZh}`, scheme.nameEn),
    tab,
    unit: WAN,
    columns: [
      { key: 'band', title: words('档次', 'Band'), width: 36 },
      { key: 'fromFen', title: words('起（含）', 'from'), width: 14 },
      { key: 'belowFen', title: words('止（不含）', 'below'), width: 14 },
      { key: 'villages', title: words('村数', 'Villages'), width: 10 },
      { key: 'share', title: words('占比', 'Share'), width: 10 },
    ],
    rows,
    notes: [
      words(
        `方案${scheme.id}（${scheme.issuer}），自${scheme.validFrom}起有效${scheme.validTo === null ? '' : `，至${scheme.validTo}止`}；按${from}至${to}十二个月的经营性收入。`,
        `Scheme ${scheme.id}, in force from ${scheme.validFrom}${scheme.validTo === null ? '' : ` to ${scheme.validTo}`}; by the operating income of the twelve months ${from} to ${to}.`,
      ),
    ],
  };
}
