import { yuan } from '../money.js';
import { refusal } from './entry.js';

export const settlementRefusals = {
  INCOME_NEGATIVE: refusal<{ amountFen: number }>(
    422,
    (f) => `待分配收入${yuan(f.amountFen)}元不大于零。请填写本月确认的收入总额;亏损不作分配。`,
    (f) =>
      `The income to share is ${yuan(f.amountFen)} yuan, not above zero. Give all the income recognised in the month; a loss is not shared.`,
  ),
  INCOME_PERIOD_CLOSED: refusal<{ project: string; period: string; settledOn: string; amountFen: number }>(
    422,
    (f) =>
      `项目${f.project}的${f.period}收入已按${f.settledOn}结算,共${yuan(f.amountFen)}元,不能再次结算。金额有误请更正该月结算;比例有误请补登该日起的分配方案;科目有误请先更正为0,再用正确的科目重新结算。`,
    (f) =>
      `The income of ${f.period} of project ${f.project} was settled as of ${f.settledOn}, ${yuan(f.amountFen)} yuan in all, and is settled once. Adjust that settlement if its amount is wrong, record the scheme that held on that day if the shares are, or adjust it to 0 and settle the month again if the accounts are.`,
  ),
  ALLOCATION_SCHEME_MISSING: refusal<{ project: string; on: string }>(
    422,
    (f) => `项目${f.project}在${f.on}没有生效的分配方案。请先登记自该日或以前生效的方案。`,
    (f) =>
      `Project ${f.project} has no allocation scheme in force on ${f.on}. Record one that holds from that day or earlier.`,
  ),
  ALLOCATION_SUM_MISMATCH: refusal<{
    amountFen: number;
    statedFen: number;
    village: string;
    shareFen: number;
    statedShareFen: number;
  }>(
    422,
    (f) =>
      `所报各村份额合计${yuan(f.statedFen)}元,应分配${yuan(f.amountFen)}元;其中${f.village}所报${yuan(f.statedShareFen)}元,按方案应为${yuan(f.shareFen)}元。请核对后重报,或不填各村份额。`,
    (f) =>
      `The shares stated add up to ${yuan(f.statedFen)} yuan, to be shared are ${yuan(f.amountFen)}; ${f.village} is stated with ${yuan(f.statedShareFen)}, by the scheme it gets ${yuan(f.shareFen)}. Check them, or leave the shares out.`,
  ),
  SETTLEMENT_UNKNOWN: refusal<{ project: string; period: string }>(
    404,
    (f) => `项目${f.project}的${f.period}收入尚未结算。请先结算该月。`,
    (f) => `The income of ${f.period} of project ${f.project} was not settled. Settle that month first.`,
  ),
  SETTLEMENT_UNCHANGED: refusal<{ project: string; period: string; amountFen: number }>(
    422,
    (f) => `项目${f.project}的${f.period}已按${yuan(f.amountFen)}元结算,没有需要更正的差额。请核对金额。`,
    (f) =>
      `The income of ${f.period} of project ${f.project} is shared as ${yuan(f.amountFen)} yuan already; there is no difference to book. Check the amount.`,
  ),
  SHARE_UNKNOWN: refusal<{ project: string; allocationNo: number; village: string }>(
    404,
    (f) => `项目${f.project}的第${f.allocationNo}次分配中没有${f.village}的份额。请用项目的结算列表核对。`,
    (f) =>
      `Allocation ${f.allocationNo} of project ${f.project} has no share of ${f.village}. Look it up in the settlements of the project.`,
  ),
  SHARE_NOT_REFUSED: refusal<{ project: string; allocationNo: number; village: string; outcome: string }>(
    422,
    (f) =>
      `项目${f.project}第${f.allocationNo}次分配中${f.village}的份额${f.outcome === 'booked' ? '已记账' : '正在记账'},不需要重试。`,
    (f) =>
      `The share of ${f.village} in allocation ${f.allocationNo} of project ${f.project} is ${f.outcome === 'booked' ? 'booked' : 'being booked'}; there is nothing to retry.`,
  ),
  SHARE_ELSEWHERE: refusal<{
    project: string;
    allocationNo: number;
    village: string;
    period: string;
    creditCode: string;
    holder: string;
  }>(
    422,
    (f) =>
      `项目${f.project}的${f.period}份额中,${f.village}的已记入(或正在记入)${f.holder}的账套,第${f.allocationNo}次分配的差额不能记入${f.creditCode}。请填写${f.holder}或不填;该月全部记错机构的,请先更正为0,再重新结算。`,
    (f) =>
      `What ${f.village} has of ${f.period} of project ${f.project} stands, or is being booked, in the book of ${f.holder}; its part of allocation ${f.allocationNo} cannot go to ${f.creditCode}. Name ${f.holder} or leave it out; if the whole month went to the wrong one, adjust it to 0 and settle it again.`,
  ),
  ORGANIZATION_ELSEWHERE: refusal<{ creditCode: string; village: string; registeredIn: string }>(
    422,
    (f) => `机构${f.creditCode}登记在${f.registeredIn},不属于${f.village}。请填写该村自己的集体经济组织。`,
    (f) =>
      `Organisation ${f.creditCode} is registered in ${f.registeredIn}, not in ${f.village}. Name the collective of that village.`,
  ),
} as const;
