import { yuan } from '../money.js';
import { refusal } from './entry.js';

export const periodRefusals = {
  DATE_IN_FUTURE: refusal<{ date: string; today: string }>(
    422,
    (f) => `日期${f.date}晚于今天(${f.today})。账本只记录已经发生的事项。请更正日期,或到那一天再提交。`,
    (f) =>
      `The date ${f.date} is later than today (${f.today}). The ledger records only what has happened. Correct the date, or send it again when that day has come.`,
  ),
  PERIOD_NOT_OPEN: refusal<{ period: string; startPeriod: string; oldestOpen: string }>(
    422,
    (f) =>
      `${f.period}期间不可记账:账套自${f.startPeriod}启用,目前最早的未结期间为${f.oldestOpen}。请核对日期,或等该期间开始。`,
    (f) =>
      `Period ${f.period} is not open: the book starts in ${f.startPeriod} and its oldest month not closed is ${f.oldestOpen}. Check the date, or wait until that month begins.`,
  ),
  PERIOD_CLOSED: refusal<{ period: string; lastClosed: string; oldestOpen: string }>(
    422,
    (f) =>
      `${f.period}期间已结账(已结至${f.lastClosed}),不能再记账。请在当前期间${f.oldestOpen}补记,并填写以前期间更正原因(correction.reason)。`,
    (f) =>
      `Period ${f.period} is closed (closed up to ${f.lastClosed}). Book it in the open period ${f.oldestOpen} by giving correction.reason, why an earlier period is corrected.`,
  ),
  CORRECTION_NOT_NEEDED: refusal<{ period: string }>(
    422,
    (f) => `${f.period}期间尚未结账,无需以前期间更正。请去掉correction后提交。`,
    (f) => `Period ${f.period} is not closed, so nothing corrects it. Leave out correction and send it again.`,
  ),
  PERIOD_SEQUENCE: refusal<{ period: string; expected: string }>(
    422,
    (f) => `须按顺序结账:下一个待结期间是${f.expected},不能先结${f.period}。没有业务的月份也要结账。`,
    (f) =>
      `Months close in order: ${f.expected} is next, so ${f.period} cannot be closed yet. A month without business is closed too.`,
  ),
  CLOSE_BY_YEAR: refusal<{ period: string; year: number }>(
    422,
    (f) => `${f.period}随年度结账一并结账。请使用${f.year}年度结账。`,
    (f) => `${f.period} closes with its year. Close the year ${f.year} instead.`,
  ),
  YEAR_CLOSED: refusal<{ year: number }>(
    422,
    (f) => `${f.year}年度已结账,不能再结账或冲销其凭证。请在未结年度用更正凭证处理。`,
    (f) =>
      `The year ${f.year} is closed: it cannot be closed again, and its vouchers cannot be reversed. Post a correcting voucher in an open year.`,
  ),
  CLOSE_BLOCKED: refusal<{ account: string; balanceFen: number }>(
    422,
    (f) => `科目${f.account}余额为${yuan(f.balanceFen)}元,须清零后才能结账。请先处理待处理财产损溢。`,
    (f) =>
      `Account ${f.account} stands at ${yuan(f.balanceFen)} yuan and must be zero before a close. Settle the pending property gain or loss first.`,
  ),
  DISTRIBUTION_EXCEEDS_DISTRIBUTABLE: refusal<{ distributableFen: number; appropriatedFen: number }>(
    422,
    (f) => `分配合计${yuan(f.appropriatedFen)}元,超过可供分配的收益${yuan(f.distributableFen)}元。请调减分配后再结账。`,
    (f) =>
      `The appropriations come to ${yuan(f.appropriatedFen)} yuan, more than the ${yuan(f.distributableFen)} yuan that can be distributed. Appropriate less and close again.`,
  ),
  ALREADY_REVERSED: refusal<{ period: string; voucherNo: number; byPeriod: string; byVoucherNo: number }>(
    422,
    (f) => `${f.period} 记-${f.voucherNo}已由${f.byPeriod} 记-${f.byVoucherNo}冲销,不能再次冲销。`,
    (f) =>
      `Voucher 记-${f.voucherNo} of ${f.period} was already reversed by 记-${f.byVoucherNo} of ${f.byPeriod}; it cannot be reversed twice.`,
  ),
  NOT_REVERSIBLE: refusal<{ period: string; voucherNo: number; kind: string }>(
    422,
    (f) =>
      f.kind === 'booking'
        ? `${f.period} 记-${f.voucherNo}由项目结算或资产业务生成,不能单独冲销。请在该项目或资产中更正。`
        : `${f.period} 记-${f.voucherNo}是${f.kind === 'closing' ? '结转凭证' : '冲销凭证'},不能冲销。请另制凭证更正。`,
    (f) =>
      f.kind === 'booking'
        ? `Voucher 记-${f.voucherNo} of ${f.period} was made by a project or an asset and cannot be reversed by itself. Correct it there.`
        : `Voucher 记-${f.voucherNo} of ${f.period} is a ${f.kind} voucher and cannot be reversed. Post a voucher that corrects it.`,
  ),
} as const;
