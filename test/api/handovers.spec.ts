import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RevokeRole } from '@ledger/domain';
import { type LedgerOfPeople, ledgerOfPeople } from '../support/ledger-of-people.js';
import { clerkOf } from '../support/villages-apart.js';
import { incomeBody } from '../support/village-books.js';

const TOWNSHIP = '330603008';
const LOOKED = { 'if-match': '"1"' };

let ledger: LedgerOfPeople;
let book: string;
/** What the accountant had submitted before he left. */
let waiting: string;
let handover: string;

interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly field?: string;
  readonly facts?: object;
  readonly draft?: { readonly id: string; readonly summary: string };
  readonly recorded: number;
}

beforeAll(async () => {
  ledger = await ledgerOfPeople();
  const { villages } = ledger;
  for (const account of ['reviewer-1', 'reviewer-2'])
    await villages.grant({ account, role: 'TOWN_REVIEWER', division: TOWNSHIP });
  for (const account of ['accountant-1', 'accountant-2', 'accountant-3'])
    await villages.grant({ account, role: 'TOWN_ACCOUNTANT', division: TOWNSHIP });
  await villages.grant({ account: 'auditor-1', role: 'AUDITOR', division: '330603' });
  await ledger.project();
  ({ book } = villages.place('own'));
}, 60_000);

afterAll(async () => ledger.close());

/** What is answered, and how many facts are new. */
async function post(by: string, path: string, body: object, headers?: Record<string, string>): Promise<Answer> {
  const head = await ledger.log.head();
  const { status, text } = await ledger.ask(by, 'POST', path, body, headers);
  return { ...(JSON.parse(text) as object), status, recorded: (await ledger.log.head()) - head };
}

async function get<B = Record<string, unknown>>(by: string, path: string): Promise<B> {
  const { status, text } = await ledger.ask(by, 'GET', path);
  expect([status, text]).toEqual([200, expect.any(String)]);
  return JSON.parse(text) as B;
}

const income = (by: string) =>
  post(by, `/books/${book}/income`, incomeBody('2025-06-10', 100_00, { preparedBy: by, reviewedBy: 'reviewer-1' }));
const handOver = (by: string, more: object = {}) =>
  post(by, `/books/${book}/handovers`, {
    effectiveOn: '2025-06-14',
    from: 'accountant-1',
    to: 'accountant-2',
    openItems: ['一季度租金尚有一户未收'],
    preparedBy: by,
    reviewedBy: 'reviewer-1',
    ...more,
  });
const left = { from: 'accountant-1', to: 'accountant-2', effectiveOn: '2025-06-14', keptBy: 'accountant-2' };

describe('a handover, where there are accounts,', () => {
  it('is submitted by one of the two, and hands nothing over before its witness has signed', async () => {
    const before = await income('accountant-1');
    expect(before).toMatchObject({ status: 202, recorded: 0 });
    waiting = before.draft?.id ?? '';
    expect(await handOver('accountant-3')).toMatchObject({ status: 422, code: 'HANDOVER_PREPARER', recorded: 0 });
    expect(await handOver('accountant-3', { preparedBy: 'accountant-1' })).toMatchObject({
      status: 422,
      code: 'SIGNATURE_NOT_YOURS',
    });
    const submitted = await handOver('accountant-1');
    expect(submitted).toMatchObject({
      status: 202,
      draft: { summary: '会计交接:accountant-1移交accountant-2', missing: ['reviewedBy'] },
      recorded: 0,
    });
    handover = submitted.draft?.id ?? '';
    expect(await income('accountant-1')).toMatchObject({ status: 202 });
  });

  it('shows its witness what it would record, with how far the books have come', async () => {
    const { draft } = await get<{ draft: { wouldRecord: { facts: object[] } } }>('reviewer-2', `/drafts/${handover}`);
    expect(draft.wouldRecord.facts).toMatchObject([
      {
        type: 'AccountantHandedOver',
        effectiveOn: '2025-06-14',
        data: {
          from: 'accountant-1',
          to: 'accountant-2',
          witness: 'reviewer-1',
          openItems: ['一季度租金尚有一户未收'],
          openMonths: expect.arrayContaining([{ period: '2024-02', vouchers: expect.any(Number) }]),
        },
      },
    ]);
    const page = await ledger.ask('reviewer-2', 'GET', `/drafts/${handover}`, undefined, { accept: 'text/html' });
    expect(page.text).toContain('会计交接书（草稿）');
  });

  it('is signed by a reviewer of the township and by none of the two', async () => {
    const approve = (by: string) => post(by, `/drafts/${handover}/approve`, {}, LOOKED);
    expect(await approve('accountant-2')).toMatchObject({ status: 403, code: 'ROLE_NOT_ALLOWED' });
    expect(await approve('reviewer-2')).toMatchObject({ status: 201, recorded: 1 });
    await ledger.project();
    const { handovers } = await get<{ handovers: object[] }>('accountant-3', `/books/${book}/handovers`);
    expect(handovers).toMatchObject([
      { from: 'accountant-1', to: 'accountant-2', witness: 'reviewer-2', preparedBy: 'accountant-1' },
    ]);
    const page = await ledger.ask('reviewer-2', 'GET', `/drafts/${handover}`, undefined, { accept: 'text/html' });
    expect(page.text).toMatch(/<h1>会计交接书 /);
  });
});

describe('nobody is made to leave a book, or to take it over,', () => {
  const denied = { status: 422, code: 'HANDOVER_NOT_ACCOUNTANT', recorded: 0 };
  const refused = (person: string, as: 'from' | 'to') => ({
    ...denied,
    field: as,
    facts: { book, person, effectiveOn: '2025-06-14', as },
  });

  it('who has never kept it, in whatever other office he signs for it', async () => {
    for (const from of [clerkOf('own'), 'reviewer-2', 'nobody-at-all']) {
      const answer = await handOver('accountant-2', { from, to: 'accountant-2' });
      expect(answer).toMatchObject(refused(from, 'from'));
    }
    for (const to of [clerkOf('own'), 'reviewer-2', 'nobody-at-all']) {
      const answer = await handOver('accountant-2', { from: 'accountant-2', to });
      expect(answer).toMatchObject(refused(to, 'to'));
    }
  });

  it('who is given another book alone; whose grant has ended is let go', async () => {
    const { villages } = ledger;
    const other = villages.place('neighbour').book;
    const keeper = { role: 'TOWN_ACCOUNTANT', division: TOWNSHIP } as const;
    await villages.grant({ account: 'accountant-8', ...keeper, books: [other] });
    const gone = await villages.grant({ account: 'accountant-9', ...keeper, books: [book] });
    await villages.ask(RevokeRole, { grant: gone, reason: '离任' });
    const from = (account: string) => handOver('accountant-2', { from: account, to: 'accountant-2' });
    expect(await from('accountant-8')).toMatchObject(refused('accountant-8', 'from'));
    expect(await from('accountant-9')).toMatchObject({ status: 202 });
    const back = await handOver('accountant-2', { from: 'accountant-2', to: 'accountant-9' });
    expect(back).toMatchObject(refused('accountant-9', 'to'));
  });

  it('and the witness signs for nobody whose grant has ended meanwhile', async () => {
    const { villages } = ledger;
    const keeper = { account: 'accountant-7', role: 'TOWN_ACCOUNTANT', division: TOWNSHIP } as const;
    const grant = await villages.grant(keeper);
    const { draft } = await handOver('accountant-2', { from: 'accountant-2', to: 'accountant-7' });
    await villages.ask(RevokeRole, { grant, reason: '岗位调整' });
    expect(await post('reviewer-1', `/drafts/${draft?.id}/approve`, {}, LOOKED)).toMatchObject(
      refused('accountant-7', 'to'),
    );
  });

  it('and who tried is on record', async () => {
    const { rows } = await get<{ rows: object[] }>('auditor-1', `/access-record?account=accountant-2&about=${book}`);
    const row = { what: 'denied', code: 'HANDOVER_NOT_ACCOUNTANT', operation: 'handOverBook' };
    expect(rows).toEqual(expect.arrayContaining([expect.objectContaining(row)]));
  });
});

describe('who has handed the book over', () => {
  it('submits nothing more for it, and closes no month of it', async () => {
    const facts = { ...left, book, as: 'preparedBy' };
    expect(await income('accountant-1')).toMatchObject({ status: 422, code: 'HANDOVER_REQUIRED', facts });
    const close = await post('accountant-1', `/books/${book}/periods/2024-02/close`, { closedBy: 'accountant-1' });
    expect(close).toMatchObject({ status: 422, code: 'HANDOVER_REQUIRED', field: 'closedBy', recorded: 0 });
  });

  it('has what he had submitted returned, and the successor submits it anew', async () => {
    const seen = await get<{ draft: object }>('reviewer-1', `/drafts/${waiting}`);
    expect(seen.draft).toMatchObject({ refusedNow: { code: 'HANDOVER_REQUIRED' } });
    const approved = await post('reviewer-1', `/drafts/${waiting}/approve`, {}, LOOKED);
    expect(approved).toMatchObject({ status: 422, code: 'HANDOVER_REQUIRED', recorded: 0 });
    const reason = '已办理交接,请接管人重新填报';
    expect(await post('reviewer-1', `/drafts/${waiting}/return`, { reason })).toMatchObject({ status: 200 });
    const body = incomeBody('2025-06-10', 100_00, { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' });
    const again = await post('accountant-1', `/drafts/${waiting}/resubmit`, { body });
    expect(again).toMatchObject({ status: 422, code: 'HANDOVER_REQUIRED' });
    const { draft } = await income('accountant-2');
    const recorded = await post('reviewer-1', `/drafts/${draft?.id}/approve`, {}, LOOKED);
    expect(recorded).toMatchObject({ status: 201, recorded: 1 });
  });

  it('is on record with what he was refused', async () => {
    const { rows } = await get<{ rows: object[] }>('auditor-1', `/access-record?account=accountant-1&about=${book}`);
    const denied = { account: 'accountant-1', what: 'denied', about: book, code: 'HANDOVER_REQUIRED' };
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...denied, operation: 'recordIncome' }),
        expect.objectContaining({ ...denied, operation: 'closePeriod' }),
      ]),
    );
  });

  it('works on in the other books', async () => {
    const other = ledger.villages.place('neighbour').book;
    const body = incomeBody('2025-06-10', 100_00, { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' });
    expect(await post('accountant-1', `/books/${other}/income`, body)).toMatchObject({ status: 202 });
  });
});

it('is told to nobody of another village: the book is not there', async () => {
  const answer = await ledger.ask(clerkOf('neighbour'), 'GET', `/books/${book}/handovers`);
  expect([answer.status, (JSON.parse(answer.text) as { code: string }).code]).toEqual([404, 'BOOK_UNKNOWN']);
});
