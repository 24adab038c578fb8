import {
  AdjustSettlement,
  type Command,
  EnrolHousehold,
  lastDay,
  RecordGain,
  RecordJob,
  RecordSale,
  RegisterHousehold,
  SetAllocationScheme,
  SettleIncome,
} from '@ledger/domain';
import { apportion } from '../books/apportion.js';
import { asked, demoHouseholdId, demoProjectId } from '../recording/asked.js';
import {
  BRAND,
  BRAND_SHARES,
  BRAND_STARTED_ON,
  brandFen,
  GAIN_A_HEAD_YUAN,
  HOUSEHOLDS,
  LAST_WORKERS,
  PRODUCTS,
  SOLD_GRAMS,
  WORKERS,
  WORKERS_IN_ALL,
} from './brand-figures.js';
import { atOffice, dayOf, deskDayAfter } from '../recording/office-days.js';
import { drawn, spread, VEGETABLES } from '../books/seasons.js';
import type { Step } from '../recording/step.js';
import type { Village } from '../county/village.js';
import { accountIn, LAST_YEAR, months, YEARS } from '../books/years.js';

const LATE_MORNING = 220;
const SIGNED = { preparedBy: 'accountant-2', reviewedBy: 'reviewer-1' };
const id = demoProjectId(BRAND);

/** The households, the work, the sales and the money of the brand that two villages share. */
export function brandJournal(villages: readonly Village[]): Step[] {
  const byKey = new Map(villages.map((village) => [village.key, village]));
  const village = (key: string): Village => {
    const found = byKey.get(key);
    if (found === undefined) throw new Error(`the demo has no village ${key}`);
    return found;
  };
  return [scheme(village), ...households(village), ...jobs(village), ...sales(), ...settlements(), ...gains(village)];
}

type Find = (key: string) => Village;

function scheme(village: Find): Step {
  const command = asked(SetAllocationScheme, 'brand/scheme', {
    project: id,
    shares: BRAND_SHARES.map(({ village: key, basisPoints }) => {
      const { code, creditCode } = village(key);
      return { village: code, basisPoints, organization: creditCode };
    }),
    effectiveOn: BRAND_STARTED_ON,
    origin: 'SYNTHETIC',
  });
  return step(BRAND_STARTED_ON, 0, command);
}

/** They sign up in the first months of 2024, a few each day. */
function households(village: Find): Step[] {
  const places = HOUSEHOLDS.flatMap(({ village: key, count }) =>
    Array.from({ length: count }, (_, index) => ({
      village: village(key).code,
      key: `brand/household-${key}-${index + 1}`,
    })),
  );
  return places.flatMap(({ village: code, key }) => {
    const on = deskDayAfter(dayOf(`2024-0${1 + drawn(`${key} month`, 4)}`, 1 + drawn(`${key} day`, 19)));
    const effectiveOn = on;
    const registration = asked(RegisterHousehold, key, { village: code, effectiveOn, origin: 'SYNTHETIC' });
    const household = demoHouseholdId(key);
    const enrolment = asked(EnrolHousehold, `${key}/enrol`, {
      project: id,
      household,
      role: drawn(`${key} role`, 9) === 0 ? 'PROCESSOR' : 'GROWER',
      effectiveOn,
      origin: 'SEED',
    });
    return [step(on, 2, registration), step(on, 4, enrolment)];
  });
}

function jobs(village: Find): Step[] {
  const places = [...WORKERS, LAST_WORKERS].flatMap(({ village: key, count }) =>
    Array.from({ length: count }, () => village(key).code),
  );
  return places.map((code, index) => {
    const key = `brand/job-${index + 1}`;
    const on = deskDayAfter(dayOf(`2024-0${1 + drawn(`${key} month`, 5)}`, 1 + drawn(`${key} day`, 19)));
    const command = asked(RecordJob, key, {
      project: id,
      worker: `worker-${BRAND}-${String(index + 1).padStart(3, '0')}`,
      kind: ['SEASONAL', 'PART_TIME', 'HOME_BASED'][drawn(`${key} kind`, 3)] ?? 'SEASONAL',
      village: code,
      effectiveOn: on,
      origin: 'SEED',
    });
    return step(on, 6, command);
  });
}

/** What was sold in 2024, by month and product; the weights add up to the published sum. */
function sales(): Step[] {
  const monthly = spread(SOLD_GRAMS, VEGETABLES, 'brand weights');
  return months(LAST_YEAR).flatMap((period, index) => {
    const weights = PRODUCTS.map(({ product, percent }) => ({ key: product, weight: percent }));
    const grams = apportion(monthly[index] ?? 0, weights);
    const on = dayOf(period, 25);
    return PRODUCTS.map(({ product, yuanPerKg, channel }, nth): Step => {
      const quantityGrams = grams.get(product) ?? 0;
      const command = asked(RecordSale, `brand/sale-${period}-${nth + 1}`, {
        project: id,
        product,
        quantityGrams,
        amountFen: Math.round((quantityGrams * yuanPerKg) / 10),
        channel,
        effectiveOn: on,
        origin: 'SEED',
      });
      return step(deskDayAfter(on), 10 + nth, command);
    });
  });
}

const MISCOUNTED = '2024-09';
const MISCOUNTED_FEN = 384_000;

/** Each month's income is shared when the month ends. One month was counted too high and is set right in the next. */
function settlements(): Step[] {
  return YEARS.flatMap((year) => {
    const amounts = brandFen(year);
    return months(year).flatMap((period, index): Step[] => {
      const amountFen = amounts[index] ?? 0;
      if (amountFen === 0) return [];
      const on = dayOf(period, 26);
      const command = asked(SettleIncome, `brand/settle-${period}`, {
        project: id,
        amountFen: period === MISCOUNTED ? amountFen + MISCOUNTED_FEN : amountFen,
        account: accountIn(year, '50106'),
        settlement: { account: '102' },
        summary: `${Number(period.slice(5))}月份“一桌土菜”销售收益分成`,
        ...SIGNED,
        effectiveOn: on,
        origin: 'SYNTHETIC',
      });
      const settled = step(deskDayAfter(on), 20, command);
      return period === MISCOUNTED ? [settled, adjustment(amountFen)] : [settled];
    });
  });
}

function adjustment(amountFen: number): Step {
  const command = asked(AdjustSettlement, `brand/adjust-${MISCOUNTED}`, {
    project: id,
    period: MISCOUNTED,
    amountFen,
    reason: '食堂团购重复计入,按对账单更正',
    ...SIGNED,
    origin: 'SYNTHETIC',
  });
  return step('2024-10-21', 30, command);
}

/** What people earned more in 2024, by the pay lists of their villages: 15,000 yuan a head over all of them. */
function gains(village: Find): Step[] {
  const told = WORKERS.map(({ village: key, count, gainYuan }) => ({ village: key, count, yuan: gainYuan * count }));
  const leftYuan = GAIN_A_HEAD_YUAN * WORKERS_IN_ALL - told.reduce((sum, { yuan }) => sum + yuan, 0);
  const all = [...told, { ...LAST_WORKERS, yuan: leftYuan }];
  return all.map(({ village: key, count, yuan }, index) => {
    const command = asked(RecordGain, `brand/gain-${index + 1}`, {
      project: id,
      year: LAST_YEAR,
      amountFen: yuan * 100,
      method: 'PAYROLL',
      population: { of: 'EMPLOYED_PERSONS', count },
      village: village(key).code,
      effectiveOn: lastDay(`${LAST_YEAR}-12`),
      origin: 'SEED',
    });
    return step('2025-01-10', 40 + index, command);
  });
}

function step(on: string, minutes: number, command: Command): Step {
  return { at: atOffice(on, LATE_MORNING + minutes), command: () => command };
}
