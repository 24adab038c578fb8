import {
  firstDay,
  type LocalDate,
  type Period,
  PostVoucher,
  type PostingCommand,
  previousPeriod,
  RecordExpense,
  RecordIncome,
} from '@ledger/domain';
import type { Random } from '../random.js';

const INCOME = ['50101', '50102', '50103', '50104', '50105', '50106', '50199', '50202', '50301', '50302', '504'];
const EXPENSE = ['511', '512', '51301', '51302', '51303', '51304', '51309', '51401', '51402', '51403', '515'];
const RECEIVED_IN = ['102', '102', '102', '101', '112'];
const PAID_FROM = ['102', '102', '102', '113', '211', '212'];
const ABOUT_INCOME = [
  '沿街商铺季度租金收入',
  '标准厂房租金收入(合同约定按季支付)',
  '鱼塘发包款',
  '文旅门票分成收入',
  '村级运转补助资金',
];
const ABOUT_EXPENSE = [
  '村办公室水电费与网络费支出',
  '道路绿化养护支出',
  '助老帮困慰问支出',
  '会议培训费用支出',
  '保洁人员劳务费支出',
];

/** Share of the entries whose business day lies in an earlier month: half of them open still, half closed already. */
const LATE = 0.05;

/** What a village's accountant enters today: mostly of these days, sometimes of an earlier month. */
export function entryOf(
  book: string,
  today: LocalDate,
  startPeriod: Period,
  nth: number,
  random: Random,
): PostingCommand {
  const said = {
    book,
    ...dayOf(today, startPeriod, random),
    preparedBy: `accountant-${1 + random.below(3)}`,
    reviewedBy: 'reviewer-1',
    attachmentCount: 1 + random.below(4),
    sourceDocument: `FP-${today.slice(0, 7)}-${String(nth).padStart(7, '0')}`,
  };
  const amountFen = 10_000 + random.below(2_000_000);
  const kind = random.below(20);
  if (kind < 11) {
    const settlement = { account: random.pick(RECEIVED_IN), party: `tenant-${random.below(400)}` };
    const where = { contract: `lease-${1000 + random.below(400)}`, asset: `shop-${100 + random.below(80)}` };
    const what = { account: random.pick(INCOME), amountFen, settlement, ...where, summary: random.pick(ABOUT_INCOME) };
    return Object.assign(new RecordIncome(), said, what);
  }
  if (kind < 18) {
    const settlement = { account: random.pick(PAID_FROM), party: `supplier-${random.below(400)}` };
    const summary = random.pick(ABOUT_EXPENSE);
    return Object.assign(new RecordExpense(), said, { account: random.pick(EXPENSE), amountFen, settlement, summary });
  }
  const party = `tenant-${random.below(400)}`;
  const lines = [
    { account: '102', side: 'debit' as const, amountFen: amountFen - 5_000 },
    { account: '51309', side: 'debit' as const, amountFen: 5_000, summary: '银行手续费' },
    { account: '112', side: 'credit' as const, amountFen, party },
  ];
  return Object.assign(new PostVoucher(), said, { summary: '收到承租方以前月份欠付租金', lines });
}

function dayOf(
  today: LocalDate,
  startPeriod: Period,
  random: Random,
): Pick<PostingCommand, 'effectiveOn' | 'correction'> {
  const month = today.slice(0, 7);
  if (!random.chance(LATE)) {
    const day = Math.max(1, Number(today.slice(8)) - random.below(4));
    return { effectiveOn: `${month}-${String(day).padStart(2, '0')}` };
  }
  let period = previousPeriod(month);
  if (random.chance(0.5)) for (let back = 1 + random.below(5); back > 0; back--) period = previousPeriod(period);
  if (period < startPeriod) period = startPeriod;
  const late = firstDay(period).slice(0, 8) + String(1 + random.below(28)).padStart(2, '0');
  const effectiveOn = late > today ? today : late;
  // A reason is needed only where the month is closed, and does no harm where it is open.
  return { effectiveOn, correction: { reason: '补记以前月份漏记单据' } };
}
