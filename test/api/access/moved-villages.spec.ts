import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consentBody } from '../../support/household-people.js';
import { type LedgerWithAccounts, startWithAccounts } from '../../support/ledger-with-accounts.js';
import { pdf } from '../../support/sample-files.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { incomeBody } from '../../support/village-books.js';
import { DAY, grantOf } from './places.js';

const ONE = '330603008';
const OTHER = '330603002';
const ABSENT = '00000000-0000-8000-8000-000000000000';
const V1 = { 'if-match': '"1"' };
const directory = temporaryDirectory();
let set: LedgerWithAccounts;

interface Drafts extends Record<string, unknown> {
  readonly rows: readonly { readonly id: string }[];
}

const staff = {
  'reviewer-one': ['TOWN_REVIEWER', ONE],
  'reviewer-other': ['TOWN_REVIEWER', OTHER],
  'accountant-one': ['TOWN_ACCOUNTANT', ONE],
  'accountant-other': ['TOWN_ACCOUNTANT', OTHER],
  'auditor-one': ['AUDITOR', ONE],
  'auditor-other': ['AUDITOR', OTHER],
} as const;

beforeAll(async () => {
  set = await startWithAccounts(directory.path, [...Object.keys(staff), 'clerk-1', 'clerk-2', 'clerk-3']);
  await set.books.district();
  for (const [account, [role, division]] of Object.entries(staff)) {
    await grantOf(set.books, { account, role, division });
  }
});

afterAll(async () => {
  await set.ledger.stop();
  directory.remove();
});

async function statuses(path: string, role: 'reviewer' | 'accountant' | 'auditor' = 'reviewer'): Promise<number[]> {
  const asked = ['one', 'other'].map((town) => set.as(`${role}-${town}`).get(path));
  return (await Promise.all(asked)).map(({ status }) => status);
}

/** What a clerk submits; its id. */
async function drafted(clerk: string, book: string, effectiveOn: string): Promise<string> {
  const body = incomeBody(effectiveOn, 100, { preparedBy: clerk, reviewedBy: 'reviewer-other' });
  const answer = await set.as(clerk).post<{ draft: { id: string } }>(`/books/${book}/income`, body);
  expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
  return answer.body.draft.id;
}

/** The drafts in the queue of each township. */
async function queued(query = ''): Promise<string[][]> {
  const asked = ['one', 'other'].map((town) => set.as(`reviewer-${town}`).get<Drafts>(`/drafts${query}`));
  return (await Promise.all(asked)).map(({ body }) => body.rows.map(({ id }) => id));
}

const read = async (position: number): Promise<unknown> =>
  set.scene.get('/books', { 'ledger-min-position': String(position) });

describe('a village that moves to another township', () => {
  it('takes along its facts, papers, drafts and people, those of before too', async () => {
    const { id: book, village } = await set.books.book({ township: ONE });
    await grantOf(set.books, { account: 'clerk-1', role: 'VILLAGE_CLERK', division: village });
    const household = await set.books.household(village, DAY);
    const [old, paper] = [pdf('of before the move'), pdf('of after the move')];
    for (const { bytes, sha256 } of [old, paper]) await set.scene.put(`/attachments/${sha256}`, bytes);
    await set.books.income(book, DAY, 100, { summary: '划转前收入', evidence: [old.sha256] });
    const before = await drafted('clerk-1', book, DAY);
    expect(await queued()).toEqual([[before], []]);

    const newCode = `${OTHER}288`;
    const moved = { newCode, effectiveOn: '2025-01-01', reason: '划转' };
    await set.books.accepted(`/divisions/${village}/recode`, moved);
    const said = { summary: '划转后收入', evidence: [paper.sha256] };
    await read((await set.books.income(book, '2025-03-05', 100, said)).position);
    const after = await drafted('clerk-1', book, '2025-03-06');

    const [one, other] = await Promise.all(
      ['one', 'other'].map(async (town) => (await set.as(`reviewer-${town}`).get('/events?limit=1000')).text),
    );
    for (const summary of ['划转前收入', '划转后收入']) {
      expect([one?.includes(summary), other?.includes(summary)]).toEqual([false, true]);
    }
    for (const { sha256 } of [old, paper]) expect(await statuses(`/attachments/${sha256}`)).toEqual([404, 200]);
    expect(await statuses(`/households/${household}/personal-data`, 'accountant')).toEqual([404, 200]);
    for (const query of ['', '?asOf=2024-12-31']) {
      expect(await statuses(`/households/${household}${query}`, 'auditor')).toEqual([404, 200]);
    }
    for (const draft of [before, after]) expect(await statuses(`/drafts/${draft}`)).toEqual([404, 200]);
    for (const query of ['', `?division=${OTHER}`, `?division=${newCode}`, '?waitingFor=me']) {
      expect([query, await queued(query)]).toEqual([query, [[], [before, after]]]);
    }
    expect(await queued(`?division=${ONE}`)).toEqual([[], []]);
    for (const draft of [before, after]) {
      expect((await set.as('reviewer-one').post(`/drafts/${draft}/approve`, {}, V1)).status).toBe(404);
      expect((await set.as('reviewer-other').post(`/drafts/${draft}/approve`, {}, V1)).status).toBe(201);
    }
  });
});

describe('a village that goes into one of another township', () => {
  it('is kept by the officers of that one alone: read, written and signed for', async () => {
    const { id: book, village } = await set.books.book({ township: ONE });
    const { village: to } = await set.books.book({ township: OTHER });
    await grantOf(set.books, { account: 'clerk-2', role: 'VILLAGE_CLERK', division: to });
    await grantOf(set.books, { account: 'clerk-3', role: 'VILLAGE_CLERK', division: village });
    const household = await set.books.household(village, '2024-01-01');
    expect((await set.scene.post(`/households/${household}/consent`, consentBody())).status).toBe(201);
    const merged = { from: [village], to, effectiveOn: '2025-06-01', reason: '合并' };
    await read((await set.books.accepted('/divisions/merge', merged)).position);

    expect(await statuses(`/books/${book}`)).toEqual([404, 200]);
    for (const [clerk, status] of [
      ['clerk-3', 404],
      ['clerk-2', 200],
    ] as const) {
      expect((await set.as(clerk).get(`/households/${household}/consent`)).status).toBe(status);
    }
    const account = { code: '50109', name: '店面', effectiveOn: '2025-06-02' };
    const refused = await set.as('accountant-one').post(`/books/${book}/accounts`, account);
    const absent = await set.as('accountant-one').post(`/books/${ABSENT}/accounts`, account);
    expect([refused.status, refused.text.replaceAll(book, ABSENT)]).toEqual([404, absent.text]);
    expect((await set.as('accountant-other').post(`/books/${book}/accounts`, account)).status).toBe(201);

    const draft = await drafted('clerk-2', book, '2025-07-01');
    expect((await set.as('clerk-2').get(`/drafts/${draft}`)).status).toBe(200);
    expect(await statuses(`/drafts/${draft}`)).toEqual([404, 200]);
    expect((await set.as('reviewer-other').post(`/drafts/${draft}/approve`, {}, V1)).status).toBe(201);
  });
});
