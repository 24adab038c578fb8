import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { logHead } from '../support/log-head.js';
import { type Answer, type RunningLedger, startLedger } from '../support/running-ledger.js';
import { pdf, type SampleFile } from '../support/sample-files.js';
import {
  as as asAccount,
  type Staff,
  type StaffedScene,
  staffedScene,
  startStaffed,
} from '../support/staffed-township.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import {
  creditCode,
  expenseBody,
  incomeBody,
  MONTHS_OF_2024,
  settlementBody,
  VillageBooks,
  voucherBody,
} from '../support/village-books.js';

interface Draft extends Record<string, unknown> {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly missing: readonly string[];
  readonly steps: readonly Record<string, unknown>[];
}
interface Drafted extends Record<string, unknown> {
  readonly draft: Draft;
}

const directory = temporaryDirectory();
let ledger: RunningLedger;
let scene: StaffedScene & { more: { project: string } };
let clerk: Staff;
let reviewer: Staff;

const BY_CLERK = { preparedBy: 'clerk-1', reviewedBy: 'reviewer-1' };
const V1 = { 'if-match': '"1"' };

beforeAll(async () => {
  scene = await staffedScene(directory.path, async (books, { own, neighbour }) => {
    const project = await books.project({
      leadVillage: own.village,
      villages: [neighbour.village],
      effectiveOn: '2024-01-02',
    });
    const shares = [
      { village: own.village, basisPoints: 6000 },
      { village: neighbour.village, basisPoints: 4000 },
    ];
    await books.accepted(`/projects/${project}/allocation-schemes`, { shares, effectiveOn: '2024-03-01' });
    return { project };
  });
  ledger = await startStaffed(directory.path);
  clerk = as('clerk-1');
  reviewer = as('reviewer-1');
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const as = (account: string): Staff => asAccount(ledger, account, scene);
const head = () => logHead(ledger);
const rent = (amountFen: number, more: object = {}) => incomeBody('2024-01-20', amountFen, { ...BY_CLERK, ...more });

async function drafted(who: Staff, path: string, body: object, headers: Record<string, string> = {}): Promise<Draft> {
  const answer = await who.post<Drafted>(path, body, headers);
  expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
  return answer.body.draft;
}

const rented = (amountFen = 12_800_00): Promise<Draft> =>
  drafted(clerk, `/books/${scene.own.id}/income`, rent(amountFen));

const refusalOf = ({ status, body }: Answer): unknown[] => [status, body['code']];

describe('a clerk who records income', () => {
  it('submits it: nothing is recorded, and the draft says whose signature is missing', async () => {
    const before = await head();
    const answer = await clerk.post<Drafted>(`/books/${scene.own.id}/income`, rent(12_800_00));
    expect(answer.status).toBe(202);
    expect(answer.headers.get('etag')).toBe('"1"');
    const { draft } = answer.body;
    expect(draft).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      command: 'RecordIncome',
      path: { book: scene.own.id },
      division: scene.own.village,
      book: scene.own.id,
      status: 'SUBMITTED',
      version: 1,
      preparedBy: 'clerk-1',
      reviewer: 'reviewer-1',
      signatures: { preparedBy: 'clerk-1' },
      missing: ['reviewedBy'],
      summary: '商铺租金',
      amountFen: 12_800_00,
      steps: [{ did: 'SUBMITTED', by: 'clerk-1', at: expect.any(String), version: 1 }],
      refused: null,
      recorded: null,
    });
    expect(await head()).toBe(before);
  });

  it('hears at once what the ledger would refuse, and nothing is kept', async () => {
    const before = await drafts(clerk, 'status=SUBMITTED');
    const answer = await clerk.post(`/books/${scene.own.id}/income`, rent(100, { account: '999' }));
    expect(refusalOf(answer)).toEqual([422, 'ACCOUNT_UNKNOWN']);
    expect(await drafts(clerk, 'status=SUBMITTED')).toEqual(before);
  });

  it('signs for nobody else', async () => {
    const answer = await clerk.post(`/books/${scene.own.id}/income`, rent(100, { preparedBy: 'accountant-1' }));
    expect(refusalOf(answer)).toEqual([422, 'SIGNATURE_NOT_YOURS']);
  });

  it('asks somebody else to review it', async () => {
    const answer = await clerk.post(`/books/${scene.own.id}/income`, rent(100, { reviewedBy: 'clerk-1' }));
    expect(refusalOf(answer)).toEqual([422, 'SAME_PERSON']);
  });

  it('makes one draft under one key, and none of other fields', async () => {
    const key = { 'idempotency-key': 'rent-of-january' };
    const path = `/books/${scene.own.id}/income`;
    const first = await drafted(clerk, path, rent(77_00), key);
    const again = await clerk.post<Drafted>(path, rent(77_00), key);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([202, 'true']);
    expect(again.body.draft).toEqual(first);
    expect(refusalOf(await clerk.post(path, rent(78_00), key))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const other = await as('accountant-1').post(`/books/${scene.own.id}/periods/2024-02/close`, {}, key);
    expect(other.status).toBe(400);
    await drafted(as('accountant-1'), path, rent(78_00, { preparedBy: 'accountant-1' }), key);
  });
});

async function drafts(who: Staff, query: string): Promise<string[]> {
  const { status, body } = await who.get<{ rows: Draft[] }>(`/drafts?limit=1000&${query}`);
  expect(status).toBe(200);
  return body.rows.map(({ id }) => id);
}

describe('a reviewer', () => {
  it('sees debits and credits before he signs, and signs with his own name', async () => {
    const { id } = await rented();
    const seen = await reviewer.get<{ draft: Record<string, unknown> }>(`/drafts/${id}`);
    expect(seen.headers.get('etag')).toBe('"1"');
    expect(seen.body.draft).toMatchObject({
      body: rent(12_800_00),
      contents: [{ version: 1, body: rent(12_800_00) }],
      refusedNow: null,
      wouldRecord: {
        facts: [{ type: 'IncomeRecorded', division: scene.own.village, effectiveOn: '2024-01-20' }],
        vouchers: [
          {
            period: '2024-01',
            debitFen: 12_800_00,
            creditFen: 12_800_00,
            lines: [
              { account: 'rural-collective-2024:102', side: 'debit', amountFen: 12_800_00 },
              { account: 'rural-collective-2024:50102', side: 'credit', amountFen: 12_800_00 },
            ],
          },
        ],
      },
    });
    const other = as('reviewer-2');
    const before = await head();
    const approved = await other.post(`/drafts/${id}/approve`, {}, V1);
    expect([approved.status, approved.body]).toEqual([201, expect.objectContaining({ position: before + 1 })]);
    const closed = await reviewer.get<{ draft: Draft }>(`/drafts/${id}`);
    expect(closed.body.draft).toMatchObject({
      status: 'APPROVED',
      missing: [],
      signatures: { preparedBy: 'clerk-1', reviewedBy: 'reviewer-2' },
      recorded: approved.body,
      wouldRecord: null,
    });
    const rows = (await vouchers()).filter((row) => row['position'] === before + 1);
    expect(rows).toEqual([expect.objectContaining({ preparedBy: 'clerk-1', reviewedBy: 'reviewer-2' })]);
  });

  it('gets the same receipt when he signs again, and nobody else gets one', async () => {
    const { id } = await rented();
    const first = await reviewer.post(`/drafts/${id}/approve`, {}, V1);
    const before = await head();
    const again = await reviewer.post(`/drafts/${id}/approve`, {}, V1);
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, first.text, 'true']);
    const late = await as('reviewer-2').post(`/drafts/${id}/approve`, {}, V1);
    expect(refusalOf(late)).toEqual([422, 'DRAFT_NOT_OPEN']);
    expect(await head()).toBe(before);
  });

  it('signs at the same time as another, and there is one voucher', async () => {
    const { id } = await rented();
    const before = await head();
    const both = await Promise.all(
      ['reviewer-1', 'reviewer-2'].map((who) => as(who).post(`/drafts/${id}/approve`, {}, V1)),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422]);
    expect(await head()).toBe(before + 1);
  });

  it('says which version he has looked at, and signs for no other', async () => {
    const { id } = await rented();
    expect(refusalOf(await reviewer.post(`/drafts/${id}/approve`, {}))).toEqual([400, 'INPUT_INVALID']);
    const stale = await reviewer.post(`/drafts/${id}/approve`, {}, { 'if-match': '"2"' });
    expect(refusalOf(stale)).toEqual([412, 'REVISION_STALE']);
  });

  it('who prepared it does not review it', async () => {
    const accountant = as('accountant-1');
    const { id } = await drafted(
      accountant,
      `/books/${scene.own.id}/income`,
      rent(100, { preparedBy: 'accountant-1' }),
    );
    expect(refusalOf(await accountant.post(`/drafts/${id}/approve`, {}, V1))).toEqual([403, 'ROLE_NOT_ALLOWED']);
    expect(refusalOf(await clerk.post(`/drafts/${id}/approve`, {}, V1))).toEqual([403, 'ROLE_NOT_ALLOWED']);
    expect(refusalOf(await as('cashier-1').post(`/drafts/${id}/approve`, {}, V1))).toEqual([403, 'ROLE_NOT_ALLOWED']);
  });
});

describe('what is returned', () => {
  it('is mended by its preparer and signed as it is then', async () => {
    const { id } = await rented();
    const answer = await reviewer.post<Drafted>(`/drafts/${id}/return`, { reason: '金额与发票不符' });
    expect(answer.body.draft).toMatchObject({
      status: 'RETURNED',
      steps: [{ did: 'SUBMITTED' }, { did: 'RETURNED', by: 'reviewer-1', reason: '金额与发票不符', version: 1 }],
    });
    const again = await reviewer.post(`/drafts/${id}/return`, { reason: '金额与发票不符' });
    expect([again.status, again.text]).toEqual([200, answer.text]);
    expect(refusalOf(await reviewer.post(`/drafts/${id}/approve`, {}, V1))).toEqual([422, 'DRAFT_NOT_OPEN']);

    const accountant = as('accountant-1');
    const mended = { body: rent(13_000_00, { reviewedBy: 'reviewer-2' }) };
    expect(refusalOf(await accountant.post(`/drafts/${id}/resubmit`, mended))).toEqual([403, 'DRAFT_NOT_YOURS']);
    const wrong = { body: rent(0) };
    expect(refusalOf(await clerk.post(`/drafts/${id}/resubmit`, wrong))).toEqual([422, 'AMOUNT_NOT_POSITIVE']);
    const foreign = { body: rent(100, { preparedBy: 'clerk-2' }) };
    expect(refusalOf(await clerk.post(`/drafts/${id}/resubmit`, foreign))).toEqual([422, 'SIGNATURE_NOT_YOURS']);
    const odd = { body: { ...rent(100), memo: 'x' } };
    expect(refusalOf(await clerk.post(`/drafts/${id}/resubmit`, odd))).toEqual([400, 'INPUT_INVALID']);

    const sent = await clerk.post<Drafted>(`/drafts/${id}/resubmit`, mended);
    expect([sent.status, sent.body.draft]).toEqual([
      200,
      expect.objectContaining({ status: 'SUBMITTED', version: 2, reviewer: 'reviewer-2', amountFen: 13_000_00 }),
    ]);
    expect((await clerk.post(`/drafts/${id}/resubmit`, mended)).text).toBe(sent.text);
    const seen = await reviewer.get<{ draft: { contents: object[] } }>(`/drafts/${id}`);
    expect(seen.body.draft.contents).toEqual([
      { version: 1, body: rent(12_800_00) },
      { version: 2, body: mended.body },
    ]);
    expect(refusalOf(await reviewer.post(`/drafts/${id}/approve`, {}, V1))).toEqual([412, 'REVISION_STALE']);
    const approved = await reviewer.post(`/drafts/${id}/approve`, {}, { 'if-match': '"2"' });
    expect(approved.status).toBe(201);
    expect(refusalOf(await clerk.post(`/drafts/${id}/resubmit`, { body: rent(1) }))).toEqual([422, 'DRAFT_NOT_OPEN']);
    expect(refusalOf(await reviewer.post(`/drafts/${id}/return`, { reason: '晚了' }))).toEqual([422, 'DRAFT_NOT_OPEN']);
  });

  it('says where the mended content belongs when it is sent as it was the first time', async () => {
    const { id } = await rented();
    await reviewer.post(`/drafts/${id}/return`, { reason: '缺附件' });
    const answer = await clerk.post<{ messageZh: string; messageEn: string }>(`/drafts/${id}/resubmit`, rent(1));
    expect(refusalOf(answer)).toEqual([400, 'INPUT_INVALID']);
    expect(answer.body.messageZh).toContain('body必填:请把修改后的全部内容放在body中,即{"body":{…}}');
    expect(answer.body.messageEn).toContain('put all of the mended content into body, as {"body":{…}}');
    expect((await clerk.post(`/drafts/${id}/withdraw`, {})).status).toBe(200);
  });

  it('is printed to be signed on paper, marked as no voucher yet', async () => {
    const { id } = await rented();
    const page = await reviewer.get(`/drafts/${id}`, { accept: 'text/html' });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    for (const text of [
      '记账凭证（草稿）',
      '草稿，未入账',
      '出租收入',
      '壹万贰仟捌佰元整',
      '待审核',
      'clerk-1<i></i>',
    ]) {
      expect(page.text).toContain(text);
    }
    expect((await reviewer.get('/drafts/00000000-0000-4000-8000-000000000000', { accept: 'text/html' })).status).toBe(
      404,
    );
    expect((await clerk.post(`/drafts/${id}/withdraw`, {})).status).toBe(200);
    expect((await clerk.get(`/drafts/${id}`, { accept: 'text/html' })).text).toContain('已撤回');
  });

  it('is printed with why it was sent back, and once it is recorded with its voucher and who signed', async () => {
    const { id } = await rented();
    const printed = async (): Promise<string> => (await clerk.get(`/drafts/${id}`, { accept: 'text/html' })).text;
    await reviewer.post(`/drafts/${id}/return`, { reason: '缺附件' });
    expect(await printed()).toContain('退回原因：缺附件');
    await clerk.post(`/drafts/${id}/resubmit`, { body: rent(12_800_00) });
    expect(await printed()).not.toContain('退回原因');
    const approved = await as('reviewer-2').post(`/drafts/${id}/approve`, {}, { 'if-match': '"2"' });
    expect(approved.status).toBe(201);
    const page = await printed();
    expect(page).toMatch(/已入账：2024-\d\d 记字第\d+号，账本第\d+条。/);
    expect(page).toContain('壹万贰仟捌佰元整');
    expect(page).toContain('reviewer-2<i></i>');
    expect(page).not.toMatch(/未入账|reviewer-1/);
  });

  it('says why without naming a person', async () => {
    const { id } = await rented();
    const answer = await reviewer.post(`/drafts/${id}/return`, { reason: '请联系13812345678' });
    expect(refusalOf(answer)).toEqual([422, 'PERSONAL_DATA_IN_TEXT']);
  });

  it('may be found by the accountant, and withdrawn by its preparer alone', async () => {
    const { id } = await rented();
    const accountant = as('accountant-1');
    expect((await accountant.post(`/drafts/${id}/return`, { reason: '科目有误' })).status).toBe(200);
    expect(refusalOf(await accountant.post(`/drafts/${id}/withdraw`, {}))).toEqual([403, 'DRAFT_NOT_YOURS']);
    const gone = await clerk.post<Drafted>(`/drafts/${id}/withdraw`, {});
    expect([gone.status, gone.body.draft.status]).toEqual([200, 'WITHDRAWN']);
    expect((await clerk.post(`/drafts/${id}/withdraw`, {})).text).toBe(gone.text);
    expect(refusalOf(await clerk.post(`/drafts/${id}/resubmit`, { body: rent(1) }))).toEqual([422, 'DRAFT_NOT_OPEN']);
  });
});

describe('the queue', () => {
  it('is what each can do something about, oldest first, page by page', async () => {
    const accountant = as('accountant-1');
    const first = await rented();
    const path = `/books/${scene.own.id}/income`;
    const second = await drafted(accountant, path, rent(100, { preparedBy: 'accountant-1' }));
    const back = await rented();
    await reviewer.post(`/drafts/${back.id}/return`, { reason: '缺附件' });

    const waiting = await drafts(reviewer, 'waitingFor=me');
    expect(waiting.slice(-2)).toEqual([first.id, second.id]);
    expect(waiting).not.toContain(back.id);
    expect(await drafts(clerk, 'waitingFor=me')).toEqual([back.id]);
    expect(await drafts(clerk, 'status=RETURNED')).toContain(back.id);
    expect(await drafts(accountant, 'waitingFor=me')).toEqual([]);
    expect((await drafts(reviewer, 'preparedBy=accountant-1&status=SUBMITTED')).at(-1)).toBe(second.id);
    expect(await drafts(reviewer, `book=${scene.neighbour.id}`)).toEqual([]);
    expect((await drafts(reviewer, `division=${scene.own.village}`)).at(-1)).toBe(back.id);
    expect(await drafts(reviewer, 'division=330681')).toEqual([]);

    const whole = await drafts(reviewer, '');
    const paged: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const { body } = await reviewer.get<{ rows: Draft[]; next: string | null }>(`/drafts?limit=3${after}`);
      paged.push(...body.rows.map(({ id }) => id));
      next = body.next;
    }
    expect(paged).toEqual(whole);
    const unknown = await reviewer.get('/drafts?asOf=2024-01-01');
    expect(refusalOf(unknown)).toEqual([400, 'INPUT_INVALID']);
    expect(refusalOf(await reviewer.get(`/drafts/${first.id}?knownAt=1`))).toEqual([400, 'INPUT_INVALID']);
  });
});

describe('for another village or township', () => {
  it('a draft is not there, byte for byte', async () => {
    const { id } = await rented();
    const absent = '00000000-0000-8000-8000-000000000000';
    const said = ({ status, text }: Answer) => [status, text.replaceAll(id, '<id>').replaceAll(absent, '<id>')];
    const asked: [who: string, ask: (staff: Staff, draft: string) => Promise<Answer>][] = [
      ['clerk-2', (staff, draft) => staff.get(`/drafts/${draft}`)],
      ['clerk-2', (staff, draft) => staff.post(`/drafts/${draft}/withdraw`, {})],
      ['clerk-2', (staff, draft) => staff.post(`/drafts/${draft}/resubmit`, { body: rent(1) })],
      ['reviewer-9', (staff, draft) => staff.get(`/drafts/${draft}`)],
      ['reviewer-9', (staff, draft) => staff.post(`/drafts/${draft}/approve`, {}, V1)],
      ['reviewer-9', (staff, draft) => staff.post(`/drafts/${draft}/return`, { reason: '不在辖区' })],
    ];
    for (const [who, ask] of asked) {
      const hidden = await ask(as(who), id);
      expect(said(hidden)).toEqual(said(await ask(as(who), absent)));
      expect(refusalOf(hidden)).toEqual([404, 'DRAFT_UNKNOWN']);
    }
    const foreign = await as('clerk-2').get(`/drafts?after=${Buffer.from(`key:${id}`).toString('base64url')}`);
    const none = await as('clerk-2').get(`/drafts?after=${Buffer.from(`key:${absent}`).toString('base64url')}`);
    expect([foreign.status, foreign.text]).toEqual([400, none.text]);
    expect(await drafts(as('clerk-2'), '')).toEqual([]);
    expect(await drafts(as('reviewer-9'), 'waitingFor=me')).toEqual([]);
  });
});

describe('what the ledger does not take when it is signed', () => {
  it('waits on and says why, and is taken once the reason is gone', async () => {
    const path = `/books/${scene.own.id}/expenses`;
    const paidInCash = { ...BY_CLERK, settlement: { account: '101' } };
    const funds = [
      { account: '101', side: 'debit', amountFen: 500_00 },
      { account: '102', side: 'credit', amountFen: 500_00 },
    ];
    const withdrawal = await drafted(
      clerk,
      `/books/${scene.own.id}/vouchers`,
      voucherBody('2024-01-21', funds, { ...BY_CLERK, summary: '提取现金' }),
    );
    expect((await reviewer.post(`/drafts/${withdrawal.id}/approve`, {}, V1)).status).toBe(201);
    const one = await drafted(clerk, path, expenseBody('2024-01-22', 400_00, paidInCash));
    const other = await drafted(clerk, path, expenseBody('2024-01-23', 400_00, paidInCash));
    expect((await reviewer.post(`/drafts/${one.id}/approve`, {}, V1)).status).toBe(201);
    const before = await head();
    expect(refusalOf(await reviewer.post(`/drafts/${other.id}/approve`, {}, V1))).toEqual([422, 'CASH_NEGATIVE']);
    expect(await head()).toBe(before);
    const { body } = await clerk.get<{ draft: Draft & { refusedNow: object } }>(`/drafts/${other.id}`);
    expect(body.draft).toMatchObject({
      status: 'SUBMITTED',
      refused: { by: 'reviewer-1', code: 'CASH_NEGATIVE', messageZh: expect.stringContaining('-300.00') },
      wouldRecord: null,
      refusedNow: { code: 'CASH_NEGATIVE' },
    });
    const more = await drafted(
      clerk,
      `/books/${scene.own.id}/vouchers`,
      voucherBody('2024-01-21', funds, { ...BY_CLERK, summary: '再提取现金' }),
    );
    expect((await reviewer.post(`/drafts/${more.id}/approve`, {}, V1)).status).toBe(201);
    expect((await reviewer.post(`/drafts/${other.id}/approve`, {}, V1)).status).toBe(201);
  });
});

describe('every kind of posting', () => {
  it('waits for its reviewer: an asset that is bought', async () => {
    const accountant = as('accountant-1');
    const signed = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };
    const card = { class: 'OPERATING', category: 'VEHICLE', costFen: 12_000_000, residualFen: 0, lifeMonths: 48 };
    const van = { ...card, name: '送货车', depreciationAccount: '511', effectiveOn: '2024-02-15' };
    const acquisition = { settlement: { account: '102' }, summary: '购置送货车', ...signed };
    const path = `/books/${scene.own.id}/assets`;
    const { id } = await drafted(accountant, path, { ...van, source: 'PURCHASED', acquisition });
    const seen = await reviewer.get<{ draft: Draft }>(`/drafts/${id}`);
    expect(seen.body.draft).toMatchObject({
      summary: '购置送货车',
      amountFen: 12_000_000,
      wouldRecord: { vouchers: [{ debitFen: 12_000_000, creditFen: 12_000_000, summary: '购置送货车' }] },
    });
    const approved = await as('reviewer-2').post<{ facts: { type: string }[] }>(`/drafts/${id}/approve`, {}, V1);
    expect([approved.status, approved.body.facts[0]?.type]).toEqual([201, 'AssetRegistered']);
  });

  it('waits for its reviewer: what a book refused of an asset, on another account where the first is retired', async () => {
    const accountant = as('accountant-9');
    const signed = { preparedBy: 'accountant-9', reviewedBy: 'reviewer-9' };
    const village = scene.elsewhere.village;
    const organization = creditCode(7_009);
    const society = {
      creditCode: organization,
      name: '第二社',
      kind: 'COLLECTIVE',
      village,
      effectiveOn: '2020-01-01',
    };
    expect((await accountant.post('/organizations', society)).status).toBe(201);
    const opening = { organization, name: '第二账套', standard: 'rural-collective-2024', startPeriod: '2024-01' };
    const opened = await accountant.post<{ stream: string }>('/books', opening);
    const book = opened.body.stream.slice('book-'.length);
    // There is no cash to pay it from.
    const acquisition = { settlement: { account: '101' }, summary: '购置水泵', ...signed };
    const pump = { name: '水泵', class: 'OPERATING', category: 'MACHINERY', source: 'PURCHASED', acquisition };
    const value = { costFen: 300_000, residualFen: 0, lifeMonths: 48, depreciationAccount: '511' };
    const { id } = await drafted(accountant, `/books/${book}/assets`, { ...pump, ...value, effectiveOn: '2024-02-16' });
    expect((await as('reviewer-9').post(`/drafts/${id}/approve`, {}, V1)).status).toBe(201);
    const posting = async (status: string, code?: string) => {
      for (let tries = 0; tries < 400; tries++) {
        const { body } = await accountant.get<{ rows: Record<string, unknown>[] }>(`/books/${book}/asset-postings`);
        const found = body.rows.find((row) => row['status'] === status && row['code'] === code);
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`the posting does not come to be ${status}`);
    };
    const { asset } = await posting('REFUSED', 'CASH_NEGATIVE');
    const retired = await accountant.post(`/books/${book}/accounts/101/retire`, { effectiveOn: '2024-03-01' });
    expect(retired.status).toBe(201);
    const path = `/assets/${String(asset)}/retry-posting`;
    expect((await accountant.post(path, {})).status).toBe(201);
    await posting('REFUSED', 'ACCOUNT_RETIRED');

    const accounts = [{ insteadOf: '101', account: '102' }];
    expect(refusalOf(await accountant.post(path, { accounts }))).toEqual([422, 'RETRY_CHANGES_TERMS']);
    const before = await head();
    const retry = await drafted(accountant, path, { accounts, signed });
    expect(retry).toMatchObject({ command: 'RetryAssetPosting', book, amountFen: 300_000, summary: '购置水泵' });
    expect(await head()).toBe(before);
    expect((await as('reviewer-8').post(`/drafts/${retry.id}/approve`, {}, V1)).status).toBe(201);
    const { period, voucherNo } = await posting('POSTED');
    const { body } = await accountant.get(`/books/${book}/vouchers/${String(period)}/${String(voucherNo)}`);
    expect(body).toMatchObject({ voucher: { preparedBy: 'accountant-9', reviewedBy: 'reviewer-8' } });
  });

  it('waits for its reviewer: the settlement of a joint project', async () => {
    const accountant = as('accountant-1');
    const signed = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };
    const path = `/projects/${scene.more.project}/settlements`;
    const draft = await drafted(accountant, path, settlementBody('2024-03-31', 100_00, signed));
    expect(draft).toMatchObject({ book: null, division: scene.own.village, amountFen: 100_00 });
    // For who may not read what came of it, it is not there.
    expect((await clerk.get(path)).status).toBe(403);
    const absent = '00000000-0000-8000-8000-000000000000';
    const [hidden, none] = [await clerk.get(`/drafts/${draft.id}`), await clerk.get(`/drafts/${absent}`)];
    expect([hidden.status, hidden.text.replaceAll(draft.id, absent)]).toEqual([404, none.text]);
    expect(await drafts(clerk, '')).not.toContain(draft.id);
    expect(await drafts(reviewer, '')).toContain(draft.id);
    const approved = await reviewer.post(`/drafts/${draft.id}/approve`, {}, V1);
    expect(approved.status).toBe(201);
  });

  it('waits for a reviewer and for a closer, three people, where a year is closed', async () => {
    const accountant = as('accountant-1');
    const book = scene.neighbour.id;
    const signed = { preparedBy: 'clerk-2', reviewedBy: 'reviewer-1' };
    const late = await drafted(as('clerk-2'), `/books/${book}/income`, rent(100, signed));
    const close = (period: string) =>
      accountant.post(`/books/${book}/periods/${period}/close`, { closedBy: 'accountant-1' });
    expect(refusalOf(await close('2024-01'))).toEqual([422, 'DRAFTS_WAITING']);
    expect((await reviewer.post(`/drafts/${late.id}/return`, { reason: '缺发票' })).status).toBe(200);
    for (const period of MONTHS_OF_2024) expect((await close(period)).status).toBe(201);
    const waits = await as('clerk-2').get<{ draft: Draft }>(`/drafts/${late.id}`);
    expect(waits.body.draft).toMatchObject({ status: 'RETURNED', refusedNow: { code: 'PERIOD_CLOSED' } });

    const named = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1', closedBy: 'reviewer-2' };
    const { id, missing } = await drafted(accountant, `/books/${book}/years/2024/close`, named);
    expect(missing).toEqual(['reviewedBy', 'closedBy']);
    const before = await head();
    const first = await reviewer.post<Drafted>(`/drafts/${id}/approve`, {}, V1);
    expect([first.status, first.body.draft]).toEqual([
      202,
      expect.objectContaining({
        status: 'SUBMITTED',
        missing: ['closedBy'],
        signatures: { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' },
      }),
    ]);
    expect(await head()).toBe(before);
    expect(refusalOf(await reviewer.post(`/drafts/${id}/approve`, {}, V1))).toEqual([422, 'SAME_PERSON']);
    expect(await drafts(reviewer, 'waitingFor=me')).not.toContain(id);
    expect(await drafts(as('reviewer-2'), 'waitingFor=me')).toContain(id);
    const last = await as('reviewer-2').post(`/drafts/${id}/approve`, {}, V1);
    expect(last.status).toBe(201);
    const { body } = await reviewer.get<{ rows: { closedBy: string }[] }>(`/books/${book}/vouchers?period=2024-12`);
    expect(body.rows).toEqual([]);
  });
});

describe('the books', () => {
  it('are those that the same requests make where each is recorded at once', async () => {
    const rows = await recordedAtOnce();
    expect(rows).toHaveLength(4);
    const accountant = as('accountant-9');
    for (const [path, body, who = 'reviewer-9'] of requests) {
      const { id } = await drafted(accountant, `/books/${scene.elsewhere.id}/${path}`, body);
      const approved = await as(who).post(`/drafts/${id}/approve`, {}, V1);
      expect([path, approved.status]).toEqual([path, 201]);
    }
    const newest = { 'ledger-min-position': String(await head()) };
    const own = await accountant.get<{ rows: object[] }>(`/books/${scene.elsewhere.id}${BALANCES}`, newest);
    expect(own.body.rows).toEqual(rows);
  });

  const BALANCES = '/balances?asOf=2024-12-31';
  const signed = { preparedBy: 'accountant-9', reviewedBy: 'reviewer-9' };
  const lines = [
    { account: '102', side: 'debit', amountFen: 30_00 },
    { account: '301', side: 'credit', amountFen: 30_00 },
  ];
  const requests: [path: string, body: object, reviewer?: string][] = [
    ['opening-balances', { ...signed, lines }],
    ['income', incomeBody('2024-01-20', 12_800_00, signed)],
    ['expenses', expenseBody('2024-01-25', 860_00, { ...signed, sourceDocument: 'A-1' })],
    ['vouchers', voucherBody('2024-02-01', lines, signed)],
    // A reversal is reviewed by another than who had the voucher posted.
    ['vouchers/2024-02/1/reversal', { reason: '金额有误', ...signed, reviewedBy: 'reviewer-8' }, 'reviewer-8'],
  ];

  /** The balances of a book in a ledger of one token, after these requests. */
  async function recordedAtOnce(): Promise<object[]> {
    const other = temporaryDirectory();
    const plain = await startLedger(other.path);
    try {
      const books = new VillageBooks(plain);
      await books.district();
      const { id } = await books.book();
      for (const [path, body] of requests) await books.accepted(`/books/${id}/${path}`, body);
      const { head: position } = (await plain.get<{ head: number }>('/health/ready')).body;
      const answer = await plain.get<{ rows: object[] }>(`/books/${id}${BALANCES}`, {
        'ledger-min-position': String(position),
      });
      return answer.body.rows;
    } finally {
      await plain.stop();
      other.remove();
    }
  }
});

const upload = (who: string, file: SampleFile) =>
  ledger.put(`/attachments/${file.sha256}`, file.bytes, {
    authorization: `Bearer ${scene.tokens.get(who)}`,
    'content-type': 'application/pdf',
  });
const naming = (sha256: string) => ({ preparedBy: 'clerk-2', reviewedBy: 'reviewer-1', evidence: [sha256] });

describe('the papers of a draft', () => {
  it('are seen by who reviews it, and by nobody in another village', async () => {
    const file = pdf('invoice of a draft');
    expect((await upload('clerk-1', file)).status).toBe(201);
    expect((await reviewer.get(`/attachments/${file.sha256}`)).status).toBe(404);
    await drafted(clerk, `/books/${scene.own.id}/income`, rent(100, { evidence: [file.sha256] }));
    expect((await reviewer.get(`/attachments/${file.sha256}`)).status).toBe(200);
    expect((await as('reviewer-9').get(`/attachments/${file.sha256}`)).status).toBe(404);
    expect((await as('clerk-2').get(`/attachments/${file.sha256}`)).status).toBe(404);
  });

  it('are named by nobody who does not see them', async () => {
    const file = pdf('invoice of the own village');
    expect((await upload('clerk-1', file)).status).toBe(201);
    const path = `/books/${scene.neighbour.id}/income`;
    const hidden = await as('clerk-2').post(path, incomeBody('2024-01-20', 100, naming(file.sha256)));
    const absent = await as('clerk-2').post(path, incomeBody('2024-01-20', 100, naming('0'.repeat(64))));
    expect(refusalOf(hidden)).toEqual([422, 'EVIDENCE_UNKNOWN']);
    expect(hidden.text.replaceAll(file.sha256, '')).toBe(absent.text.replaceAll('0'.repeat(64), ''));
  });
});

describe('the file', () => {
  it('is for its owner alone', () => {
    for (const name of ['drafts.db', 'drafts.db-wal']) {
      expect(statSync(join(directory.path, name)).mode & 0o777).toBe(0o600);
    }
  });
});

async function vouchers(): Promise<Record<string, unknown>[]> {
  const position = await head();
  const { body } = await reviewer.get<{ rows: Record<string, unknown>[] }>(
    `/books/${scene.own.id}/vouchers?period=2024-01`,
    { 'ledger-min-position': String(position) },
  );
  return body.rows;
}
