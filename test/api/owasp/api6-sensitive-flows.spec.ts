import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, RunningLedger } from '../../support/running-ledger.js';
import { as, type Staff, type StaffedScene, staffedScene, startStaffed } from '../../support/staffed-township.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { incomeBody } from '../../support/village-books.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;
let scene: StaffedScene;
let clerk: Staff;
let reviewer: Staff;

beforeAll(async () => {
  scene = await staffedScene(directory.path);
  ledger = await startStaffed(directory.path);
  clerk = as(ledger, 'clerk-1', scene);
  reviewer = as(ledger, 'reviewer-1', scene);
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

interface Drafted extends Record<string, unknown> {
  readonly draft: { readonly id: string; readonly version: number };
}

const refusal = ({ status, body }: Answer) => [status, body['code']];
/** How many facts there are; health tells nobody who has not said who he is. */
const head = async (): Promise<number> => (await reviewer.get<{ knownAt: number }>('/books')).body.knownAt;
const BY_CLERK = { preparedBy: 'clerk-1', reviewedBy: 'reviewer-1' };
const submitted = async (more: object = {}, headers = {}) =>
  clerk.post<Drafted>(
    `/books/${scene.own.id}/income`,
    incomeBody('2024-01-20', 100_00, { ...BY_CLERK, ...more }),
    headers,
  );
const approve = async (who: Staff, id: string, version = 1) =>
  who.post(`/drafts/${id}/approve`, {}, { 'if-match': `"${version}"` });

// Without a draft that another signs, one person books what he likes, as often as a program can.
describe('recording money', () => {
  it('takes two people: who prepared it does not sign it, nor does one who reviews nothing or not in the township', async () => {
    const before = await head();
    const { draft } = (await submitted()).body;
    for (const [account, ...refused] of [
      ['clerk-1', 403, 'ROLE_NOT_ALLOWED'],
      ['clerk-2', 403, 'ROLE_NOT_ALLOWED'],
      ['cashier-1', 403, 'ROLE_NOT_ALLOWED'],
      ['reviewer-9', 404, 'DRAFT_UNKNOWN'],
    ] as const) {
      expect([account, ...refusal(await approve(as(ledger, account, scene), draft.id))]).toEqual([account, ...refused]);
    }
    expect(await head()).toBe(before);
    expect((await approve(reviewer, draft.id)).status).toBe(201);
    expect(await head()).toBe(before + 1);
  });

  it('is recorded once, however often it is signed, at once or one after the other', async () => {
    const { draft } = (await submitted()).body;
    const before = await head();
    await Promise.all(Array.from({ length: 5 }, async () => approve(reviewer, draft.id)));
    await approve(reviewer, draft.id);
    expect(await head()).toBe(before + 1);
  });

  it('is submitted once under one key, however often a program asks', async () => {
    const key = { 'idempotency-key': 'sent-in-a-loop' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => submitted({ sourceDocument: 'loop-1' }, key)),
    );
    expect(new Set(answers.filter(({ status }) => status === 202).map(({ body }) => body.draft.id)).size).toBe(1);
  });

  it('counts a source document once, under whichever key it comes again', async () => {
    const first = (await submitted({ sourceDocument: 'invoice-2024-17' })).body.draft;
    expect((await approve(reviewer, first.id)).status).toBe(201);
    expect(refusal(await submitted({ sourceDocument: 'invoice-2024-17' }))).toEqual([422, 'SOURCE_DOCUMENT_DUPLICATE']);
  });

  it('is signed only as it was looked at', async () => {
    const { draft } = (await submitted()).body;
    expect(refusal(await reviewer.post(`/drafts/${draft.id}/approve`, {}))).toEqual([400, 'INPUT_INVALID']);
    expect(refusal(await approve(reviewer, draft.id, 7))).toEqual([412, 'REVISION_STALE']);
  });
});
