import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HandOverBook, JoinVillage, type Role, SetAllocationScheme } from '@ledger/domain';
import { type LedgerOfPeople, ledgerOfPeople } from '../../support/ledger-of-people.js';
import { CODES } from '../../support/villages-apart.js';
import { expenseBody, incomeBody, settlementBody } from '../../support/village-books.js';

const TOWNSHIP = '330603008';
const V1 = { 'if-match': '"1"' };
const signed = (preparedBy: string) => ({ preparedBy, reviewedBy: 'reviewer-1' });

let ledger: LedgerOfPeople;

beforeAll(async () => {
  ledger = await ledgerOfPeople();
  const staff: readonly [account: string, role: Role, division: string][] = [
    ['accountant-1', 'TOWN_ACCOUNTANT', TOWNSHIP],
    ['accountant-7', 'TOWN_ACCOUNTANT', TOWNSHIP],
    ['reviewer-1', 'TOWN_REVIEWER', TOWNSHIP],
    ['leader-1', 'TOWN_LEADER', TOWNSHIP],
    ['head-1', 'VILLAGE_HEAD', CODES.own],
  ];
  for (const [account, role, division] of staff) await ledger.villages.grant({ account, role, division });
  await ledger.project();
}, 60_000);

afterAll(async () => ledger.close());

interface Words {
  readonly code: string;
  readonly messageZh: string;
  readonly messageEn: string;
}
interface Draft {
  readonly id: string;
  readonly refused: Words | null;
  readonly refusedNow: Words | null;
  readonly wouldRecord: object | null;
}

interface Body extends Words {
  readonly draft: Draft;
  readonly rows: readonly Draft[];
}

async function asked(by: string, method: string, path: string, body?: object, headers?: Record<string, string>) {
  const { status, text } = await ledger.ask(by, method, path, body, headers);
  return { status, text, body: JSON.parse(text) as Body };
}

async function drafted(by: string, path: string, body: object): Promise<string> {
  const sent = await asked(by, 'POST', path, body);
  expect([sent.status, sent.text]).toEqual([202, expect.any(String)]);
  return sent.body.draft.id;
}

const read = async (by: string, id: string) => (await asked(by, 'GET', `/drafts/${id}`)).body.draft;
const approve = async (id: string) => asked('reviewer-1', 'POST', `/drafts/${id}/approve`, {}, V1);

describe('why a book refuses a draft', () => {
  let draft = '';

  beforeAll(async () => {
    const path = `/books/${ledger.villages.place('own').book}`;
    const paper = { sourceDocument: 'INV-2024-0007' };
    const said = incomeBody('2024-03-21', 100, { ...signed('clerk-of-own'), ...paper });
    draft = await drafted('clerk-of-own', `${path}/income`, said);
    const spent = expenseBody('2024-03-21', 100, { ...signed('accountant-1'), ...paper });
    expect((await approve(await drafted('accountant-1', `${path}/expenses`, spent))).status).toBe(201);
    const refused = await approve(draft);
    expect([refused.status, refused.body.code]).toEqual([422, 'SOURCE_DOCUMENT_DUPLICATE']);
  });

  it('is told with its vouchers to who reads these', async () => {
    for (const by of ['clerk-of-own', 'accountant-1', 'reviewer-1', 'leader-1']) {
      const { refused, refusedNow } = await read(by, draft);
      expect([refused?.messageZh, refusedNow?.messageEn]).toEqual([
        expect.stringMatching(/记-\d/),
        expect.stringMatching(/记-\d/),
      ]);
    }
  });

  it('is told by its code alone to who reads income and no vouchers', async () => {
    const { refused, refusedNow } = await read('head-1', draft);
    expect([refused?.code, refusedNow?.code]).toEqual(['SOURCE_DOCUMENT_DUPLICATE', 'SOURCE_DOCUMENT_DUPLICATE']);
    const page = await ledger.ask('head-1', 'GET', `/drafts/${draft}`, undefined, { accept: 'text/html' });
    const list = await asked('head-1', 'GET', '/drafts?limit=1000');
    const row = list.body.rows.find(({ id }) => id === draft);
    expect(row?.refused?.code).toBe('SOURCE_DOCUMENT_DUPLICATE');
    for (const text of [JSON.stringify([refused, refusedNow]), page.text, JSON.stringify(row)]) {
      expect(text).not.toMatch(/记-\d/);
      expect(text).toContain('账本未予记录');
    }
  });
});

it('who has left a book, and to whom, is told to who may read its handovers', async () => {
  const { book, project } = ledger.villages.place('own');
  const said = signed('accountant-7');
  const drafts = [
    await drafted('accountant-7', `/books/${book}/income`, incomeBody('2024-03-21', 100, said)),
    await drafted('accountant-7', `/projects/${project}/settlements`, settlementBody('2024-06-30', 100_000, said)),
  ];
  const [from, to] = ['accountant-7', 'accountant-1'];
  const handover = { book, effectiveOn: '2024-03-31', from, to, openItems: [], preparedBy: from };
  await ledger.villages.ask(HandOverBook, { ...handover, reviewedBy: 'reviewer-1' });
  for (const draft of drafts) {
    expect((await approve(draft)).body.code).toBe('HANDOVER_REQUIRED');
    const [reader, head] = [await read('leader-1', draft), await read('head-1', draft)];
    for (const words of [reader.refused, reader.refusedNow]) expect(words?.messageZh).toContain(`移交给${to}`);
    for (const words of [head.refused, head.refusedNow]) {
      expect([words?.code, JSON.stringify(words)]).toEqual(['HANDOVER_REQUIRED', expect.not.stringContaining(to)]);
    }
  }
});

it('what is refused for the sight of a reader alone is not told to him as refused', async () => {
  const { villages } = ledger;
  const project = villages.joint;
  const body = settlementBody('2024-08-31', 100_000, signed('accountant-1'));
  const draft = await drafted('accountant-1', `/projects/${project}/settlements`, body);
  expect(await read('leader-1', draft)).toMatchObject({ refusedNow: null, wouldRecord: {} });
  // A village of another township comes in, which the township does not see.
  await villages.ask(JoinVillage, { project, village: CODES.elsewhere, effectiveOn: '2024-08-01' });
  const shares = [
    { village: CODES.own, basisPoints: 5_000 },
    { village: CODES.elsewhere, basisPoints: 5_000 },
  ];
  await villages.ask(SetAllocationScheme, { project, shares, effectiveOn: '2024-08-01' });
  await ledger.project();
  const [reader, signer] = [await read('leader-1', draft), await read('reviewer-1', draft)];
  expect(reader).toMatchObject({ refusedNow: null, wouldRecord: null });
  // Who is to sign is told what his signature would meet.
  expect(signer).toMatchObject({ refusedNow: { code: 'GRANT_TOO_NARROW' }, wouldRecord: null });
  expect((await approve(draft)).body.code).toBe('GRANT_TOO_NARROW');
});
