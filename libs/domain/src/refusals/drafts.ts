import { shanghaiTime } from '../local-date.js';
import { refusal } from './entry.js';

const STATUS = {
  SUBMITTED: ['正在待审', 'is waiting for review'],
  RETURNED: ['已退回', 'was returned'],
  WITHDRAWN: ['已撤回', 'was withdrawn'],
  APPROVED: ['已审核记账', 'was approved and recorded'],
} as const;

const WAY_OUT = {
  SUBMITTED: ['请等待审核,或先由审核人退回。', 'Wait for the review, or have it returned first.'],
  RETURNED: ['请由制单人修改后重新提交。', 'Its preparer may submit it again.'],
  WITHDRAWN: ['如仍需记账,请重新填报。', 'Send it anew if it is still to be recorded.'],
  APPROVED: ['更正请用冲销或更正凭证。', 'Correct it by a reversal or a correcting voucher.'],
} as const;

const SIGNED_AS = {
  preparedBy: ['制单人', 'the preparer'],
  reviewedBy: ['审核人', 'the reviewer'],
  closedBy: ['结账人', 'the closer'],
} as const;

/** What is submitted for review, and who signs. */
export const draftRefusals = {
  DRAFT_UNKNOWN: refusal<{ draft: string }>(
    404,
    (f) => `没有编号为${f.draft}的送审单。请查看送审列表。`,
    (f) => `There is no draft ${f.draft}. See the list of drafts.`,
  ),
  DRAFT_NOT_OPEN: refusal<{ draft: string; status: keyof typeof STATUS; by: string; at: string }>(
    422,
    (f) =>
      `送审单${f.draft}${STATUS[f.status][0]}(${f.by},${shanghaiTime(f.at)}),不能这样办理。${WAY_OUT[f.status][0]}`,
    (f) =>
      `Draft ${f.draft} ${STATUS[f.status][1]} (${f.by}, ${shanghaiTime(f.at)} Beijing time), so this cannot be done. ${WAY_OUT[f.status][1]}`,
  ),
  DRAFT_NOT_YOURS: refusal<{ draft: string; preparedBy: string }>(
    403,
    (f) => `送审单${f.draft}由${f.preparedBy}制单,只能由其本人撤回或重新提交。如需修改,请审核人退回。`,
    (f) =>
      `Draft ${f.draft} was prepared by ${f.preparedBy}, who alone may withdraw it or submit it again. A reviewer may return it.`,
  ),
  DRAFTS_WAITING: refusal<{
    book: string;
    period: string;
    /** Those that the asker sees, and the first of them. */
    waiting: number;
    drafts: readonly string[];
    /** Whether others wait that he does not see. */
    others: 'none' | 'some';
  }>(
    422,
    (f) =>
      f.waiting === 0
        ? `${f.period}有送审单待审核,不在您的授权范围内,不能结账。须由镇街先审核或退回。`
        : `${f.period}有${f.waiting}张送审单待审核,不能结账。请先审核入账或退回:GET /api/v1/drafts?book=${f.book}&status=SUBMITTED。${f.others === 'some' ? '另有不在您授权范围内的,须由镇街办理。' : ''}`,
    (f) =>
      f.waiting === 0
        ? `Period ${f.period} cannot be closed: drafts outside of your grants wait for review. The township office has to approve or return them first.`
        : `Period ${f.period} cannot be closed: drafts that wait for review: ${f.waiting}. Have them approved or returned first: GET /api/v1/drafts?book=${f.book}&status=SUBMITTED.${f.others === 'some' ? ' Others lie outside of your grants; the township office has to settle them.' : ''}`,
  ),
  SIGNATURE_NOT_YOURS: refusal<{ field: keyof typeof SIGNED_AS; signed: string; account: string }>(
    422,
    (f) => `${SIGNED_AS[f.field][0]}填写的是${f.signed},须为您本人(${f.account})。请以本人账号签名。`,
    (f) =>
      `${f.signed} is named as ${SIGNED_AS[f.field][1]}, and you are ${f.account}. Nobody signs for somebody else; give your own id.`,
  ),
} as const;
