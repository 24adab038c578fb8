import { lastDay, nextPeriod, type Period } from '@ledger/domain';
import {
  credit,
  debit,
  type Depreciation,
  type Entry,
  type EntryLine,
  type Expense,
  type FreeVoucher,
} from './entry.js';
import { growthPercent } from './growth.js';
import { lateness } from './lateness.js';
import { dayOf, deskDayAfter } from '../recording/office-days.js';
import { drawn, spread } from './seasons.js';
import { type SpendingKind, spendingKinds } from './spending-kinds.js';
import type { Village } from '../county/village.js';
import { accountIn, FIRST_YEAR, LAST_YEAR, months, YEARS } from './years.js';

/** What a village spends in its years, and the vouchers that are neither income nor expense. */
export function spendingsOf(village: Village): Entry[] {
  const entries = YEARS.flatMap((year): Entry[] => [
    ...spendingKinds.flatMap((kind) => expensesOf(village, kind, year)),
    ...months(year).flatMap((period) => [...wages(village, period), depreciation(village, period)]),
    ...withdrawals(village, year),
  ]);
  const all = [...entries, ...oldDues(village), ...grant(village)];
  return all.filter(({ on }) => village.silentIn === undefined || !on.startsWith(village.silentIn));
}

/** Percentages are of what the village says it spends a year; the tax is one of its rents. */
function yearFenOf({ key, incomes, spends }: Village, { of, percent }: SpendingKind, year: number): number {
  const rentYuan = incomes
    .filter(({ account }) => account === '50102')
    .reduce((sum, { yearYuan }) => sum + yearYuan, 0);
  const yuan = {
    operating: spends.operatingYuan,
    office: spends.officeYuan,
    welfare: spends.welfareYuan,
    rent: rentYuan,
  };
  return Math.round((yuan[of] * percent * growthPercent(key, year)) / 100);
}

function expensesOf(village: Village, kind: SpendingKind, year: number): Entry[] {
  const season = village.plain === undefined ? kind.season : kind.plainSeason;
  if (season === undefined) return [];
  const settlement = village.plain === undefined ? kind.settlement : '102';
  const party = settlement === '211' ? { party: `supplier-${village.key}-01` } : {};
  const amounts = spread(yearFenOf(village, kind, year), season, `${village.key} ${kind.key} ${year}`);
  return months(year).flatMap((period, index) => {
    const amountFen = amounts[index] ?? 0;
    if (amountFen === 0) return [];
    const on = dayOf(period, kind.day);
    const key = `${kind.key}-${period}`;
    const late = lateness(village, key, on);
    const expense: Expense = {
      ...papers(village, key, on, `${index + 1}月份${kind.summary}`),
      kind: 'expense',
      account: accountIn(year, kind.account),
      amountFen,
      settlement: { account: accountIn(year, settlement), ...party },
      ...(late === undefined ? {} : { recordedOn: late.recordedOn, lateBecause: late.reason }),
    };
    return settlement === '211' ? [expense, ...paymentOf(village, expense, period)] : [expense];
  });
}

/** A supplier is paid on the 12th of the next month; December's bill stays owed over the year's end. */
function paymentOf(village: Village, expense: Expense, period: Period): FreeVoucher[] {
  const next = nextPeriod(period);
  if (next > `${LAST_YEAR}-12`) return [];
  const { amountFen, settlement } = expense;
  const { party } = settlement;
  const owed = accountIn(Number(next.slice(0, 4)), '211');
  const lines = [debit(owed, amountFen, party === undefined ? {} : { party }), credit('102', amountFen)];
  return [voucher(village, `${expense.key}-paid`, dayOf(next, 12), `支付${expense.summary}`, lines)];
}

/**
 * Pay is owed at the end of a month and paid on the 10th of the next; the opening balance holds that of the month before
 * the first. Where the books are kept plainly, it is paid at the end of the month.
 */
function wages(village: Village, period: Period): Entry[] {
  const month = `${Number(period.slice(5))}月份`;
  const year = Number(period.slice(0, 4));
  const amountFen = payFen(village, period);
  const account = accountIn(year, '51301');
  if (village.plain !== undefined) {
    const paid = papers(village, `pay-${period}`, dayOf(period, 28), `发放${month}村干部报酬`);
    return [{ ...paid, kind: 'expense', account, amountFen, settlement: { account: '102' } }];
  }
  const owed = accountIn(year, '212');
  const accrued: Expense = {
    ...papers(village, `pay-${period}`, lastDay(period), `计提${month}村干部报酬`),
    kind: 'expense',
    account,
    amountFen,
    settlement: { account: owed },
  };
  const dueFen = payFen(village, monthBefore(period));
  const lines = [debit(owed, dueFen), credit('102', dueFen)];
  return [voucher(village, `pay-${period}-paid`, dayOf(period, 10), '发放上月村干部报酬', lines), accrued];
}

/** Pay rises with the years, as income does. */
export function payFen({ key, spends }: Village, period: Period): number {
  const year = Math.max(FIRST_YEAR, Number(period.slice(0, 4)));
  return Math.round((spends.payMonthYuan * growthPercent(key, year)) / 10_000) * 10_000;
}

function monthBefore(period: Period): Period {
  const year = Number(period.slice(0, 4));
  const month = Number(period.slice(5));
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
}

function depreciation(village: Village, period: Period): Depreciation {
  const amountFen = village.spends.depreciationMonthYuan * 100;
  const summary = `计提${Number(period.slice(5))}月份固定资产折旧`;
  const said = papers(village, `depreciation-${period}`, lastDay(period), summary);
  // What is depreciated is let, so its wear is a cost of operating.
  const account = accountIn(Number(period.slice(0, 4)), '511');
  return { ...said, kind: 'depreciation', account, amountFen };
}

const PETTY_CASH_FEN = 300_000;

function withdrawals(village: Village, year: number): FreeVoucher[] {
  if (village.plain !== undefined) return [];
  const lines = [debit('101', PETTY_CASH_FEN), credit('102', PETTY_CASH_FEN)];
  return ['01', '04', '07', '10'].map((month) =>
    voucher(village, `petty-cash-${year}-${month}`, dayOf(`${year}-${month}`, 9), '提取备用金', lines),
  );
}

/** What the year before the first left to be received and paid. */
function oldDues(village: Village): FreeVoucher[] {
  const receivedFen = village.opening.receivableYuan * 100;
  const paidFen = village.opening.payableYuan * 100;
  const before = FIRST_YEAR - 1;
  const tenant = { party: `tenant-${village.key}-${before}` };
  const builder = { party: `builder-${village.key}-${before}` };
  return [
    voucher(village, `received-${before}`, `${FIRST_YEAR}-01-24`, '收回上年度应收租金', [
      debit('102', receivedFen),
      credit('112', receivedFen, tenant),
    ]),
    voucher(village, `paid-${before}`, `${FIRST_YEAR}-03-14`, '支付上年度工程尾款', [
      debit(accountIn(FIRST_YEAR, '211'), paidFen, builder),
      credit('102', paidFen),
    ]),
  ];
}

/** An earmarked grant is a debt until it is built with; then it becomes the collective's own reserve. */
function grant(village: Village): FreeVoucher[] {
  if (village.grant === undefined) return [];
  const { reference, yuan, purpose, project } = village.grant;
  const wholeFen = yuan * 100;
  const builtFen = yuan * 60;
  return [
    voucher(village, 'grant-received', '2024-04-17', `收到${purpose}项目专项资金`, [
      debit('102', wholeFen),
      credit('241', wholeFen, { grant: reference, project }),
    ]),
    voucher(village, 'grant-built', '2024-09-19', `支付${purpose}工程进度款`, [
      debit('153', builtFen, { project }),
      credit('102', builtFen),
      debit('241', builtFen, { grant: reference, project }),
      credit('311', builtFen),
    ]),
  ];
}

function voucher(village: Village, key: string, on: string, summary: string, lines: readonly EntryLine[]): FreeVoucher {
  return { ...papers(village, key, on, summary), kind: 'voucher', lines };
}

function papers(village: Village, key: string, on: string, summary: string): Omit<FreeVoucher, 'kind' | 'lines'> {
  const attachmentCount = 1 + drawn(`${village.key} ${key} papers`, 4);
  return { key, on, recordedOn: deskDayAfter(on), summary, origin: 'SYNTHETIC', attachmentCount };
}
