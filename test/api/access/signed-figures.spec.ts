import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Role } from '@ledger/domain';
import { type LedgerOfPeople, ledgerOfPeople } from '../../support/ledger-of-people.js';
import { CODES } from '../../support/villages-apart.js';
import { settlementBody } from '../../support/village-books.js';

const TOWNSHIP = '330603008';
const BY_ACCOUNTANT = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };

let ledger: LedgerOfPeople;

beforeAll(async () => {
  ledger = await ledgerOfPeople();
  const staff: readonly [account: string, role: Role][] = [
    ['accountant-1', 'TOWN_ACCOUNTANT'],
    ['reviewer-1', 'TOWN_REVIEWER'],
    ['leader-1', 'TOWN_LEADER'],
  ];
  for (const [account, role] of staff) await ledger.villages.grant({ account, role, division: TOWNSHIP });
  await ledger.project();
}, 60_000);

afterAll(async () => ledger.close());

it('is a signature for the shares that were looked at, and for no others', async () => {
  const path = `/projects/${ledger.villages.joint}`;
  const said = settlementBody('2024-06-30', 100_000, BY_ACCOUNTANT);
  const sent = await ledger.ask('accountant-1', 'POST', `${path}/settlements`, said);
  expect([sent.status, sent.headers['etag']]).toEqual([202, '"1"']);
  const { id } = (JSON.parse(sent.text) as { draft: { id: string } }).draft;
  const seen = async () => {
    const { text, headers } = await ledger.ask('reviewer-1', 'GET', `/drafts/${id}`);
    const { draft } = JSON.parse(text) as {
      draft: { wouldRecord: { facts: { data: { shares: { amountFen: number }[] } }[] } };
    };
    const shares = draft.wouldRecord.facts.flatMap(({ data }) => data.shares.map(({ amountFen }) => amountFen));
    return { tag: String(headers['etag']), shares };
  };
  expect(await seen()).toEqual({ tag: '"1"', shares: [50_000, 50_000] });

  const shares = [
    { village: CODES.own, basisPoints: 1_000 },
    { village: CODES.neighbour, basisPoints: 9_000 },
  ];
  const scheme = { shares, effectiveOn: '2024-06-01' };
  expect((await ledger.ask('leader-1', 'POST', `${path}/allocation-schemes`, scheme)).status).toBe(201);

  const head = await ledger.log.head();
  const approve = async (tag: string) => {
    const answer = await ledger.ask('reviewer-1', 'POST', `/drafts/${id}/approve`, {}, { 'if-match': tag });
    const { code } = JSON.parse(answer.text) as { code?: string };
    return { status: answer.status, code, recorded: (await ledger.log.head()) - head };
  };
  expect(await approve('"1"')).toEqual({ status: 412, code: 'REVISION_STALE', recorded: 0 });
  const now = await seen();
  expect(now).toEqual({ tag: expect.stringMatching(/^"1-[0-9a-f]{16}"$/), shares: [10_000, 90_000] });
  expect(await approve('"1-0"')).toMatchObject({ status: 412, recorded: 0 });
  expect(await approve('"x"')).toMatchObject({ status: 400, recorded: 0 });
  expect(await approve(now.tag)).toMatchObject({ status: 201, recorded: 1 });
});

it('holds when others were given the number of the voucher meanwhile', async () => {
  const { book, draft } = ledger.villages.place('own');
  const other = { ...ledger.villages.income('own'), ...BY_ACCOUNTANT };
  const sent = await ledger.ask('accountant-1', 'POST', `/books/${book}/income`, other);
  const { id } = (JSON.parse(sent.text) as { draft: { id: string } }).draft;
  for (const one of [draft, id]) {
    const approved = await ledger.ask('reviewer-1', 'POST', `/drafts/${one}/approve`, {}, { 'if-match': '"1"' });
    expect([approved.status, approved.text]).toEqual([201, expect.any(String)]);
  }
});

it('is asked for anew where the depreciation of a month has changed', async () => {
  const { book, asset } = ledger.villages.place('own');
  const run = { period: '2024-04', account: '511', ...BY_ACCOUNTANT };
  const sent = await ledger.ask('accountant-1', 'POST', `/books/${book}/depreciation`, run);
  expect(sent.status).toBe(202);
  const { id } = (JSON.parse(sent.text) as { draft: { id: string } }).draft;
  const value = {
    costFen: 2_000_000,
    effectiveOn: '2024-03-01',
    reason: '重新核价',
    summary: '核价',
    ...BY_ACCOUNTANT,
  };
  const changed = await ledger.ask('accountant-1', 'POST', `/assets/${asset}/revalue`, value);
  expect([changed.status, changed.text]).toEqual([202, expect.any(String)]);
  const other = (JSON.parse(changed.text) as { draft: { id: string } }).draft;
  const approve = async (one: string) =>
    (await ledger.ask('reviewer-1', 'POST', `/drafts/${one}/approve`, {}, { 'if-match': '"1"' })).status;
  expect(await approve(other.id)).toBe(201);
  expect(await approve(id)).toBe(412);
});
