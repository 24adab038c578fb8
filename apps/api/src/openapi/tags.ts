import type { Schema } from './schema.js';
import type { Route } from './routes.js';

export const tags: readonly Schema[] = [
  { name: 'divisions', description: '区划:区、镇街、村。Divisions: district, township, village.' },
  { name: 'organizations', description: '机构:集体经济组织等。Organisations: collectives and others.' },
  { name: 'books', description: '账套、科目、期初。Account books, their accounts and openings.' },
  { name: 'entries', description: '收支与凭证。Income, expenses and vouchers.' },
  { name: 'closes', description: '月末与年度结账。Closing months and years.' },
  { name: 'statements', description: '余额与报表。Balances and statements.' },
  { name: 'households', description: '农户(不含个人信息)。Households, under pseudonyms.' },
  { name: 'indicators', description: '公布的指标及其与账本的对照。Published figures, and the ledger’s beside them.' },
  {
    name: 'projects',
    description:
      '共富项目:环节、参与村、份额、签约、用工、销售。Projects: life cycle, villages, shares, people, sales.',
  },
  {
    name: 'assets',
    description: '资产:卡片、使用、改良、重估、处置与折旧。Assets: cards, use, value, disposal, depreciation.',
  },
  { name: 'events', description: '事项:账本的原始记录。The facts themselves, in order.' },
  { name: 'attachments', description: '附件:发票、照片等。Invoices, photos and other files.' },
  { name: 'access', description: '账号、授权与会话。Accounts, grants and sessions.' },
  { name: 'drafts', description: '送审:提交、审核、退回。Drafts: submitted, reviewed, returned.' },
  { name: 'health', description: '运行状况。Whether this process can serve.' },
  { name: 'problems', description: '错误代码说明。What each code means.' },
];

const BY_SECOND_WORD: Readonly<Record<string, string>> = {
  assets: 'assets',
  'asset-totals': 'assets',
  'asset-comparison': 'assets',
  'asset-postings': 'assets',
  depreciation: 'assets',
  income: 'entries',
  expenses: 'entries',
  vouchers: 'entries',
  periods: 'closes',
  years: 'closes',
  closes: 'closes',
  balances: 'statements',
  'income-entries': 'statements',
  'monthly-income': 'statements',
  'trial-balance': 'statements',
  households: 'households',
  projects: 'projects',
  enrolments: 'projects',
  jobs: 'projects',
  gains: 'projects',
  shares: 'projects',
};

const BY_FIRST_WORD: Readonly<Record<string, string>> = {
  feed: 'events',
  grants: 'access',
  session: 'access',
  sessions: 'access',
  tokens: 'access',
  accounts: 'access',
  'access-record': 'access',
  me: 'access',
};

/** By what stands under a book or a place, else by the first word of the path. */
export function tagOf({ segments, read, operationId }: Route): string {
  const fixed = segments.filter(({ variable }) => !variable).map(({ name }) => name);
  const [first = '', second = ''] = fixed;
  if (read !== undefined && fixed.includes('income')) return 'statements';
  const tag = BY_SECOND_WORD[second] ?? BY_FIRST_WORD[first] ?? first;
  if (!tags.some(({ name }) => name === tag))
    throw new Error(`${operationId} belongs to no part of the interface: see tags`);
  return tag;
}
