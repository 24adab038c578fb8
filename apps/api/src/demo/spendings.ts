import { lastDay, nextPeriod, type Period } from '@ledger/domain';
import { credit, debit, type Entry, type EntryLine, type Expense, type FreeVoucher } from './entry.js';
import { dayOf, deskDayAfter } from './office-days.js';
import { drawn, MONTHLY, onceIn, QUARTER_ENDS, QUARTERLY, type Season, spread } from './seasons.js';
import type { Village } from './village.js';

interface Spending {
  readonly key: string;
  readonly account: string;
  readonly yearFen: number;
  readonly season: Season;
  readonly day: number;
  readonly summary: string;
  readonly settlement: '101' | '102' | '211';
  readonly party?: string;
}

const months: readonly Period[] = MONTHLY.map((_, index) => `2024-${String(index + 1).padStart(2, '0')}`);

/** What a village spends in a year, and the vouchers that are neither income nor expense. */
export function spendingsOf(village: Village): Entry[] {
  const expenses = kindsOf(village).flatMap((spending) => expensesOf(village, spending));
  const vouchers = months.flatMap((period) => [...wages(village, period), depreciation(village, period)]);
  return [...expenses, ...vouchers, ...withdrawals(village), ...oldDues(village), ...grant(village)];
}

function kindsOf({ key, incomes, spends }: Village): Spending[] {
  const rentFen = incomes.filter(({ account }) => account === '50102').reduce((sum, i) => sum + i.yearYuan * 100, 0);
  const operatingFen = spends.operatingYuan * 100;
  const officeFen = spends.officeYuan * 100;
  const welfareFen = spends.welfareYuan * 100;
  const supplier = `supplier-${key}-01`;
  return [
    {
      key: 'upkeep',
      account: '511',
      yearFen: percent(operatingFen, 60),
      season: MONTHLY,
      day: 19,
      summary: '经营场所水电与维护费',
      settlement: '102',
    },
    {
      key: 'labour',
      account: '511',
      yearFen: percent(operatingFen, 40),
      season: [1, 2, 3, 3, 3, 2, 2, 2, 3, 3, 2, 1],
      day: 27,
      summary: '经营用工与采购款',
      settlement: '102',
    },
    {
      key: 'rent-tax',
      account: '512',
      yearFen: percent(rentFen, 8),
      season: QUARTERLY,
      day: 15,
      summary: '租金税费',
      settlement: '102',
    },
    {
      key: 'office',
      account: '51302',
      yearFen: percent(officeFen, 60),
      season: MONTHLY,
      day: 13,
      summary: '办公用品与电费',
      settlement: '102',
    },
    {
      key: 'travel',
      account: '51303',
      yearFen: Math.min(percent(officeFen, 10), 900_000),
      season: MONTHLY,
      day: 23,
      summary: '公务交通费',
      settlement: '101',
    },
    {
      key: 'training',
      account: '51304',
      yearFen: percent(officeFen, 10),
      season: QUARTER_ENDS,
      day: 14,
      summary: '村务会议与培训费',
      settlement: '102',
    },
    {
      key: 'upkeep-office',
      account: '51309',
      yearFen: percent(officeFen, 20),
      season: [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
      day: 26,
      summary: '便民服务中心维修费',
      settlement: '102',
    },
    {
      key: 'cleaning',
      account: '51401',
      yearFen: percent(welfareFen, 55),
      season: MONTHLY,
      day: 20,
      summary: '村庄保洁与绿化养护费',
      settlement: '211',
      party: supplier,
    },
    {
      key: 'culture',
      account: '51402',
      yearFen: percent(welfareFen, 20),
      season: [0, 4, 0, 0, 1, 1, 2, 0, 2, 1, 0, 1],
      day: 16,
      summary: '文体活动与暑期课堂支出',
      settlement: '102',
    },
    {
      key: 'care',
      account: '51403',
      yearFen: percent(welfareFen, 25),
      season: [5, 0, 1, 1, 1, 1, 1, 1, 1, 5, 1, 1],
      day: 11,
      summary: '老年食堂与走访慰问支出',
      settlement: '102',
    },
    {
      key: 'flood',
      account: '515',
      yearFen: percent(officeFen, 3),
      season: onceIn(8),
      day: 9,
      summary: '防汛抢险物资支出',
      settlement: '102',
    },
  ];
}

function expensesOf(village: Village, spending: Spending): Entry[] {
  const { account, settlement, party } = spending;
  return spread(spending.yearFen, spending.season, `${village.key} ${spending.key}`).flatMap((amountFen, index) => {
    const period = months[index];
    if (amountFen === 0 || period === undefined) return [];
    const on = dayOf(period, spending.day);
    const key = `${spending.key}-${period}`;
    const expense: Expense = {
      ...papers(village, key, on, `${index + 1}月份${spending.summary}`),
      kind: 'expense',
      account,
      amountFen,
      settlement: { account: settlement, ...(party === undefined ? {} : { party }) },
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

function depreciation(village: Village, period: Period): FreeVoucher {
  const amountFen = village.spends.depreciationMonthYuan * 100;
  const lines = [debit('51305', amountFen), credit('152', amountFen)];
  const summary = `计提${Number(period.slice(5))}月份固定资产折旧`;
  return voucher(village, `depreciation-${period}`, lastDay(period), summary, lines);
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
  const builtFen = percent(wholeFen, 60);
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

function percent(amountFen: number, share: number): number {
  return Math.floor((amountFen * share) / 100);
}
