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
import { dayOf, deskDayAfter } from './office-days.js';
import { drawn, MONTHLY, spread } from './seasons.js';
import { type SpendingKind, spendingKinds } from './spending-kinds.js';
import type { Village } from './village.js';

const months: readonly Period[] = MONTHLY.map((_, index) => `2024-${String(index + 1).padStart(2, '0')}`);

/** What a village spends in a year, and the vouchers that are neither income nor expense. */
export function spendingsOf(village: Village): Entry[] {
  const expenses = spendingKinds.flatMap((kind) => expensesOf(village, kind));
  const vouchers = months.flatMap((period) => [...wages(village, period), depreciation(village, period)]);
  return [...expenses, ...vouchers, ...withdrawals(village), ...oldDues(village), ...grant(village)];
}

/** Percentages are of what the village says it spends a year; the tax is one of its rents. */
function yearFenOf({ incomes, spends }: Village, { of, percent }: SpendingKind): number {
  const rentYuan = incomes
    .filter(({ account }) => account === '50102')
    .reduce((sum, { yearYuan }) => sum + yearYuan, 0);
  const yuan = {
    operating: spends.operatingYuan,
    office: spends.officeYuan,
    welfare: spends.welfareYuan,
    rent: rentYuan,
  };
  return yuan[of] * percent;
}

function expensesOf(village: Village, kind: SpendingKind): Entry[] {
  const { account, settlement } = kind;
  const party = settlement === '211' ? { party: `supplier-${village.key}-01` } : {};
  return spread(yearFenOf(village, kind), kind.season, `${village.key} ${kind.key}`).flatMap((amountFen, index) => {
    const period = months[index];
    if (amountFen === 0 || period === undefined) return [];
    const on = dayOf(period, kind.day);
    const key = `${kind.key}-${period}`;
    const expense: Expense = {
      ...papers(village, key, on, `${index + 1}月份${kind.summary}`),
      kind: 'expense',
      account,
      amountFen,
      settlement: { account: settlement, ...party },
    };
    return settlement === '211' ? [expense, ...paymentOf(village, expense, period)] : [expense];
  });
}

/** A supplier is paid on the 12th of the next month; December's bill stays owed over the year's end. */
function paymentOf(village: Village, expense: Expense, period: Period): FreeVoucher[] {
  const next = nextPeriod(period);
  if (next > '2024-12') return [];
  const { amountFen, settlement } = expense;
  const lines = [debit('211', amountFen, settlement), credit('102', amountFen)];
  return [voucher(village, `${expense.key}-paid`, dayOf(next, 12), `支付${expense.summary}`, lines)];
}

/** Pay is owed at the end of a month and paid on the 10th of the next; the opening balance holds last December's. */
function wages(village: Village, period: Period): Entry[] {
  const amountFen = village.spends.payMonthYuan * 100;
  const month = `${Number(period.slice(5))}月份`;
  const accrued: Expense = {
    ...papers(village, `pay-${period}`, lastDay(period), `计提${month}村干部报酬`),
    kind: 'expense',
    account: '51301',
    amountFen,
    settlement: { account: '212' },
  };
  const lines = [debit('212', amountFen), credit('102', amountFen)];
  return [voucher(village, `pay-${period}-paid`, dayOf(period, 10), '发放上月村干部报酬', lines), accrued];
}

function depreciation(village: Village, period: Period): Depreciation {
  const amountFen = village.spends.depreciationMonthYuan * 100;
  const summary = `计提${Number(period.slice(5))}月份固定资产折旧`;
  const said = papers(village, `depreciation-${period}`, lastDay(period), summary);
  return { ...said, kind: 'depreciation', account: '51305', amountFen };
}

const PETTY_CASH_FEN = 300_000;

function withdrawals(village: Village): FreeVoucher[] {
  const lines = [debit('101', PETTY_CASH_FEN), credit('102', PETTY_CASH_FEN)];
  return ['2024-01', '2024-04', '2024-07', '2024-10'].map((period) =>
    voucher(village, `petty-cash-${period}`, dayOf(period, 9), '提取备用金', lines),
  );
}

/** What last year left to be received and paid. */
function oldDues(village: Village): FreeVoucher[] {
  const receivedFen = village.opening.receivableYuan * 100;
  const paidFen = village.opening.payableYuan * 100;
  const tenant = { party: `tenant-${village.key}-2023` };
  const builder = { party: `builder-${village.key}-2023` };
  return [
    voucher(village, 'received-2023', '2024-01-24', '收回上年度应收租金', [
      debit('102', receivedFen),
      credit('112', receivedFen, tenant),
    ]),
    voucher(village, 'paid-2023', '2024-03-13', '支付上年度工程尾款', [
      debit('211', paidFen, builder),
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
