import { expect } from '@jest/globals';
import type { RunningLedger } from '../../support/running-ledger.js';
import { as, type StaffedScene } from '../../support/staffed-township.js';
import { incomeBody } from '../../support/village-books.js';
import { get, post, type Refused, type Scene } from './scene.js';

/** A refusal that is met only where people with roles submit and sign. */
export interface DraftScene extends Omit<Scene, 'request'> {
  request(ledger: RunningLedger, people: StaffedScene): Promise<Refused>;
}

const ABSENT = '00000000-0000-8000-8000-000000000000';
const rent = (preparedBy: string): object => incomeBody('2024-01-20', 100_00, { preparedBy, reviewedBy: 'reviewer-1' });
const by = (people: StaffedScene, account: string): Pick<Refused, 'headers'> => ({
  headers: { authorization: `Bearer ${people.tokens.get(account)}` },
});

async function submitted(ledger: RunningLedger, people: StaffedScene): Promise<string> {
  const answer = await as(ledger, 'clerk-1', people).post<{ draft: { id: string } }>(
    `/books/${people.own.id}/income`,
    rent('clerk-1'),
  );
  return answer.body.draft.id;
}

export const draftScenes: Readonly<Record<string, DraftScene>> = {
  DRAFT_UNKNOWN: {
    status: 404,
    facts: { draft: ABSENT },
    shows: [ABSENT],
    field: 'draft',
    beside: {
      zh: '也可能不在您今天的授权范围内,可用GET /api/v1/me查看自己的授权。',
      en: ' It may also lie outside your grants of today; see them with GET /api/v1/me.',
    },
    request: async (_, people) => get(`/drafts/${ABSENT}`, by(people, 'clerk-1')),
  },
  HANDOVER_NOT_ACCOUNTANT: {
    status: 422,
    facts: { person: 'reviewer-2', effectiveOn: '2024-03-31', as: 'from' },
    shows: [
      'reviewer-2',
      '2024-03-31',
      { zh: '从未任账套', en: 'was never an accountant of book' },
      { zh: '请系统管理员', en: 'system administrator' },
    ],
    field: 'from',
    request: async (_, people) => {
      const book = people.own.id;
      const handed = { from: 'reviewer-2', to: 'accountant-1', effectiveOn: '2024-03-31', openItems: [] };
      const facts = { book, person: 'reviewer-2', effectiveOn: '2024-03-31', as: 'from' };
      const body = { ...handed, preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };
      return post(`/books/${book}/handovers`, body, { ...by(people, 'accountant-1'), facts, shows: [book] });
    },
  },
  DRAFT_NOT_OPEN: {
    status: 422,
    facts: {},
    shows: ['reviewer-1', { zh: '已退回', en: 'was returned' }, { zh: '由制单人修改', en: 'Its preparer may submit' }],
    request: async (ledger, people) => {
      const draft = await submitted(ledger, people);
      await as(ledger, 'reviewer-1', people).post(`/drafts/${draft}/return`, { reason: '缺少发票' });
      const facts = { draft, status: 'RETURNED', by: 'reviewer-1', at: expect.any(String) };
      const headers = { ...by(people, 'reviewer-2').headers, 'if-match': '"1"' };
      return post(`/drafts/${draft}/approve`, {}, { headers, facts, shows: [draft] });
    },
  },
  DRAFT_NOT_YOURS: {
    status: 403,
    facts: {},
    shows: ['clerk-1'],
    request: async (ledger, people) => {
      const draft = await submitted(ledger, people);
      const facts = { draft, preparedBy: 'clerk-1' };
      return post(`/drafts/${draft}/withdraw`, {}, { ...by(people, 'accountant-1'), facts, shows: [draft] });
    },
  },
  DRAFTS_WAITING: {
    status: 422,
    facts: {},
    shows: ['2024-01', { zh: '1张送审单', en: 'review: 1.' }, 'status=SUBMITTED', { zh: '退回', en: 'returned' }],
    request: async (ledger, people) => {
      const { id: book } = people.neighbour;
      const said = incomeBody('2024-01-20', 100_00, { preparedBy: 'clerk-2', reviewedBy: 'reviewer-1' });
      const sent = await as(ledger, 'clerk-2', people).post<{ draft: { id: string } }>(`/books/${book}/income`, said);
      const facts = { book, period: '2024-01', waiting: 1, drafts: [sent.body.draft.id], others: 'none' };
      const body = { closedBy: 'accountant-1' };
      return post(`/books/${book}/periods/2024-01/close`, body, {
        ...by(people, 'accountant-1'),
        facts,
        shows: [book],
      });
    },
  },
  RETRY_CHANGES_TERMS: {
    status: 422,
    facts: { of: 'posting', fields: ['accounts'] },
    shows: ['accounts', { zh: '重试', en: 'retry' }],
    field: 'accounts',
    request: async (_, people) => {
      const accounts = [{ insteadOf: '101', account: '102' }];
      return post(`/assets/${people.own.id}-1/retry-posting`, { accounts }, by(people, 'accountant-1'));
    },
  },
  SIGNATURE_NOT_YOURS: {
    status: 422,
    facts: { field: 'preparedBy', signed: 'accountant-1', account: 'clerk-1' },
    shows: ['accountant-1', 'clerk-1', { zh: '制单人', en: 'the preparer' }],
    field: 'preparedBy',
    sentences: {
      zh: '制单人填写的是accountant-1,须为您本人(clerk-1)。请以本人账号签名。',
      en: 'accountant-1 is named as the preparer, and you are clerk-1. Nobody signs for somebody else; give your own id.',
    },
    request: async (_, people) => post(`/books/${people.own.id}/income`, rent('accountant-1'), by(people, 'clerk-1')),
  },
};
