import { nextPeriod, type Period, periodOf } from '@ledger/domain';
import { apportion } from './apportion.js';
import { credit, debit, type Entry, type FreeVoucher, type Income } from './entry.js';
import { growthPercent } from './growth.js';
import { lateness } from './lateness.js';
import { dayOf, deskDayAfter } from '../recording/office-days.js';
import { isOperating } from './operating.js';
import { drawn, MONTHLY, QUARTER_ENDS, QUARTERLY, type Season, spanOf, spread } from './seasons.js';
import type { IncomeStream, Village } from '../county/village.js';
import { accountIn, LAST_YEAR, months, YEARS } from './years.js';

/** The income of a village's years, and the receipts of what was not paid at once. */
export function incomesOf(village: Village): Entry[] {
  const entries = YEARS.flatMap((year) =>
    streamsIn(year, village).flatMap(({ stream, yearYuan }): Entry[] => {
      const incomes = monthsOf(village, stream, year, yearYuan);
      const owed = stream.settlement === '112' || stream.settlement === '113';
      return owed ? [...incomes, ...incomes.flatMap((income) => receiptOf(income, stream))] : incomes;
    }),
  );
  return [...entries, ...mistyped(village)];
}

/** The incomes that a village has in a year. What is out of the ordinary happens in 2024 alone. */
function streamsIn(year: number, village: Village): { stream: IncomeStream; yearYuan: number }[] {
  const streams = village.incomes.filter(
    ({ since = '', nonRecurring }) => since.slice(0, 4) <= String(year) && (year === LAST_YEAR || !nonRecurring),
  );
  if (year === LAST_YEAR) return streams.map((stream) => ({ stream, yearYuan: stream.yearYuan }));
  const percent = growthPercent(village.key, year);
  const operating = streams.filter(isOperating);
  const sumYuan = operating.reduce((sum, { yearYuan }) => sum + yearYuan, 0);
  const wholeYuan = village.operatingYuan?.[year] ?? Math.round((sumYuan * percent) / 100);
  // By largest remainders, so that the sum of a year that was published comes out to the yuan.
  const weights = operating.map(({ key, yearYuan }) => ({ key, weight: yearYuan }));
  const operatingYuan = apportion(wholeYuan, weights);
  return streams.map((stream) => {
    const otherYuan = Math.round((stream.yearYuan * percent) / 10_000) * 100;
    return { stream, yearYuan: operatingYuan.get(stream.key) ?? otherYuan };
  });
}

function monthsOf(village: Village, stream: IncomeStream, year: number, yearYuan: number): Income[] {
  const season = seasonIn(year, village, stream);
  const even = [MONTHLY, QUARTERLY, QUARTER_ENDS].includes(stream.season) && stream.account !== '504';
  const seed = even ? undefined : `${village.key} ${stream.key} ${year}`;
  const amounts = spread(yearYuan * 100, season, seed);
  const { since = '' } = stream;
  return months(year).flatMap((period, index) => {
    const amountFen = amounts[index] ?? 0;
    return amountFen === 0 || period < since ? [] : [incomeOf(village, stream, period, amountFen)];
  });
}

/** What a village that was silent in a month earned, it earned in the others. */
function seasonIn(year: number, { silentIn }: Village, { season }: IncomeStream): Season {
  if (silentIn === undefined || !silentIn.startsWith(String(year))) return season;
  return season.map((weight, index) => (index + 1 === Number(silentIn.slice(5)) ? 0 : weight));
}

function incomeOf(village: Village, stream: IncomeStream, period: Period, amountFen: number): Income {
  const on = dayOf(period, stream.day);
  const year = Number(period.slice(0, 4));
  const { account, summary, party, project, contract, nonRecurring, forgotten, settlement = '102' } = stream;
  const key = `${stream.key}-${period}`;
  const seeded = stream.origin === 'SEED' && (village.seedYears ?? [LAST_YEAR]).includes(year);
  const late = forgotten?.period === period ? forgotten : settlement === '102' ? lateness(village, key, on) : undefined;
  return {
    kind: 'income',
    key,
    on,
    recordedOn: late?.recordedOn ?? deskDayAfter(on),
    summary: `${spanOf(stream.season, period)}${summary}`,
    origin: seeded ? 'SEED' : 'SYNTHETIC',
    attachmentCount: 1 + drawn(`${village.key} ${key} papers`, 3),
    sourceDocument: `SJ-${on.replaceAll('-', '')}-${stream.key}`,
    account: accountIn(year, account),
    amountFen,
    settlement: { account: settlement, ...(party === undefined ? {} : { party }) },
    ...(project === undefined ? {} : { project }),
    ...(contract === undefined ? {} : { contract }),
    ...(nonRecurring === undefined ? {} : { nonRecurring }),
    ...(late === undefined ? {} : { lateBecause: late.reason }),
  };
}

/** What became receivable comes in on the 18th of the next month; what December earned stays owed over the year's end. */
function receiptOf(income: Income, { unallocated }: IncomeStream): FreeVoucher[] {
  const period = nextPeriod(periodOf(income.on));
  if (period > `${LAST_YEAR}-12`) return [];
  const on = dayOf(period, 18);
  const { amountFen, settlement } = income;
  const said = unallocated === periodOf(income.on) ? {} : { settles: income.key };
  return [
    {
      kind: 'voucher',
      key: `${income.key}-received`,
      on,
      recordedOn: deskDayAfter(on),
      summary: `收到${income.summary}`,
      origin: 'SYNTHETIC',
      attachmentCount: 1,
      lines: [debit('102', amountFen), credit(settlement.account, amountFen, { ...settlement, ...said })],
    },
  ];
}

/** A slip of the pen is found a few days later, taken back in red, and the same paper entered again. */
function mistyped(village: Village): Entry[] {
  if (village.mistyped === undefined) return [];
  const { entered, rightYuan, foundOn: recordedOn, reason } = village.mistyped;
  const year = Number(recordedOn.slice(0, 4));
  return monthsOf(village, entered, year, entered.yearYuan).flatMap((income): Entry[] => {
    const { lateBecause: _, ...rest } = income;
    const wrong = { ...rest, recordedOn: deskDayAfter(income.on) };
    const { on, origin, attachmentCount } = wrong;
    const key = `${wrong.key}-reversed`;
    return [
      wrong,
      { kind: 'reversal', key, on, recordedOn, summary: reason, origin, attachmentCount, of: wrong },
      { ...wrong, key: `${wrong.key}-again`, recordedOn, amountFen: rightYuan * 100 },
    ];
  });
}
