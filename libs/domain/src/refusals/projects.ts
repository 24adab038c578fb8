import type { Span } from '../project/turns.js';
import { refusal } from './entry.js';

export const projectRefusals = {
  PROJECT_UNKNOWN: refusal<{ project: string }>(
    404,
    (f) => `没有项目${f.project}。请用项目列表核对编号。`,
    (f) => `There is no project ${f.project}. Look its id up in the list of projects.`,
  ),
  PROJECT_SEQUENCE: refusal<{
    project: string;
    step: string;
    on: string;
    from: readonly string[];
    status?: string;
    since?: string;
  }>(
    422,
    (f) =>
      `项目${f.project}在${f.on}${statusZh(f)},不能${stepOf(f.step).zh};${stepOf(f.step).zh}须在${listZh(f.from)}时办理。请核对日期,或先补记前面的环节。`,
    (f) =>
      `On ${f.on} project ${f.project} ${statusEn(f)}, and ${stepOf(f.step).en} takes one that is ${f.from.join(' or ')}. Check the date, or record the steps before it first.`,
  ),
  PROJECT_STEP_BEFORE_RECORD: refusal<{ project: string; step: string; on: string; recordedOn: string }>(
    422,
    (f) =>
      `项目${f.project}自${f.on}起${stepOf(f.step).zh},将使已记录的${f.recordedOn}的事项失去依据。请改用${f.recordedOn}以后的日期,或先更正该事项;暂停的,可一并填写恢复日期(resumedOn)。`,
    (f) =>
      `To ${stepOf(f.step).en} project ${f.project} on ${f.on} would leave what is recorded of ${f.recordedOn} without its ground. Use a later date, or correct what is recorded there first; with a suspension say when it ended (resumedOn).`,
  ),
  PROJECT_NOT_ACTIVE: refusal<{
    project: string;
    on: string;
    needs: readonly string[];
    status?: string;
    since?: string;
  }>(
    422,
    (f) =>
      `项目${f.project}在${f.on}${statusZh(f)},该事项须在项目${listZh(f.needs)}时发生。请核对日期,或先补记项目的启动、恢复等环节。`,
    (f) =>
      `On ${f.on} project ${f.project} ${statusEn(f)}, and this takes one that is ${f.needs.join(' or ')}. Check the date, or record its start or resumption first.`,
  ),
  PROJECT_CLOSED: refusal<{ project: string; on: string; closedOn: string }>(
    422,
    (f) => `项目${f.project}已于${f.closedOn}关闭,不能再登记${f.on}的事项。请核对日期;确有后续业务的,另立项目。`,
    (f) =>
      `Project ${f.project} was closed on ${f.closedOn} and takes nothing of ${f.on}. Check the date; what goes on is a project of its own.`,
  ),
  PROJECT_TOO_MANY_OPEN: refusal<{ project: string; enrolments: number; jobs: number; limit: number }>(
    422,
    (f) =>
      `项目${f.project}还有${f.enrolments}户签约和${f.jobs}个用工未结束,一次关闭最多同时结束${f.limit}项。请先办理部分退出和用工结束,再关闭项目。`,
    (f) =>
      `Project ${f.project} still has ${f.enrolments} enrolments and ${f.jobs} jobs; a close ends at most ${f.limit} with it. Withdraw or end some of them first, then close it.`,
  ),
  CATEGORY_UNKNOWN: refusal<{
    field: string;
    category: string;
    known: readonly { readonly id: string; readonly zh: string; readonly en: string }[];
  }>(
    422,
    (f) => `${f.field}中没有“${f.category}”这一类别。可选:${f.known.map(({ id, zh }) => `${id}(${zh})`).join('、')}。`,
    (f) =>
      `"${f.category}" is no category of ${f.field}. Choose one of ${f.known.map(({ id, en }) => `${id} (${en})`).join(', ')}.`,
  ),
  VILLAGE_ALREADY_PARTICIPANT: refusal<{ project: string; village: string; on: string; spans: readonly Span[] }>(
    422,
    (f) =>
      `村${f.village}的参与时间为${spansZh(f.spans)},不能自${f.on}起再加入项目${f.project}。请核对日期,已退出的村只能在退出之后再加入。`,
    (f) =>
      `Village ${f.village} takes part ${spansEn(f.spans)}, so it cannot join project ${f.project} on ${f.on}. Check the date; a village that left joins again after it left.`,
  ),
  VILLAGE_NOT_PARTICIPANT: refusal<{ project: string; village: string; on: string; spans: readonly Span[] }>(
    422,
    (f) =>
      `村${f.village}自${f.on}起不是项目${f.project}的参与村(参与时间:${spansZh(f.spans)})。请核对日期,或先登记该村加入。`,
    (f) =>
      `Village ${f.village} does not take part in project ${f.project} from ${f.on} on (it takes part ${spansEn(f.spans)}). Check the date, or let the village join first.`,
  ),
  VILLAGE_LEADS: refusal<{ project: string; village: string }>(
    422,
    (f) => `村${f.village}是项目${f.project}的牵头村,不能退出。请改为结束并关闭项目。`,
    (f) =>
      `Village ${f.village} leads project ${f.project} and cannot leave it. Complete and close the project instead.`,
  ),
  VILLAGE_HAS_SHARE: refusal<{ village: string; on: string; schemeOn: string; basisPoints: number }>(
    422,
    (f) =>
      `自${f.schemeOn}起的分配方案给村${f.village}${f.basisPoints}个基点,该村不能自${f.on}起退出。请先设定自${f.on}起不含该村的方案。`,
    (f) =>
      `The scheme from ${f.schemeOn} on gives village ${f.village} ${f.basisPoints} basis points, so it cannot leave on ${f.on}. Set a scheme without it from ${f.on} on first.`,
  ),
  HOUSEHOLD_ALREADY_ENROLLED: refusal<{ project: string; household: string; on: string; spans: readonly Span[] }>(
    422,
    (f) =>
      `农户${f.household}的签约时间为${spansZh(f.spans)},不能自${f.on}起再签约项目${f.project}。请核对日期,或先办理退出。`,
    (f) =>
      `Household ${f.household} is enrolled ${spansEn(f.spans)}, so it cannot enrol in project ${f.project} on ${f.on}. Check the date, or withdraw it first.`,
  ),
  HOUSEHOLD_NOT_ENROLLED: refusal<{ project: string; household: string; on: string; spans: readonly Span[] }>(
    422,
    (f) =>
      `农户${f.household}在${f.on}未签约项目${f.project}(签约时间:${spansZh(f.spans)})。请核对农户和日期,或先登记签约。`,
    (f) =>
      `Household ${f.household} is not enrolled in project ${f.project} in ${f.on} (it is enrolled ${spansEn(f.spans)}). Check the household and the date, or enrol it first.`,
  ),
  ENROLMENT_BEFORE_START: refusal<{ project: string; household: string; on: string; startedOn?: string }>(
    422,
    (f) =>
      `农户${f.household}不能在${f.on}签约:项目${f.project}${f.startedOn === undefined ? '尚未启动' : `于${f.startedOn}才启动`}。请改用启动之后的日期,或先补记启动。`,
    (f) =>
      `Household ${f.household} cannot enrol on ${f.on}: project ${f.project} ${f.startedOn === undefined ? 'has not started yet' : `started only on ${f.startedOn}`}. Use a date from its start on, or record the start first.`,
  ),
  HOUSEHOLD_ELSEWHERE: refusal<{ household: string; village: string; stated: string }>(
    422,
    (f) => `农户${f.household}属于村${f.village},不属于村${f.stated}。请更正村,或不填。`,
    (f) =>
      `Household ${f.household} is of village ${f.village}, not of ${f.stated}. Correct the village, or leave it out.`,
  ),
  JOB_OVERLAP: refusal<{ worker: string; on: string; jobNo: number; from: string; endedOn?: string }>(
    422,
    (f) =>
      `用工人员${f.worker}已有第${f.jobNo}号用工(${spansZh([spanOf(f)])}),与自${f.on}起的用工重叠。请核对日期,或先登记前一用工结束。`,
    (f) =>
      `Worker ${f.worker} has job ${f.jobNo} of this project (${spansEn([spanOf(f)])}), which overlaps one from ${f.on} on. Check the dates, or end that job first.`,
  ),
  JOB_ENDED: refusal<{ project: string; jobNo: number; endedOn: string }>(
    422,
    (f) => `项目${f.project}的第${f.jobNo}号用工已于${f.endedOn}结束。如日期有误,请撤回该用工后重新登记。`,
    (f) =>
      `Job ${f.jobNo} of project ${f.project} ended on ${f.endedOn}. If that date is wrong, withdraw the job and record it again.`,
  ),
  END_BEFORE_START: refusal<{ from: string; to: string }>(
    422,
    (f) => `结束日期${f.to}早于开始日期${f.from}。请核对两个日期。`,
    (f) => `The end ${f.to} is before the start ${f.from}. Check both dates.`,
  ),
  GAIN_DUPLICATE: refusal<{ project: string; year: number; gainNo: number }>(
    422,
    (f) =>
      `项目${f.project}已登记该对象${f.year}年的增收(第${f.gainNo}号),一年只登记一次。如有误,请撤回第${f.gainNo}号后重新登记。`,
    (f) =>
      `Project ${f.project} already has the gain of ${f.year} of the same people as gain ${f.gainNo}; there is one a year. If it is wrong, withdraw it and record it again.`,
  ),
  RECORD_UNKNOWN: refusal<{ project: string; record: RecordName; no: number }>(
    404,
    (f) => `项目${f.project}没有第${f.no}号${RECORDS[f.record].zh}。请核对编号。`,
    (f) => `Project ${f.project} has no ${RECORDS[f.record].en} ${f.no}. Check the number.`,
  ),
  RECORD_WITHDRAWN: refusal<{ project: string; record: RecordName; no: number }>(
    422,
    (f) => `项目${f.project}的第${f.no}号${RECORDS[f.record].zh}已撤回。需要时请重新登记。`,
    (f) => `The ${RECORDS[f.record].en} ${f.no} of project ${f.project} was withdrawn. Record it anew if need be.`,
  ),
  SHARES_NOT_100: refusal<{ sumBasisPoints: number }>(
    422,
    (f) => `各村份额合计${f.sumBasisPoints}个基点,应为10000(即100%)。请调整份额后提交。`,
    (f) =>
      `The shares come to ${f.sumBasisPoints} basis points; together they are 10000 (the whole). Adjust them and send all of them again.`,
  ),
} as const;

type RecordName = 'sale' | 'count' | 'job' | 'gain';

const RECORDS: Readonly<Record<RecordName, { readonly zh: string; readonly en: string }>> = {
  sale: { zh: '销售', en: 'sale' },
  count: { zh: '游客统计', en: 'visitor count' },
  job: { zh: '用工', en: 'job' },
  gain: { zh: '增收', en: 'gain' },
};

const STATUSES_ZH: Readonly<Record<string, string>> = {
  proposed: '已提出',
  approved: '已批准',
  active: '实施中',
  suspended: '已暂停',
  completed: '已完成',
  closed: '已关闭',
};

const STEPS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  approve: { zh: '批准', en: 'approve' },
  start: { zh: '启动', en: 'start' },
  suspend: { zh: '暂停', en: 'suspend' },
  resume: { zh: '恢复', en: 'resume' },
  complete: { zh: '完成', en: 'complete' },
  close: { zh: '关闭', en: 'close' },
};

function stepOf(step: string): { readonly zh: string; readonly en: string } {
  return STEPS[step] ?? { zh: step, en: step };
}

function listZh(statuses: readonly string[]): string {
  return statuses.map((status) => `“${STATUSES_ZH[status] ?? status}”`).join('或');
}

function statusZh({ status, since }: { status?: string; since?: string }): string {
  return status === undefined ? '尚未提出' : `为“${STATUSES_ZH[status] ?? status}”(自${since ?? '—'}起)`;
}

function statusEn({ status, since }: { status?: string; since?: string }): string {
  return status === undefined ? 'was not proposed yet' : `is ${status} (since ${since ?? '—'})`;
}

function spanOf({ from, endedOn }: { from: string; endedOn?: string }): Span {
  return endedOn === undefined ? { from } : { from, to: endedOn };
}

function spansZh(spans: readonly Span[]): string {
  const said = spans.map(({ from, to }) => (to === undefined ? `${from}起` : `${from}至${to}前`));
  return said.length === 0 ? '无' : said.join('、');
}

function spansEn(spans: readonly Span[]): string {
  const said = spans.map(({ from, to }) => (to === undefined ? `from ${from} on` : `from ${from} to before ${to}`));
  return said.length === 0 ? 'at no time' : said.join(', ');
}
