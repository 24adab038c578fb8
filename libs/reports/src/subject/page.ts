import type { EnrolmentState, GainState, JobState } from '@ledger/views';
import { htmlPage } from '../html-page.js';
import { markup } from '../markup.js';
import {
  amountCell,
  type Cell,
  type Column,
  countCell,
  name,
  type Table,
  textCell,
  type Words,
  words,
  YUAN,
} from '../table.js';
import { tableMarkup } from '../table-markup.js';

type Positioned<S> = S & { readonly position: number };

/** All that is held and recorded of one household, for its own people. */
export interface Subject {
  readonly household: string;
  readonly village: string;
  readonly registeredFrom: string;
  readonly consent: Readonly<Record<string, unknown>> | null;
  readonly statutory: Readonly<Record<string, unknown>> | null;
  readonly facts: readonly {
    readonly type: string;
    readonly effectiveOn: string;
    readonly recordedAt: string;
    readonly position: number;
    /** As it is stored. */
    readonly fact: string;
  }[];
  readonly enrolments: readonly Positioned<EnrolmentState>[];
  readonly jobs: readonly Positioned<JobState>[];
  readonly gains: readonly Positioned<GainState>[];
}

/** The same to be printed and handed over. */
export function subjectPage(subject: Subject, { demo }: { readonly demo: boolean }): string {
  const { household, village, registeredFrom } = subject;
  return htmlPage({
    title: words('个人信息查阅单', 'What is held of a household'),
    subtitles: [words(`农户${household} · 村${village} · ${registeredFrom}登记`, `registered from ${registeredFrom}`)],
    demo,
    main: markup`${tablesOf(subject).map(tableMarkup)}`,
  });
}

function tablesOf({ consent, statutory, facts, enrolments, jobs, gains }: Subject): Table[] {
  return [
    table('consent', words('凭同意登记的信息', 'Held by consent'), FIELD, fieldRows(consent)),
    table('statutory', words('依法保存的信息', 'Kept by law'), FIELD, fieldRows(statutory)),
    table(
      'facts',
      words('账本中的记录', 'What the ledger records'),
      [DAY, WHAT, column('said', '内容', 'What it says', 60)],
      facts.map(({ effectiveOn, type, fact }) => [name(effectiveOn), name(type), name(saidBy(fact))]),
    ),
    table(
      'enrolments',
      words('参加的项目', 'Enrolled in'),
      [DAY, PROJECT, WHAT],
      enrolments.map(({ since, project, role }) => [name(since), name(project), name(role)]),
    ),
    table(
      'jobs',
      words('用工', 'Jobs'),
      [DAY, PROJECT, WHAT],
      jobs.map(({ since, project, kind }) => [name(since), name(project), name(kind)]),
    ),
    table(
      'gains',
      words('年增收', 'Gains of years'),
      [column('year', '年度', 'Year', 6), PROJECT, column('amountFen', '金额', 'Amount', 14)],
      gains.map(({ year, project, amountFen }) => [countCell(year), name(project), amountCell('fen', amountFen)]),
    ),
  ];
}

const column = (key: string, zh: string, en: string, width: number): Column => ({ key, title: words(zh, en), width });
const DAY = column('day', '日期', 'Day', 12);
const WHAT = column('what', '事项', 'What', 24);
const PROJECT = column('project', '项目', 'Project', 36);
const FIELD = [column('field', '项目', 'Field', 24), column('value', '内容', 'Value', 40)];

function table(key: string, title: Words, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Table {
  const none = rows.length === 0 ? [words('无。', 'None.')] : [];
  return { key, title, tab: title.zh, unit: YUAN, columns, rows: rows.map((cells) => ({ cells })), notes: none };
}

/** What a fact says, without its envelope. */
function saidBy(fact: string): string {
  return JSON.stringify((JSON.parse(fact) as { data: object }).data);
}

/** A document field by field, those of its people under their number. */
function fieldRows(value: unknown, path = ''): Cell[][] {
  if (typeof value === 'string') return [[fieldName(path), name(value)]];
  if (typeof value !== 'object' || value === null) return [];
  const members = Array.isArray(value) ? value.map((one, i) => [String(i + 1), one] as const) : Object.entries(value);
  return members.flatMap(([key, member]) => fieldRows(member, path === '' ? key : `${path}.${key}`));
}

function fieldName(path: string): Cell {
  const label = NAMES[path.split('.').at(-1) ?? ''];
  return label === undefined ? name(path) : textCell(words(`${label}（${path}）`, ''));
}

const NAMES: Readonly<Record<string, string>> = {
  name: '姓名',
  relation: '与户主关系',
  residentId: '居民身份号码',
  phone: '手机号码',
  address: '住址',
  bankAccount: '银行账户',
  bank: '开户银行',
  memberSince: '成员身份起始日',
  retainUntil: '依法保存至',
};
