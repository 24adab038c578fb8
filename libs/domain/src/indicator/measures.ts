/** The smallest whole thing in which the values of a measure count; `basisPoints` are ten-thousandths of one. */
export const measureUnits = {
  fen: { zh: '分', en: 'fen' },
  persons: { zh: '人', en: 'persons' },
  visits: { zh: '人次', en: 'visits' },
  households: { zh: '户', en: 'households' },
  villages: { zh: '村', en: 'villages' },
  items: { zh: '个', en: 'items' },
  grams: { zh: '克', en: 'grams' },
  squareMetres: { zh: '平方米', en: 'square metres' },
  basisPoints: { zh: '万分之一', en: 'basis points' },
} as const;

export type MeasureUnit = keyof typeof measureUnits;

/** How the ledger itself comes to a figure of this kind. Income is that of the year, of the collectives' books. */
export type LedgerSource = 'totalIncome' | 'operatingIncome' | 'operatingIncomePerVillage' | 'villages' | 'households';

export interface Measure {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly unit: MeasureUnit;
  /** Absent where the ledger has nothing to compute it from. */
  readonly ledger?: LedgerSource;
  readonly ratio?: Ratio;
}

/** The measures that a ratio is of, and the step to which it is rounded where it is published as exact. */
export interface Ratio {
  readonly numerator: string;
  readonly denominator: string;
  readonly stepBasisPoints: number;
}

type Row = readonly [
  code: string,
  nameZh: string,
  nameEn: string,
  unit: MeasureUnit,
  more?: Pick<Measure, 'ledger' | 'ratio'>,
];

const ROWS: readonly Row[] = [
  [
    'collectiveTotalIncome',
    '村级集体经济总收入',
    'Total collective income of a year',
    'fen',
    { ledger: 'totalIncome' },
  ],
  [
    'collectiveOperatingIncome',
    '村级集体经济经营性收入',
    'Operating collective income of a year',
    'fen',
    { ledger: 'operatingIncome' },
  ],
  [
    'avgOperatingIncomePerVillage',
    '村均经营性收入',
    'Operating collective income of a year, average per village',
    'fen',
    { ledger: 'operatingIncomePerVillage' },
  ],
  ['collectiveIncomeAdded', '村集体年增收', 'Added collective income of a year', 'fen'],
  ['collectiveAssets', '集体资产总额', 'Collective assets', 'fen'],
  [
    'totalIncomeMultiple',
    '集体经济总收入与以前年度之比',
    'Total income as a multiple of an earlier year’s',
    'basisPoints',
    ratio('collectiveTotalIncome', 'collectiveTotalIncome', 10_000),
  ],
  [
    'operatingIncomeMultiple',
    '经营性收入与以前年度之比',
    'Operating income as a multiple of an earlier year’s',
    'basisPoints',
    ratio('collectiveOperatingIncome', 'collectiveOperatingIncome', 10_000),
  ],
  ['villages', '行政村数', 'Administrative villages', 'villages', { ledger: 'villages' }],
  ['villagesBelowIncomeTarget', '经营性收入未达标村数', 'Villages below the target of operating income', 'villages'],
  ['villagesCovered', '派驻指导员覆盖村数', 'Villages covered by instructors', 'villages'],
  ['futureVillages', '未来乡村数', 'Future villages', 'villages'],
  ['qualifiedBeautifulVillages', '新时代美丽乡村达标村数', 'Qualified beautiful villages', 'villages'],
  ['demonstrationVillages', '示范村数', 'Demonstration villages', 'villages'],
  ['demonstrationBelts', '美丽乡村示范带数', 'Beautiful-village demonstration belts', 'items'],
  ['recognitions', '荣誉称号数', 'Recognitions', 'items'],
  ['registeredHouseholds', '登记农户数', 'Registered households', 'households', { ledger: 'households' }],
  ['signedHouseholds', '签约农户数', 'Households signed up to projects', 'households'],
  ['jobs', '带动就业人数', 'Persons employed by projects', 'persons'],
  ['labourAbsorbed', '吸纳富余劳动力', 'Surplus labour absorbed', 'persons'],
  ['perCapitaGain', '人均年增收', 'Gain per person and year', 'fen'],
  ['monthlyGainPerWorker', '务工人员人均月增收', 'Gain per worker and month', 'fen'],
  ['ruralDisposableIncomePerCapita', '农村居民人均可支配收入', 'Rural disposable income per person', 'fen'],
  ['urbanDisposableIncomePerCapita', '城镇居民人均可支配收入', 'Urban disposable income per person', 'fen'],
  [
    'urbanRuralIncomeRatio',
    '城乡收入倍差',
    'Urban to rural disposable income',
    'basisPoints',
    ratio('urbanDisposableIncomePerCapita', 'ruralDisposableIncomePerCapita', 100),
  ],
  ['villagerIncomePerCapita', '村民人均年收入', 'Income per villager, as the village reports it', 'fen'],
  ['workshops', '共富工坊数', 'Common-prosperity workshops', 'items'],
  ['projects', '项目数', 'Projects', 'items'],
  ['productSold', '农产品销量', 'Farm products sold', 'grams'],
  ['visitors', '游客人次', 'Visits of tourists', 'visits'],
  ['area', '面积', 'Area', 'squareMetres'],
  ['instructorBatches', '选派指导员批次', 'Batches of instructors', 'items'],
  ['instructors', '选派干部人数', 'Cadres dispatched', 'persons'],
  ['instructorTerms', '指导员任次', 'Terms of instructors in a village', 'items'],
  ['contestEditions', '擂台赛届数', 'Editions of the contest', 'items'],
  ['contestants', '登台指导员人数', 'Instructors on the contest’s stage', 'persons'],
  ['ideas', '金点子数', 'Bright ideas', 'items'],
  ['problemsSolved', '解决问题数', 'Problems solved', 'items'],
  ['problemsFound', '发现问题数', 'Problems found', 'items'],
  [
    'problemClosureRate',
    '问题办结率',
    'Solved problems, of those found',
    'basisPoints',
    ratio('problemsSolved', 'problemsFound', 10),
  ],
  ['guidanceDocuments', '指导性文件数', 'Guidance documents', 'items'],
  ['metersReplaced', '更换电表数', 'Electricity meters replaced', 'items'],
];

/** What can be reported, by its code; a code never changes its meaning. */
export const measures: ReadonlyMap<string, Measure> = new Map(
  ROWS.map(([code, nameZh, nameEn, unit, more]) => [code, { code, nameZh, nameEn, unit, ...more }]),
);

function ratio(numerator: string, denominator: string, stepBasisPoints: number): Pick<Measure, 'ratio'> {
  return { ratio: { numerator, denominator, stepBasisPoints } };
}
