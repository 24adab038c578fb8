import { type MeasureUnit, measures, type Qualifier, ReportIndicator } from '@ledger/domain';
import { asked } from './recording/asked.js';
import { atOffice } from './recording/office-days.js';
import type { Step } from './recording/step.js';

/** Where the published figures stand. */
const FEATURE = '柯桥区驻村指导员工作专题报道(2025年初)';
const NEWS = '绍兴市驻村指导员工作报道(2024年2月24日)';
/** What the demo itself assumes where only a rounded figure was published. */
const ASSUMED = '演示数据设定';

const CITY = '330600000000';
const KEQIAO = '330603000000';
const FUQUAN = '330603006000';
const JIDONG = '330603109000';
const ANHUA = '330603007201';
const XIEJIAWU = '330603008201';
const YEJIAYAN = '330603002201';
const WANGHUA = '330603105201';

type Row = readonly [
  scope: string,
  measure: string,
  value: number,
  qualifier: Qualifier,
  asOf: string,
  line: string,
  quote: string,
  parts?: { readonly numerator: number; readonly denominator: number },
];

/** The feature on Keqiao, and what it says of its villages. */
const feature: readonly Row[] = [
  [KEQIAO, 'instructorBatches', 20, 'exact', '2024', '19', '20批'],
  [KEQIAO, 'instructors', 6_400, 'over', '2024', '19', '6400余名'],
  [KEQIAO, 'villages', 214, 'exact', '2024', '19', '214个'],
  [KEQIAO, 'demonstrationVillages', 214, 'exact', '2024', '19', '214个'],
  [KEQIAO, 'demonstrationBelts', 8, 'exact', '2024', '19', '8条'],
  [KEQIAO, 'avgOperatingIncomePerVillage', 387_000_000, 'exact', '2024', '19', '387万元'],
  [KEQIAO, 'ruralDisposableIncomePerCapita', 5_870_000, 'over', '2024', '19', '5.87万元'],
  [KEQIAO, 'urbanRuralIncomeRatio', 15_600, 'exact', '2024', '19', '1.56'],
  [ANHUA, 'metersReplaced', 220, 'exact', '2024', '35', '220只'],
  [KEQIAO, 'guidanceDocuments', 10, 'exact', '2024', '41', '10个'],
  [FUQUAN, 'ideas', 70, 'over', '2024', '47', '70余个'],
  [FUQUAN, 'problemsSolved', 20, 'over', '2024', '47', '20余个'],
  [JIDONG, 'productSold', 50_000_000, 'over', '2024', '51、53', '10万斤'],
  [JIDONG, 'signedHouseholds', 232, 'exact', '2024', '53', '232户'],
  [JIDONG, 'jobs', 265, 'exact', '2024', '53', '265人'],
  [JIDONG, 'perCapitaGain', 1_500_000, 'exact', '2024', '53', '1.5万元'],
  [WANGHUA, 'collectiveIncomeAdded', 30_000_000, 'exact', '2024', '57', '30万元'],
  [KEQIAO, 'contestEditions', 4, 'exact', '2024-10-31', '67、69', '4届'],
  [KEQIAO, 'contestants', 60, 'over', '2024-10-31', '69', '60余名'],
  [XIEJIAWU, 'collectiveOperatingIncome', 30_000_000, 'over', '2003', '89', '30余万元'],
  [XIEJIAWU, 'collectiveOperatingIncome', 700_000_000, 'nearly', '2024', '89', '近700万元'],
  [XIEJIAWU, 'villagerIncomePerCapita', 700_000, 'about', '2003', '89', '7000元'],
  [XIEJIAWU, 'villagerIncomePerCapita', 6_500_000, 'over', '2024', '89', '6.5万元'],
  [YEJIAYAN, 'area', 800_000, 'nearly', '2024', '91', '0.8平方公里'],
  [YEJIAYAN, 'projects', 30, 'over', '2024', '91', '30余个'],
  [YEJIAYAN, 'collectiveAssets', 4_000_000_000, 'over', '2024', '91', '4000余万元'],
  [YEJIAYAN, 'collectiveTotalIncome', 340_000_000, 'exact', '2024', '91', '340万元'],
  [
    YEJIAYAN,
    'totalIncomeMultiple',
    200_000,
    'exact',
    '2024',
    '91',
    '20倍',
    { numerator: 340_000_000, denominator: 17_000_000 },
  ],
  [YEJIAYAN, 'visitors', 20_000, 'over', '2025-02-04', '91', '2万余人次'],
  [YEJIAYAN, 'recognitions', 3, 'exact', '2024', '93', '3次'],
];

/** The news on Shaoxing, of the day on which it was printed. */
const news: readonly Row[] = [
  [XIEJIAWU, 'collectiveOperatingIncome', 700_000_000, 'nearly', '2023', '3', '近700万元'],
  [
    XIEJIAWU,
    'operatingIncomeMultiple',
    200_000,
    'over',
    '2023',
    '3',
    '20多倍',
    { numerator: 692_000_000, denominator: 31_000_000 },
  ],
  [XIEJIAWU, 'villagerIncomePerCapita', 6_000_000, 'over', '2023', '3', '6万余元'],
  [XIEJIAWU, 'instructorTerms', 6, 'exact', '2024-02-24', '2、3', '6任'],
  [CITY, 'instructorBatches', 19, 'exact', '2024-02-24', '6', '19批'],
  [CITY, 'instructors', 36_000, 'over', '2024-02-24', '6', '3.6万余名'],
  [CITY, 'villagesCovered', 1_772, 'exact', '2024-02-24', '6', '1772个'],
  [CITY, 'futureVillages', 60, 'exact', '2024-02-24', '7', '60个'],
  [CITY, 'qualifiedBeautifulVillages', 1_523, 'exact', '2024-02-24', '7', '1523个'],
  [CITY, 'villagesBelowIncomeTarget', 0, 'exact', '2024-02-24', '7', '50万元以下'],
  [CITY, 'workshops', 910, 'exact', '2024-02-24', '7', '910家'],
  [CITY, 'labourAbsorbed', 45_000, 'over', '2024-02-24', '7', '4.5万余人'],
  [CITY, 'monthlyGainPerWorker', 290_000, 'over', '2024-02-24', '7', '2900余元'],
  [CITY, 'problemsFound', 62_000, 'over', '2024-02-24', '10', '6.2万余个'],
  [CITY, 'problemClosureRate', 9_890, 'exact', '2024-02-24', '10', '98.9%'],
];

/** Exact figures behind two rounded ones: the earlier years that no book of the demo reaches. */
const assumed: readonly Row[] = [
  [XIEJIAWU, 'collectiveOperatingIncome', 31_000_000, 'exact', '2003', '1', '31.0万元'],
  [YEJIAYAN, 'collectiveTotalIncome', 17_000_000, 'exact', '2014', '2', '17.00万元'],
];

/** Published figures are reported when they were read, one after the other. */
export function readings(codes: ReadonlySet<string>): Step[] {
  return [
    ...reported(news, NEWS, '2024-02-27', 'SEED', codes),
    ...reported(feature, FEATURE, '2025-03-03', 'SEED', codes),
    ...reported(assumed, ASSUMED, '2025-03-04', 'SYNTHETIC', codes),
  ];
}

function reported(
  rows: readonly Row[],
  document: string,
  on: string,
  origin: 'SEED' | 'SYNTHETIC',
  codes: ReadonlySet<string>,
): Step[] {
  const known = rows.filter(([scope]) => scope === CITY || codes.has(scope));
  return known.map(([scope, measure, value, qualifier, asOf, line, quote, parts], index) => {
    const command = asked(ReportIndicator, `reading/${scope}/${measure}/${asOf}/${origin}`, {
      scope,
      measure,
      value,
      unit: measures.get(measure)?.unit as MeasureUnit,
      qualifier,
      asOf,
      source: { document, line, quote },
      ...(parts === undefined ? {} : { parts: { ...parts } }),
      origin,
    });
    return { at: atOffice(on, 30 + index * 2), command: () => command };
  });
}

/** The very last command of the demo. */
export const LAST_READING = `reading/${YEJIAYAN}/collectiveTotalIncome/2014/SYNTHETIC`;
