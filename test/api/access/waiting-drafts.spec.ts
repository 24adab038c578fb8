import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClosePeriod, type Role } from '@ledger/domain';
import { type LedgerOfPeople, ledgerOfPeople } from '../../support/ledger-of-people.js';
import type { VillageName } from '../../support/villages-apart.js';
import { incomeBody } from '../../support/village-books.js';

const TOWNSHIP = '330603008';
const V1 = { 'if-match': '"1"' };
const BY_ACCOUNTANT = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-3' };

let ledger: LedgerOfPeople;

beforeAll(async () => {
  ledger = await ledgerOfPeople();
  const staff: readonly [account: string, role: Role][] = [
    ['accountant-1', 'TOWN_ACCOUNTANT'],
    ['accountant-8', 'TOWN_ACCOUNTANT'],
    ['reviewer-1', 'TOWN_REVIEWER'],
    ['reviewer-2', 'TOWN_REVIEWER'],
    ['reviewer-3', 'TOWN_REVIEWER'],
  ];
  for (const [account, role] of staff) await ledger.villages.grant({ account, role, division: TOWNSHIP });
  await ledger.project();
}, 60_000);

afterAll(async () => ledger.close());

interface Body {
  readonly code?: string;
  readonly facts?: object;
  readonly messageZh?: string;
  readonly draft?: Record<string, unknown> & { readonly id: string; readonly missing: string[] };
  readonly rows?: { readonly id: string }[];
}

/** What is answered, and how many facts are new. */
async function asked(by: string, method: string, path: string, body?: object, headers?: Record<string, string>) {
  const head = await ledger.log.head();
  const { status, text, headers: said } = await ledger.ask(by, method, path, body, headers);
  const recorded = (await ledger.log.head()) - head;
  return { status, body: JSON.parse(text) as Body, tag: String(said['etag']), recorded };
}

const post = (by: string, path: string, body: object = {}, headers?: Record<string, string>) =>
  asked(by, 'POST', path, body, headers);

const bookOf = (name: VillageName): string => ledger.villages.place(name).book;

function closes(name: VillageName, period: string, headers?: Record<string, string>) {
  return post('accountant-8', `/books/${bookOf(name)}/periods/${period}/close`, { closedBy: 'accountant-8' }, headers);
}

async function drafted(name: VillageName, effectiveOn: string): Promise<string> {
  const sent = await post('accountant-1', `/books/${bookOf(name)}/income`, incomeBody(effectiveOn, 100, BY_ACCOUNTANT));
  expect([sent.status, sent.recorded]).toEqual([202, 0]);
  return sent.body.draft?.id ?? '';
}

const waits = (name: VillageName, period: string, ...drafts: string[]) => ({
  status: 422,
  recorded: 0,
  body: {
    code: 'DRAFTS_WAITING',
    facts: { book: bookOf(name), period, waiting: drafts.length, drafts, others: 'none' },
  },
});

const approve = (by: string, draft: string, headers = V1) => post(by, `/drafts/${draft}/approve`, {}, headers);
const seen = (by: string, draft: string) => asked(by, 'GET', `/drafts/${draft}`);
const queue = async (by: string) => {
  const { body } = await asked(by, 'GET', '/drafts?waitingFor=me&limit=1000');
  return body.rows?.map(({ id }) => id);
};

describe('a month', () => {
  it('is closed while drafts of later months wait', async () => {
    expect(await closes('own', '2024-02')).toMatchObject({ status: 201, recorded: 1 });
  });

  it('is not closed over a draft of it, and says which ones wait and where they are', async () => {
    const { draft, book } = ledger.villages.place('own');
    const closed = await closes('own', '2024-03');
    expect(closed).toMatchObject(waits('own', '2024-03', draft));
    expect(closed.body.messageZh).toContain('2024-03有1张送审单待审核');
    const [, list = ''] = /GET \/api\/v1(\S+?)。/.exec(closed.body.messageZh ?? '') ?? [];
    expect(list).toContain(book);
    const listed = await asked('accountant-8', 'GET', list);
    expect(listed.body.rows?.map(({ id }) => id)).toEqual([draft]);
  });

  it('is closed once what waited is returned: that waits for its preparer, who corrects the month later', async () => {
    const { draft } = ledger.villages.place('own');
    expect((await post('accountant-8', `/drafts/${draft}/return`, { reason: '缺少发票' })).status).toBe(200);
    const key = { 'idempotency-key': 'close-of-march' };
    expect(await closes('own', '2024-03', key)).toMatchObject({ status: 201, recorded: 1 });
    const income = ledger.villages.income('own');
    const late = await post('clerk-of-own', `/drafts/${draft}/resubmit`, { body: income });
    expect([late.status, late.body.code]).toEqual([422, 'PERIOD_CLOSED']);
    const body = { ...income, correction: { reason: '三月发票四月才到' } };
    expect((await post('clerk-of-own', `/drafts/${draft}/resubmit`, { body })).status).toBe(200);
    // What was closed before stays so, also for who asks again.
    expect(await closes('own', '2024-03', key)).toMatchObject({ status: 201, recorded: 0 });
  });

  it('is not closed over the correction of an earlier one, which stands in it', async () => {
    const { draft } = ledger.villages.place('own');
    expect(await closes('own', '2024-04')).toMatchObject(waits('own', '2024-04', draft));
    const approved = await post('reviewer-1', `/drafts/${draft}/approve`, {}, { 'if-match': '"2"' });
    expect([approved.status, approved.recorded]).toEqual([201, 1]);
    expect(await closes('own', '2024-04')).toMatchObject({ status: 201, recorded: 1 });
  });

  it('is refused for the reasons of the book before anything is said of drafts', async () => {
    await drafted('own', '2024-05-20');
    expect((await closes('own', '2024-06')).body.code).toBe('PERIOD_SEQUENCE');
    expect((await closes('elsewhere', '2024-03')).body.code).toBe('BOOK_UNKNOWN');
  });
});

describe('a year', () => {
  const yearEnd = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1', closedBy: 'reviewer-2' };
  const close = () => post('accountant-1', `/books/${bookOf('neighbour')}/years/2024/close`, yearEnd);
  let year = '';

  beforeAll(async () => {
    for (let month = 2; month <= 11; month++) {
      const period = `2024-${String(month).padStart(2, '0')}`;
      await ledger.villages.ask(ClosePeriod, { book: bookOf('neighbour'), period, closedBy: 'director-1' });
    }
  });

  it('is not submitted to be closed while drafts of it wait', async () => {
    const { draft } = ledger.villages.place('neighbour');
    const december = await drafted('neighbour', '2024-12-20');
    expect(await close()).toMatchObject(waits('neighbour', '2024-12', draft, december));
    expect((await post('clerk-of-neighbour', `/drafts/${draft}/withdraw`)).status).toBe(200);
    expect((await approve('reviewer-3', december)).status).toBe(201);
    const sent = await close();
    expect([sent.status, sent.body.draft?.missing]).toEqual([202, ['reviewedBy', 'closedBy']]);
    year = sent.body.draft?.id ?? '';
  });

  it('is signed by nobody while drafts of it wait, and keeps no word of them', async () => {
    const late = await drafted('neighbour', '2024-12-21');
    const read = await seen('reviewer-1', year);
    expect(read.body.draft).toMatchObject({ wouldRecord: null, refusedNow: { code: 'DRAFTS_WAITING' } });
    expect(await approve('reviewer-1', year)).toMatchObject(waits('neighbour', '2024-12', late));
    expect((await post('accountant-1', `/drafts/${late}/withdraw`)).status).toBe(200);
    expect((await seen('reviewer-1', year)).body.draft).toMatchObject({ refused: null, refusedNow: null });
    expect((await approve('reviewer-1', year)).status).toBe(202);
    expect(await queue('reviewer-1')).not.toContain(year);
    expect(await queue('reviewer-2')).toContain(year);
  });

  it('waits again for who has signed it, once it would close with other figures', async () => {
    const late = await drafted('neighbour', '2024-12-22');
    // What waits for others, nobody can sign yet.
    expect(await approve('reviewer-2', year)).toMatchObject(waits('neighbour', '2024-12', late));
    expect(await queue('reviewer-1')).not.toContain(year);
    expect((await approve('reviewer-3', late)).status).toBe(201);
    expect(await queue('reviewer-1')).toContain(year);
    const { tag } = await seen('reviewer-1', year);
    expect(tag).toMatch(/^"1-[0-9a-f]{16}"$/);
    const again = await approve('reviewer-1', year, { 'if-match': tag });
    expect([again.status, again.body.draft?.missing]).toEqual([202, ['closedBy']]);
    expect(await queue('reviewer-1')).not.toContain(year);
    const closed = await approve('reviewer-2', year, { 'if-match': tag });
    expect([closed.status, closed.recorded > 1]).toEqual([201, true]);
  });
});
