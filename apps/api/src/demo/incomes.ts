import { nextPeriod, periodOf } from '@ledger/domain';
import { credit, debit, type Entry, type FreeVoucher, type Income } from './entry.js';
import { dayOf, deskDayAfter } from './office-days.js';
import { drawn, MONTHLY, QUARTER_ENDS, QUARTERLY, spanOf, spread } from './seasons.js';
import type { IncomeStream, Village } from './village.js';

/** The income of a village's year, and the receipts of what was not paid at once. */
export function incomesOf(village: Village): Entry[] {
  const entries: Entry[] = village.incomes.flatMap((stream) => {
    const incomes = monthsOf(village.key, stream);
    const owed = stream.settlement === '112' || stream.settlement === '113';
    return owed ? [...incomes, ...incomes.flatMap(receiptOf)] : incomes;
  });
  return [...entries, ...mistyped(village)];
}

function monthsOf(village: string, stream: IncomeStream): Income[] {
  const even = [MONTHLY, QUARTERLY, QUARTER_ENDS].includes(stream.season) && stream.account !== '504';
  const seed = even ? undefined : `${village} ${stream.key}`;
  return spread(stream.yearYuan * 100, stream.season, seed).flatMap((amountFen, index) =>
    amountFen === 0 ? [] : [incomeOf(village, stream, index + 1, amountFen)],
  );
}

function incomeOf(village: string, stream: IncomeStream, month: number, amountFen: number): Income {
  const on = dayOf(`2024-${String(month).padStart(2, '0')}`, stream.day);
  const { account, summary, party, project, contract, origin = 'SYNTHETIC', nonRecurring, forgotten } = stream;
  const late = forgotten?.month === month ? forgotten : undefined;
  const key = `${stream.key}-${on.slice(0, 7)}`;
  return {
    kind: 'income',
    key,
    on,
    recordedOn: late?.recordedOn ?? deskDayAfter(on),
    summary: `${spanOf(stream.season, month)}${summary}`,
    origin,
    attachmentCount: 1 + drawn(`${village} ${key} papers`, 3),
    sourceDocument: `SJ-${on.replaceAll('-', '')}-${stream.key}`,
    account,
    amountFen,
    settlement: { account: stream.settlement ?? '102', ...(party === undefined ? {} : { party }) },
    ...(project === undefined ? {} : { project }),
    ...(contract === undefined ? {} : { contract }),
    ...(nonRecurring === undefined ? {} : { nonRecurring }),
    ...(late === undefined ? {} : { lateBecause: late.reason }),
  };
}

/** What became receivable comes in on the 18th of the next month; what December earned stays owed over the year's end. */
function receiptOf(income: Income): FreeVoucher[] {
  const period = nextPeriod(periodOf(income.on));
  if (period > '2024-12') return [];
  const on = dayOf(period, 18);
  const { amountFen, settlement } = income;
  return [
    {
      kind: 'voucher',
      key: `${income.key}-received`,
      on,
      recordedOn: deskDayAfter(on),
      summary: `收到${income.summary}`,
      origin: 'SYNTHETIC',
      attachmentCount: 1,
      lines: [debit('102', amountFen), credit(settlement.account, amountFen, { ...settlement, settles: income.key })],
    },
  ];
}

/** A slip of the pen is found a few days later, taken back in red, and the same paper entered again. */
function mistyped({ key: village, mistyped: slip }: Village): Entry[] {
  if (slip === undefined) return [];
  const { foundOn: recordedOn, reason } = slip;
  return monthsOf(village, slip.entered).flatMap((wrong): Entry[] => {
    const { on, origin, attachmentCount } = wrong;
    const key = `${wrong.key}-reversed`;
    return [
      wrong,
      { kind: 'reversal', key, on, recordedOn, summary: reason, origin, attachmentCount, of: wrong },
      { ...wrong, key: `${wrong.key}-again`, recordedOn, amountFen: slip.rightYuan * 100 },
    ];
  });
}
