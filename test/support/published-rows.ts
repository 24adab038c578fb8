import { bookIdOf } from '@ledger/domain';
import { demoProjectId } from '../../apps/ledger/src/demo/recording/asked.js';
import { BRAND } from '../../apps/ledger/src/demo/projects/brand-figures.js';
import type { RunningLedger } from './running-ledger.js';

export type Ask = <B>(path: string) => Promise<B>;

/** What the ledger itself says to a row of the published figures, and what was published. */
export interface ComputedRow {
  readonly row: number;
  readonly what: string;
  readonly published: number;
  readonly qualifier: 'over' | 'nearly' | 'exact';
  /** What the demo holds, where a rounded figure was published. */
  readonly exactly: number;
  readonly ask: (ask: Ask) => Promise<number>;
}

const KEQIAO = '330603000000';
export const XIEJIAWU = '330603008201';
export const YEJIAYAN = '330603002201';
export const WANGHUA = '330603105201';
export const BRAND_ID = demoProjectId(BRAND);
const YEJIAYAN_BOOK = bookIdOf('N2330603MF0000021G');
const END = 'asOf=2024-12-31';

interface Income {
  readonly totalFen: number;
  readonly operatingFen: number;
  readonly rows: { readonly project: string | null; readonly amountFen: number }[];
  readonly villages?: { readonly village: string; readonly operatingFen: number }[];
}

interface OfProject {
  readonly enrolled: number;
  readonly jobs: number;
  readonly sales: { readonly quantityGrams: number };
}

interface Gains {
  readonly rows: {
    readonly year: number;
    readonly amountFen: number;
    readonly population: { readonly count: number };
  }[];
}

const income = (year: number) => `income?from=${year}-01&to=${year}-12&asOf=${year}-12-31`;

/** The rows that trees, books and registers answer; none of them looks at an indicator. */
export const computedRows: readonly ComputedRow[] = [
  {
    row: 3,
    what: 'administrative villages',
    published: 214,
    qualifier: 'exact',
    exactly: 214,
    ask: async (ask) => {
      const { rows } = await ask<{ rows: { level: string }[] }>(`/divisions?${END}`);
      return rows.filter(({ level }) => level === 'village').length;
    },
  },
  {
    row: 5,
    what: 'operating income of 2024 per village',
    published: 387_000_000,
    qualifier: 'exact',
    exactly: 387_000_000,
    ask: async (ask) => (await ask<Income>(`/divisions/${KEQIAO}/${income(2024)}`)).operatingFen / 214,
  },
  {
    row: 15,
    what: 'vegetables sold',
    published: 50_000_000,
    qualifier: 'over',
    exactly: 50_600_000,
    ask: async (ask) => (await ask<OfProject>(`/projects/${BRAND_ID}?${END}`)).sales.quantityGrams,
  },
  {
    row: 16,
    what: 'signed households',
    published: 232,
    qualifier: 'exact',
    exactly: 232,
    ask: async (ask) => (await ask<OfProject>(`/projects/${BRAND_ID}?${END}`)).enrolled,
  },
  {
    row: 17,
    what: 'people employed',
    published: 265,
    qualifier: 'exact',
    exactly: 265,
    ask: async (ask) => (await ask<OfProject>(`/projects/${BRAND_ID}?${END}`)).jobs,
  },
  {
    row: 18,
    what: 'gain a head of those employed',
    published: 1_500_000,
    qualifier: 'exact',
    exactly: 1_500_000,
    ask: async (ask) => {
      const { rows } = await ask<Gains>(`/projects/${BRAND_ID}/gains?${END}`);
      const { jobs } = await ask<OfProject>(`/projects/${BRAND_ID}?${END}`);
      return rows.reduce((sum, { amountFen }) => sum + amountFen, 0) / jobs;
    },
  },
  {
    row: 19,
    what: 'income that the use of what lay idle adds',
    published: 30_000_000,
    qualifier: 'exact',
    exactly: 30_000_000,
    ask: async (ask) => {
      const { rows } = await ask<Income>(`/villages/${WANGHUA}/${income(2024)}`);
      const project = demoProjectId('idle-activation');
      return rows.filter((r) => r.project === project).reduce((sum, { amountFen }) => sum + amountFen, 0);
    },
  },
  {
    row: 23,
    what: 'operating income of Xiejiawu in 2024',
    published: 700_000_000,
    qualifier: 'nearly',
    exactly: 698_000_000,
    ask: async (ask) => (await ask<Income>(`/villages/${XIEJIAWU}/${income(2024)}`)).operatingFen,
  },
  {
    row: 24,
    what: 'operating income of Xiejiawu in 2023',
    published: 700_000_000,
    qualifier: 'nearly',
    exactly: 692_000_000,
    ask: async (ask) => (await ask<Income>(`/villages/${XIEJIAWU}/${income(2023)}`)).operatingFen,
  },
  {
    row: 32,
    what: 'assets of Yejiayan',
    published: 4_000_000_000,
    qualifier: 'over',
    exactly: 4_012_000_000,
    ask: async (ask) => {
      const { rows } = await ask<{ rows: { account: string; balanceFen: number }[] }>(
        `/books/${YEJIAYAN_BOOK}/balances?${END}`,
      );
      return rows.filter(({ account }) => /:1/.test(account)).reduce((sum, { balanceFen }) => sum + balanceFen, 0);
    },
  },
  {
    row: 33,
    what: 'income of all kinds of Yejiayan',
    published: 340_000_000,
    qualifier: 'exact',
    exactly: 340_000_000,
    ask: async (ask) => (await ask<Income>(`/villages/${YEJIAYAN}/${income(2024)}`)).totalFen,
  },
];

/** A row that is a published figure and no more: what the demo reports of it. */
export type ReadingRow = readonly [
  row: number,
  scope: string,
  measure: string,
  value: number,
  qualifier: string,
  asOf: string,
  line: string,
];

const CITY = '330600000000';

/** Every row of the table that is a figure, as it was published; 10, 11, 14 and 48 are none. */
export const readingRows: readonly ReadingRow[] = [
  [1, KEQIAO, 'instructorBatches', 20, 'exact', '2024', '19'],
  [2, KEQIAO, 'instructors', 6_400, 'over', '2024', '19'],
  [3, KEQIAO, 'villages', 214, 'exact', '2024', '19'],
  [4, KEQIAO, 'demonstrationBelts', 8, 'exact', '2024', '19'],
  [5, KEQIAO, 'avgOperatingIncomePerVillage', 387_000_000, 'exact', '2024', '19'],
  [6, KEQIAO, 'ruralDisposableIncomePerCapita', 5_870_000, 'over', '2024', '19'],
  [7, KEQIAO, 'urbanRuralIncomeRatio', 15_600, 'exact', '2024', '19'],
  [8, '330603007201', 'metersReplaced', 220, 'exact', '2024', '35'],
  [9, KEQIAO, 'guidanceDocuments', 10, 'exact', '2024', '41'],
  [12, '330603006000', 'ideas', 70, 'over', '2024', '47'],
  [13, '330603006000', 'problemsSolved', 20, 'over', '2024', '47'],
  [15, '330603109000', 'productSold', 50_000_000, 'over', '2024', '51、53'],
  [16, '330603109000', 'signedHouseholds', 232, 'exact', '2024', '53'],
  [17, '330603109000', 'jobs', 265, 'exact', '2024', '53'],
  [18, '330603109000', 'perCapitaGain', 1_500_000, 'exact', '2024', '53'],
  [19, WANGHUA, 'collectiveIncomeAdded', 30_000_000, 'exact', '2024', '57'],
  [20, KEQIAO, 'contestEditions', 4, 'exact', '2024-10-31', '67、69'],
  [21, KEQIAO, 'contestants', 60, 'over', '2024-10-31', '69'],
  [22, XIEJIAWU, 'collectiveOperatingIncome', 30_000_000, 'over', '2003', '89'],
  [23, XIEJIAWU, 'collectiveOperatingIncome', 700_000_000, 'nearly', '2024', '89'],
  [24, XIEJIAWU, 'collectiveOperatingIncome', 700_000_000, 'nearly', '2023', '3'],
  [25, XIEJIAWU, 'operatingIncomeMultiple', 200_000, 'over', '2023', '3'],
  [26, XIEJIAWU, 'villagerIncomePerCapita', 700_000, 'about', '2003', '89'],
  [27, XIEJIAWU, 'villagerIncomePerCapita', 6_500_000, 'over', '2024', '89'],
  [28, XIEJIAWU, 'villagerIncomePerCapita', 6_000_000, 'over', '2023', '3'],
  [29, XIEJIAWU, 'instructorTerms', 6, 'exact', '2024-02-24', '2、3'],
  [30, YEJIAYAN, 'area', 800_000, 'nearly', '2024', '91'],
  [31, YEJIAYAN, 'projects', 30, 'over', '2024', '91'],
  [32, YEJIAYAN, 'collectiveAssets', 4_000_000_000, 'over', '2024', '91'],
  [33, YEJIAYAN, 'collectiveTotalIncome', 340_000_000, 'exact', '2024', '91'],
  [34, YEJIAYAN, 'totalIncomeMultiple', 200_000, 'exact', '2024', '91'],
  [35, YEJIAYAN, 'visitors', 20_000, 'over', '2025-02-04', '91'],
  [36, YEJIAYAN, 'recognitions', 3, 'exact', '2024', '93'],
  [37, CITY, 'instructorBatches', 19, 'exact', '2024-02-24', '6'],
  [38, CITY, 'instructors', 36_000, 'over', '2024-02-24', '6'],
  [39, CITY, 'villagesCovered', 1_772, 'exact', '2024-02-24', '6'],
  [40, CITY, 'futureVillages', 60, 'exact', '2024-02-24', '7'],
  [41, CITY, 'qualifiedBeautifulVillages', 1_523, 'exact', '2024-02-24', '7'],
  [42, CITY, 'villagesBelowIncomeTarget', 0, 'exact', '2024-02-24', '7'],
  [43, CITY, 'workshops', 910, 'exact', '2024-02-24', '7'],
  [44, CITY, 'labourAbsorbed', 45_000, 'over', '2024-02-24', '7'],
  [45, CITY, 'monthlyGainPerWorker', 290_000, 'over', '2024-02-24', '7'],
  [46, CITY, 'problemsFound', 62_000, 'over', '2024-02-24', '10'],
  [47, CITY, 'problemClosureRate', 9_890, 'exact', '2024-02-24', '10'],
];

export function asking(ledger: RunningLedger): Ask {
  return async <B>(path: string) => {
    const { status, body, text } = await ledger.get(path);
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
    return body as B;
  };
}
