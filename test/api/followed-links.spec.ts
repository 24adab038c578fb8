import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LedgerOfPeople, ledgerOfPeople } from '../support/ledger-of-people.js';
import { CODES } from '../support/villages-apart.js';

const REPORT = `/reports/monthly-income?scope=${CODES.own}&period=2024-01&format=html`;
const ENTRIES = `/divisions/${CODES.own}/income-entries?from=2024-01&to=2024-01`;
const PAGE = { accept: 'text/html' };

let people: LedgerOfPeople;

beforeAll(async () => {
  people = await ledgerOfPeople();
  const { villages } = people;
  for (const [account, role] of [
    ['head-1', 'VILLAGE_HEAD'],
    ['supervisor-1', 'VILLAGE_SUPERVISOR'],
    ['villager-1', 'VILLAGER'],
  ] as const) {
    await villages.grant({ account, role, division: CODES.own });
  }
  // Elsewhere he sees vouchers, here he does not.
  await villages.grant({ account: 'both-1', role: 'VILLAGE_HEAD', division: CODES.own });
  await villages.grant({ account: 'both-1', role: 'VILLAGE_SUPERVISOR', division: CODES.neighbour });
  await people.project();
});

afterAll(() => people.close());

async function linksOf(by: string, path: string): Promise<string[]> {
  const { status, text } = await people.ask(by, 'GET', path, undefined, PAGE);
  if (status !== 200) throw new Error(`${by} ${path}: ${status} ${text}`);
  return [...text.matchAll(/<a href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
}

/** What its reader is answered who follows each link. */
async function statuses(by: string, path: string): Promise<number[]> {
  const links = [...new Set(await linksOf(by, path))];
  const answers = await Promise.all(
    links.map((href) => people.ask(by, 'GET', href.replace('/api/v1', ''), undefined, PAGE)),
  );
  return [...new Set(answers.map(({ status }) => status))];
}

describe('the links of a page', () => {
  it('are followed by whoever is offered them', async () => {
    expect(await statuses('supervisor-1', REPORT)).toEqual([200]);
    expect(await statuses('supervisor-1', ENTRIES)).toEqual([200]);
    expect(await statuses('head-1', REPORT)).toEqual([200]);
  });

  it('are not offered to who would be refused there: vouchers to the head of a village, entries to a villager', async () => {
    expect(await linksOf('head-1', ENTRIES)).toEqual([]);
    expect(await linksOf('both-1', ENTRIES)).toEqual([]);
    expect(await linksOf('villager-1', REPORT)).toEqual([]);
  });

  it('are spoken of to who is offered them, and to nobody else', async () => {
    const [head, villager] = await Promise.all(
      ['head-1', 'villager-1'].map((by) => people.ask(by, 'GET', REPORT, undefined, PAGE)),
    );
    expect(head?.text).toContain('表中每个金额都链接到构成它的凭证');
    expect(villager).toMatchObject({ status: 200, text: expect.not.stringContaining('链接到构成它的凭证') });
  });
});
