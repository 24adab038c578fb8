import type { DivisionLevel } from '@ledger/domain';
import {
  type AccountLine,
  type Amounts,
  bandOf,
  type Figures,
  type Interval,
  type MonthlyIncomeReport,
  type PlaceLine,
  type Spans,
  tierSchemesOn,
} from '@ledger/views';

const SPANS = ['month', 'yearToDate', 'sameMonthLastYear', 'yearToDateLastYear'] as const;

/** A report with a figure in every cell, each another one: made for renderers, not by the books. */
export function sampleIncomeReport(
  options: {
    villages?: number;
    level?: DivisionLevel;
    demo?: boolean;
    name?: string;
    basis?: 'booked' | 'restated';
  } = {},
): MonthlyIncomeReport {
  const { villages = 5, level = 'district', demo = true, name = '柯桥区', basis = 'booked' } = options;
  const next = amounts();
  const byVillage = level === 'village' ? [] : Array.from({ length: villages }, (_, i) => village(i, demo, next));
  const byTownship = level === 'district' ? [township(villages, next)] : [];
  const total = figures(next);
  return {
    ledger: { name: demo ? 'keqiao.demo' : 'ledger.local', demo },
    scope: {
      code: { district: '330603000000', township: '330603008000', village: '330603008201' }[level],
      name,
      level,
    },
    period: '2024-12',
    asOf: '2024-12-31',
    knownAt: 4711,
    views: { entry: 4, turnover: 5 },
    basis,
    villages: {
      counted: villages,
      withData: villages - 1,
      withoutData: [{ code: '330603008201', name: '示例村1', reason: 'NO_ENTRIES' }],
      notClosed: [
        { code: '330603008201', name: '示例村1' },
        { code: '330603008203', name: '示例村3' },
      ],
    },
    booksFrom: '2022-01',
    total,
    operating: figures(next),
    other: figures(next),
    averagePerVillage: { totalFen: spansOf(() => next().fen), operatingFen: spansOf(() => next().fen) },
    unallocatedReceipts: spansOf(next),
    lines: [
      account('501', '经营收入', 1, next),
      account('50102', '出租收入', 2, next),
      account('503', '补助收入', 1, next),
    ],
    projects: [
      { project: 'p-1', name: '一桌土菜', total: figures(next), operating: figures(next) },
      { project: null, name: null, total: figures(next), operating: figures(next) },
    ],
    byTownship,
    byVillage,
    months: Array.from({ length: 24 }, (_, i) => ({
      period: `${2023 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
      total: { recognised: next(), collected: next() },
      operating: { recognised: next(), collected: next() },
    })),
    tiers: tierSchemesOn('2024-12-31').map((scheme) => {
      const own = byVillage.map(({ code, name: of }) => ({ code, name: of, amount: next() }));
      const placed = own.map((place) => ({ ...place, band: bandOf(scheme, place.amount.fen), monthsWithoutData: [] }));
      const bands = scheme.bands.map(({ id }) => ({
        band: id,
        villages: placed.filter(({ band }) => band === id).length,
      }));
      return { scheme, from: '2024-01', to: '2024-12', bands, villages: placed };
    }),
    forecast: {
      total: forecast(next),
      operating: { ...forecast(next), refused: 'NOT_ENOUGH_HISTORY', months: [], year: null },
    },
    changes: {
      since: 4000,
      before: {
        total: spansOf(() => ({ recognisedFen: next().fen, collectedFen: next().fen })),
        operating: spansOf(() => ({ recognisedFen: next().fen, collectedFen: next().fen })),
      },
      count: 2,
      facts: [
        {
          position: 4100,
          type: 'VoucherReversed',
          why: 'reversal',
          division: '330603008201',
          book: 'book-1',
          voucher: { period: '2024-12', voucherNo: 7 },
          effectiveOn: '2024-12-08',
          summary: '冲销重复入账的租金',
          recognisedFen: -128_000_00,
          collectedFen: 0,
          unallocatedFen: 0,
          href: '/books/book-1/vouchers/2024-12/7?knownAt=4711',
        },
        {
          position: 4200,
          type: 'DivisionRecoded',
          why: 'recode',
          division: '330603010000',
          book: null,
          voucher: null,
          effectiveOn: '2024-06-01',
          summary: null,
          recognisedFen: null,
          collectedFen: null,
          unallocatedFen: null,
          href: '/events?after=4199&limit=1',
        },
      ],
    },
  };
}

type Next = () => { readonly fen: number; readonly href: string };

/** Amounts that never repeat, some of them negative, each with an address of its own. */
function amounts(): Next {
  let n = 0;
  return () => {
    n += 1;
    const fen = (n % 23 === 0 ? -1 : 1) * (n * 1_234_567 + (n % 100));
    return { fen, href: `/divisions/330603/income-entries?cell=${n}&measure=recognised` };
  };
}

function spansOf<T>(make: () => T): Spans<T> {
  return Object.fromEntries(SPANS.map((span) => [span, make()])) as unknown as Spans<T>;
}

function figures(next: Next): Figures {
  const spans = spansOf<Amounts>(() => ({
    recognised: next(),
    collected: next(),
    nonRecurring: next(),
    corrected: { fen: 0, href: null },
  }));
  return {
    ...spans,
    change: {
      month: { fen: next().fen, basisPoints: 1234 },
      yearToDate: { fen: next().fen, basisPoints: null },
    },
  };
}

function account(code: string, name: string, level: 1 | 2, next: Next): AccountLine {
  const section = code.startsWith('501') ? 'operating' : 'other';
  const carriedFrom = code === '501' ? ['village-2004:501', 'village-2004:511'] : [];
  const names = { account: `rural-collective-2024:${code}`, name, nameEn: null };
  return { ...names, section, level, carriedFrom, figures: figures(next) };
}

function village(i: number, demo: boolean, next: Next): PlaceLine {
  return {
    code: `330603008${201 + i}`,
    name: `示例村${i + 1}`,
    level: 'village',
    township: '330603008000',
    villages: 1,
    withoutData: i === 0 ? 'NO_ENTRIES' : null,
    origins: demo ? [i === 1 ? 'SEED' : 'SYNTHETIC'] : [],
    booksFrom: '2022-01',
    total: figures(next),
    operating: figures(next),
    unallocatedReceipts: spansOf(next),
  };
}

function township(villages: number, next: Next): PlaceLine {
  return {
    ...village(0, false, next),
    code: '330603008000',
    name: '兰亭街道',
    level: 'township',
    township: null,
    villages,
  };
}

function forecast(next: Next) {
  const interval = (): Interval => {
    const { fen } = next();
    return { fen, lowFen: fen - 100_00, highFen: fen + 100_00 };
  };
  return {
    method: 'seasonal-naive',
    historyMonths: 36,
    refused: null,
    coverageBasisPoints: 8_000,
    months: [{ period: '2025-01', ...interval() }],
    year: interval(),
  } as const;
}
