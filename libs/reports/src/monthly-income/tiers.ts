import type { MonthlyIncomeReport, Tiers } from '@ledger/views';
import { amountCell, countCell, name, type Row, type Table, textCell, WAN, words } from '../table.js';
import { amountOf, type LinkTo } from './columns.js';

/** How many villages lie in each band, one table for every scheme that is in force. */
export function tierTables(report: MonthlyIncomeReport, linkTo: LinkTo): Table[] {
  return report.tiers.map((tiers, i) =>
    tierTable(
      tiers,
      { key: `tiers-${i + 1}`, tab: `分档${i + 1}` },
      report.scope.level === 'village' ? linkTo : undefined,
    ),
  );
}

function tierTable(
  { scheme, from, to, bands, villages }: Tiers,
  { key, tab }: Pick<Table, 'key' | 'tab'>,
  ofVillage: LinkTo | undefined,
): Table {
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
  const own =
    ofVillage === undefined
      ? []
      : villages.map((village): Row => {
          const band = scheme.bands.find(({ id }) => id === village.band);
          return {
            cells: [
              textCell(words(`${village.name}:${band?.nameZh ?? '无数据'}`, band?.nameEn ?? 'no data')),
              amountOf(village.amount, { unit: 'wan', linkTo: ofVillage }),
              name(''),
              name(''),
              name(''),
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
    rows: [...rows, ...own],
    notes: [
      words(
        `方案${scheme.id}（${scheme.issuer}），自${scheme.validFrom}起有效${scheme.validTo === null ? '' : `，至${scheme.validTo}止`}；按${from}至${to}十二个月的经营性收入。`,
        `Scheme ${scheme.id}, in force from ${scheme.validFrom}${scheme.validTo === null ? '' : ` to ${scheme.validTo}`}; by the operating income of the twelve months ${from} to ${to}.`,
      ),
    ],
  };
}
