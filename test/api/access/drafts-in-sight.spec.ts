import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClosePeriod, type Role } from '@ledger/domain';
import { type LedgerOfPeople, ledgerOfPeople } from '../../support/ledger-of-people.js';
import { pdf } from '../../support/sample-files.js';
import { CODES } from '../../support/villages-apart.js';
import { expenseBody, incomeBody, settlementBody, voucherBody } from '../../support/village-books.js';

const TOWNSHIP = '330603008';
const ABSENT = '00000000-0000-8000-8000-000000000000';
const BY_ACCOUNTANT = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };
const paper = pdf('the agreement on the shares');

let ledger: LedgerOfPeople;

const staff: readonly [account: string, role: Role, division: string][] = [
  ['accountant-1', 'TOWN_ACCOUNTANT', TOWNSHIP],
  ['reviewer-1', 'TOWN_REVIEWER', TOWNSHIP],
  ['leader-1', 'TOWN_LEADER', TOWNSHIP],
  ['head-1', 'VILLAGE_HEAD', CODES.own],
  ['super-1', 'VILLAGE_SUPERVISOR', CODES.own],
  ['auditor-v', 'AUDITOR', CODES.own],
];

beforeAll(async () => {
  ledger = await ledgerOfPeople();
  const { villages } = ledger;
  for (const [account, role, division] of staff) await villages.grant({ account, role, division });
  const books = [villages.place('own').book, villages.place('neighbour').book];
  await villages.grant({ account: 'part-1', role: 'TOWN_ACCOUNTANT', division: TOWNSHIP, books: books.slice(0, 1) });
  await villages.grant({ account: 'part-2', role: 'TOWN_ACCOUNTANT', division: TOWNSHIP, books });
  await ledger.project();
}, 60_000);

afterAll(async () => ledger.close());

/** What is submitted; its id. */
async function drafted(by: string, path: string, body: object): Promise<string> {
  const answer = await ledger.ask(by, 'POST', path, body);
  expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
  return (JSON.parse(answer.text) as { draft: { id: string } }).draft.id;
}

/** Whether a draft is shown, read by itself and in the list; what is not is answered as one that there is not. */
async function shown(by: string, id: string): Promise<boolean> {
  const [one, none] = [await ledger.ask(by, 'GET', `/drafts/${id}`), await ledger.ask(by, 'GET', `/drafts/${ABSENT}`)];
  const listed = (await ledger.ask(by, 'GET', '/drafts?limit=1000')).text.includes(id);
  if (one.status === 200) expect(listed).toBe(true);
  else expect([one.status, one.text.replaceAll(id, ABSENT), listed]).toEqual([404, none.text, false]);
  return one.status === 200;
}

async function readers(id: string, ...accounts: string[]): Promise<string[]> {
  const asked = [];
  for (const account of accounts) if (await shown(account, id)) asked.push(account);
  return asked;
}

describe('a draft that touches several villages', () => {
  const parts = ['head-1', 'super-1', 'auditor-v', 'part-1', 'part-2'];
  const wholes = ['accountant-1', 'reviewer-1', 'leader-1'];
  let draft: string;

  beforeAll(async () => {
    const type = { 'content-type': 'application/pdf' };
    const sent = await ledger.ask(
      'accountant-1',
      'PUT',
      `/attachments/${paper.sha256}`,
      Buffer.from(paper.bytes),
      type,
    );
    expect(sent.status).toBe(201);
    const shares = [
      { village: CODES.own, amountFen: 500_000 },
      { village: CODES.neighbour, amountFen: 500_000 },
    ];
    const body = settlementBody('2024-06-30', 1_000_000, { ...BY_ACCOUNTANT, shares, evidence: [paper.sha256] });
    draft = await drafted('accountant-1', `/projects/${ledger.villages.joint}/settlements`, body);
  });

  const readersOfPaper = async (): Promise<string[]> => {
    const seen = [];
    for (const account of [...parts, ...wholes]) {
      const { status } = await ledger.ask(account, 'GET', `/attachments/${paper.sha256}`);
      if (status === 200) seen.push(account);
    }
    return seen;
  };

  it('is there for who sees them all whole, and for nobody else', async () => {
    expect(await readers(draft, ...parts, ...wholes)).toEqual(wholes);
  });

  it('tells nobody of them by its papers, before it is recorded and after', async () => {
    expect(await readersOfPaper()).toEqual(wholes);
    const approved = await ledger.ask('reviewer-1', 'POST', `/drafts/${draft}/approve`, {}, { 'if-match': '"1"' });
    expect(approved.status).toBe(201);
    await ledger.project();
    // The fact is there for who sees both villages, by whatever books.
    expect(await readersOfPaper()).toEqual(['part-2', ...wholes]);
    expect(await readers(draft, ...parts, ...wholes)).toEqual(wholes);
  });

  it('stays there for these alone when it is submitted again for one village', async () => {
    const path = `/projects/${ledger.villages.joint}/settlements`;
    const body = settlementBody('2024-07-31', 1_000_000, BY_ACCOUNTANT);
    const id = await drafted('accountant-1', path, body);
    expect((await ledger.ask('reviewer-1', 'POST', `/drafts/${id}/return`, { reason: '方案有误' })).status).toBe(200);
    const scheme = { shares: [{ village: CODES.own, basisPoints: 10_000 }], effectiveOn: '2024-07-01' };
    const set = await ledger.ask('leader-1', 'POST', `/projects/${ledger.villages.joint}/allocation-schemes`, scheme);
    expect([set.status, set.text]).toEqual([201, expect.any(String)]);
    const again = await ledger.ask('accountant-1', 'POST', `/drafts/${id}/resubmit`, { body });
    expect(again.status).toBe(200);
    expect(await readers(id, ...parts, ...wholes)).toEqual(wholes);
  });
});

const signed = (by: string) => ({ preparedBy: by, reviewedBy: 'reviewer-1' });
const book = (): string => `/books/${ledger.villages.place('own').book}`;

describe('a draft tells nobody what he is refused in the books', () => {
  const everybody = ['clerk-of-own', 'head-1', 'super-1', 'auditor-v', 'accountant-1', 'reviewer-1', 'leader-1'];
  const ofVouchers = everybody.filter((account) => account !== 'head-1');

  it('income is for who reads income', async () => {
    const body = incomeBody('2024-03-21', 100, signed('accountant-1'));
    expect(await readers(await drafted('accountant-1', `${book()}/income`, body), ...everybody)).toEqual(everybody);
  });

  it('what is spent, and every voucher, is for who reads vouchers', async () => {
    expect((await ledger.ask('head-1', 'GET', `${book()}/vouchers`)).status).toBe(403);
    const spent = expenseBody('2024-03-21', 100, signed('clerk-of-own'));
    expect(await readers(await drafted('clerk-of-own', `${book()}/expenses`, spent), ...everybody)).toEqual(ofVouchers);
    const lines = [
      { account: '101', side: 'debit', amountFen: 100 },
      { account: '102', side: 'credit', amountFen: 100 },
    ];
    const posted = voucherBody('2024-03-21', lines, signed('accountant-1'));
    expect(await readers(await drafted('accountant-1', `${book()}/vouchers`, posted), ...everybody)).toEqual(
      ofVouchers,
    );
    const run = { period: '2024-03', account: '511', ...signed('accountant-1') };
    expect(await readers(await drafted('accountant-1', `${book()}/depreciation`, run), ...everybody)).toEqual(
      ofVouchers,
    );
  });

  it('the balances that a year is closed with are for who reads balances', async () => {
    expect((await ledger.ask('head-1', 'GET', `${book()}/balances`)).status).toBe(403);
    expect((await ledger.ask('clerk-of-own', 'GET', `${book()}/balances`)).status).toBe(200);
    // A year is not closed over what waits.
    const { text } = await ledger.ask('reviewer-1', 'GET', '/drafts?status=SUBMITTED&limit=1000');
    for (const { id } of (JSON.parse(text) as { rows: { id: string }[] }).rows) {
      expect((await ledger.ask('reviewer-1', 'POST', `/drafts/${id}/return`, { reason: '缺发票' })).status).toBe(200);
    }
    for (let month = 2; month <= 11; month++) {
      const period = `2024-${String(month).padStart(2, '0')}`;
      await ledger.villages.ask(ClosePeriod, {
        book: ledger.villages.place('own').book,
        period,
        closedBy: 'director-1',
      });
    }
    const named = { ...signed('accountant-1'), closedBy: 'reviewer-2' };
    const id = await drafted('accountant-1', `${book()}/years/2024/close`, named);
    expect(await readers(id, ...everybody)).toEqual(ofVouchers);
  });
});
