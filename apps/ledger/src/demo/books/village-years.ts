import type { OpeningLine } from '@ledger/domain';
import { credit, debit, type Entry, type EntryLine, netOf } from './entry.js';
import { incomesOf } from './incomes.js';
import { dayOf, deskDayAfter } from '../recording/office-days.js';
import { payFen, spendingsOf } from './spendings.js';
import type { Village } from '../county/village.js';
import { accountIn, FIRST_YEAR, LAST_YEAR } from './years.js';

/** All entries of a village in the order of their recording. */
export function entriesOf(village: Village): Entry[] {
  const { silentIn } = village;
  const entries = [...incomesOf(village), ...spendingsOf(village), ...newYear(village)];
  const told = silentIn === undefined ? entries : entries.filter(({ on }) => !on.startsWith(silentIn));
  return told.toSorted(byRecording);
}

const CASH_FEN = 680_000;

/**
 * The balances before the first day. Fixed assets are what makes the total of the last year's end come out, capital what
 * makes both sides equal.
 */
export function openingOf(village: Village, entries: readonly Entry[]): OpeningLine[] {
  const { opening, key } = village;
  const [bankFen, receivableFen, depreciatedFen, payableFen, reserveFen, undistributedFen] = [
    opening.bankYuan,
    opening.receivableYuan,
    opening.accumulatedDepreciationYuan,
    opening.payableYuan,
    opening.reserveYuan,
    opening.undistributedYuan,
  ].map((amountYuan) => amountYuan * 100) as [number, number, number, number, number, number];
  const before = FIRST_YEAR - 1;
  const wagesFen = village.plain === undefined ? payFen(village, `${before}-12`) : 0;
  const ofTheYears = entries.filter(({ on }) => on <= `${LAST_YEAR}-12-31`);
  const assetsFen = village.assetsYuan * 100 - netOf(ofTheYears, ['1']);
  const lines: EntryLine[] = [
    debit('101', CASH_FEN),
    debit('102', bankFen),
    debit('112', receivableFen, { party: `tenant-${key}-${before}` }),
    debit('151', assetsFen - CASH_FEN - bankFen - receivableFen + depreciatedFen),
    credit('152', depreciatedFen),
    credit(accountIn(FIRST_YEAR, '211'), payableFen, { party: `builder-${key}-${before}` }),
    credit(accountIn(FIRST_YEAR, '212'), wagesFen),
    credit('301', assetsFen - payableFen - wagesFen - reserveFen - undistributedFen),
    credit('311', reserveFen),
    credit('32202', undistributedFen),
  ];
  return lines.filter(({ amountFen }) => amountFen !== 0);
}

/** What a year's close sets aside: two fifths of the surplus, in whole thousands of yuan; nothing after a loss. */
export function reserveOf(entries: readonly Entry[], year: number): number {
  const ofTheYear = entries.filter(({ on }) => on.startsWith(String(year)));
  const surplusFen = -netOf(ofTheYear, ['5']);
  return Math.max(0, Math.floor((surplusFen * 2) / 5 / 100_000) * 100_000);
}

/** January's business starts before December is closed. */
function newYear(village: Village): Entry[] {
  if (village.newYear === undefined) return [];
  const period = `${LAST_YEAR + 1}-01`;
  const rentOn = dayOf(period, 6);
  const visitOn = dayOf(period, 8);
  const recorded = { recordedOn: deskDayAfter(visitOn), origin: 'SYNTHETIC', attachmentCount: 2 } as const;
  return [
    {
      ...recorded,
      kind: 'income',
      key: 'shops-2025-01',
      on: rentOn,
      summary: '2025年一季度沿街店面租金',
      sourceDocument: 'SJ-20250106-shops',
      account: '50102',
      amountFen: 18_600_000,
      settlement: { account: '102' },
      contract: 'lease-xjw-02',
    },
    {
      ...recorded,
      kind: 'expense',
      key: 'care-2025-01',
      on: visitOn,
      summary: '春节前走访慰问支出',
      account: '51403',
      amountFen: 4_200_000,
      settlement: { account: '102' },
    },
  ];
}

function byRecording(a: Entry, b: Entry): number {
  return compare(a.recordedOn, b.recordedOn) || compare(a.on, b.on);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
