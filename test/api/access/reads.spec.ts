import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bookIdOf } from '@ledger/domain';
import { FeedClient } from '../../support/feed-client.js';
import { type LedgerWithAccounts, startWithAccounts } from '../../support/ledger-with-accounts.js';
import { pdf } from '../../support/sample-files.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { creditCode, settlementBody } from '../../support/village-books.js';
import { DAY, grantOf } from './places.js';

const ONE = '330603008';
const OTHER = '330603002';
const directory = temporaryDirectory();
let set: LedgerWithAccounts;

const accounts = [
  'reviewer-one',
  'reviewer-other',
  'narrow-1',
  'narrow-2',
  'narrow-3',
  'narrow-4',
  'narrow-5',
  'narrow-6',
  'leader-1',
  'clerk-1',
  'clerk-2',
  'auditor-1',
  'temporary-1',
  'later-1',
  'feeder-1',
];

beforeAll(async () => {
  set = await startWithAccounts(directory.path, accounts);
  await set.books.district();
  await grantOf(set.books, { account: 'reviewer-one', role: 'TOWN_REVIEWER', division: ONE });
  await grantOf(set.books, { account: 'reviewer-other', role: 'TOWN_REVIEWER', division: OTHER });
  await grantOf(set.books, { account: 'leader-1', role: 'TOWN_LEADER', division: ONE });
});

afterAll(async () => {
  await set.ledger.stop();
  directory.remove();
});

const statuses = async (account: string, ...paths: string[]): Promise<number[]> =>
  Promise.all(paths.map(async (path) => (await set.as(account).get(path)).status));

describe('a grant of some books', () => {
  it('shows them and their villages, and no sum above them', async () => {
    const assigned = await set.books.book({ township: ONE });
    const neighbour = await set.books.book({ township: ONE });
    await grantOf(set.books, { account: 'narrow-1', role: 'TOWN_ACCOUNTANT', division: ONE, books: [assigned.id] });

    expect(
      await statuses(
        'narrow-1',
        `/books/${assigned.id}`,
        `/villages/${assigned.village}/income?from=2024-01&to=2024-02`,
        `/books/${neighbour.id}`,
        `/villages/${neighbour.village}/income?from=2024-01&to=2024-02`,
        `/divisions/${ONE}/income?from=2024-01&to=2024-02`,
        `/reports/monthly-income?scope=${ONE}&period=2024-01`,
      ),
    ).toEqual([200, 200, 404, 404, 404, 404]);
    const { body } = await set.as('narrow-1').get<{ rows: { id: string }[] }>('/books');
    expect(body.rows.map(({ id }) => id)).toEqual([assigned.id]);
  });

  it('is not put together with what another grant gives', async () => {
    const { village, id: first } = await set.books.book({ township: ONE });
    const second = await secondBook(village);
    await grantOf(set.books, { account: 'narrow-2', role: 'TOWN_ACCOUNTANT', division: ONE, books: [first] });
    await grantOf(set.books, { account: 'narrow-2', role: 'TOWN_ACCOUNTANT', division: OTHER });
    // The second grant gives all books of its own township, and the first this village, but not both together.
    expect(await statuses('narrow-2', `/books/${first}`, `/books/${second}`)).toEqual([200, 404]);
  });

  it('is said beside every sum that is made of these books, and makes no paper', async () => {
    const { village, id: first } = await set.books.book({ township: ONE });
    await set.books.income(first, '2024-01-20', 100_00);
    await set.books.income(await secondBook(village), '2024-01-20', 900_00);
    const project = await set.books.project({ leadVillage: village, effectiveOn: '2024-01-10' });
    await grantOf(set.books, { account: 'narrow-4', role: 'TOWN_ACCOUNTANT', division: ONE, books: [first] });
    const report = `/reports/monthly-income?scope=${village}&period=2024-01`;
    const entries = `/divisions/${village}/income-entries?from=2024-01&to=2024-01`;
    const sums = [
      `/villages/${village}/income?from=2024-01&to=2024-01`,
      `/divisions/${village}/income?from=2024-01&to=2024-01`,
      `/divisions/${village}/asset-totals`,
      `/indicators/${village}/collectiveTotalIncome/comparison`,
      `/projects/${project}`,
      entries,
      report,
    ];
    for (const path of sums) {
      const [part, whole] = await Promise.all(['narrow-4', 'reviewer-one'].map((who) => set.as(who).get(path)));
      expect([path, part?.status, part?.body['onlyBooks']]).toEqual([path, 200, [first]]);
      expect([path, whole?.status, whole?.body['onlyBooks']]).toEqual([path, 200, undefined]);
    }
    expect((await set.as('narrow-4').get(sums[0] ?? '')).body['totalFen']).toBe(100_00);
    expect((await set.as('reviewer-one').get(sums[0] ?? '')).body['totalFen']).toBe(1_000_00);
    for (const path of [`${report}&format=xlsx`, `${report}&format=html`]) {
      const { status, body } = await set.as('narrow-4').get(path);
      expect([status, body['code'], body['facts']]).toEqual([403, 'GRANT_TOO_NARROW', { needs: 'allBooksThere' }]);
      expect(await statuses('reviewer-one', path)).toEqual([200]);
    }
    expect((await set.as('narrow-4').get(entries, { accept: 'text/html' })).status).toBe(403);
  });

  it('may name a book that is opened later', async () => {
    const { village } = await set.books.book({ township: ONE });
    const book = bookIdOf(collective(village));
    await grantOf(set.books, { account: 'narrow-3', role: 'TOWN_ACCOUNTANT', division: ONE, books: [book] });
    expect(await statuses('narrow-3', `/books/${book}`)).toEqual([404]);
    expect(await secondBook(village)).toBe(book);
    expect(await statuses('narrow-3', `/books/${book}`)).toEqual([200]);
  });
});

const collective = (village: string): string => creditCode(7_000 + Number(village.slice(-3)));

/** A second collective of a village, with a book of its own. */
async function secondBook(village: string): Promise<string> {
  const organization = collective(village);
  const said = { creditCode: organization, name: '第二社', kind: 'COLLECTIVE', village, effectiveOn: '2020-01-01' };
  await set.books.accepted('/organizations', said);
  const book = { organization, name: '第二账套', standard: 'rural-collective-2024', startPeriod: '2024-01' };
  const { stream, position } = await set.books.accepted('/books', book);
  const headers = { 'ledger-min-position': String(position) };
  expect((await set.scene.get('/books', headers)).status).toBe(200);
  return stream.slice('book-'.length);
}

describe('a joint project of two townships', () => {
  it('shows each reader his own villages, and its facts to who sees all of them', async () => {
    const lead = await set.books.book({ township: ONE });
    const partner = await set.books.book({ township: OTHER });
    const project = await set.books.project({
      leadVillage: lead.village,
      villages: [partner.village],
      effectiveOn: '2024-01-10',
    });
    const shares = [
      { village: lead.village, basisPoints: 6_000 },
      { village: partner.village, basisPoints: 4_000 },
    ];
    await set.books.accepted(`/projects/${project}/allocation-schemes`, { shares, effectiveOn: '2024-01-10' });
    await set.books.accepted(`/projects/${project}/settlements`, settlementBody('2024-03-31', 1_000_00));
    const here = await set.books.household(lead.village, '2024-01-01');
    const there = await set.books.household(partner.village, '2024-01-01');
    for (const household of [here, there]) {
      await set.books.accepted(`/projects/${project}/enrolments`, { household, role: 'GROWER', effectiveOn: DAY });
    }
    await grantOf(set.books, { account: 'clerk-1', role: 'VILLAGE_CLERK', division: partner.village });

    const seen = (await set.as('reviewer-other').get<ProjectAnswer>(`/projects/${project}`)).body;
    expect(seen.project).toMatchObject({ leadVillage: null, scheme: { shares: [shares[1]] } });
    expect(seen).toMatchObject({ sales: null, visitors: null, enrolled: 1, villages: [{ village: partner.village }] });
    const { body: settled } = await set.as('reviewer-other').get(`/projects/${project}/settlements`);
    expect(settled).toMatchObject({ amountFen: 400_00, rows: [{ shares: [{ village: partner.village }] }] });
    const listed = await set.as('reviewer-other').get<{ rows: { project: string }[] }>('/projects?limit=1000');
    expect(listed.body.rows.filter((row) => row.project === project)).toHaveLength(1);

    const page = await set
      .as('clerk-1')
      .get<{ rows: object[]; next: string | null }>(`/projects/${project}/enrolments?limit=1`);
    expect(page.body.rows).toMatchObject([{ household: there, village: partner.village }]);
    const rest = await set
      .as('clerk-1')
      .get<{ rows: object[] }>(`/projects/${project}/enrolments?limit=1&after=${page.body.next ?? ''}`);
    expect(rest.body.rows).toEqual([]);
    for (const account of ['reviewer-one', 'reviewer-other']) {
      const { text } = await set.as(account).get('/events?limit=1000');
      expect(text).not.toContain('IncomeAllocated');
    }
    await grantOf(set.books, { account: 'auditor-1', role: 'AUDITOR', division: '330603' });
    expect((await set.as('auditor-1').get('/events?limit=1000')).text).toContain('IncomeAllocated');
  });
});

describe('the name of a project', () => {
  it('is not told by an entry or a voucher to who does not see it', async () => {
    const { id: book, village } = await set.books.book({ township: ONE });
    const { village: elsewhere } = await set.books.book({ township: OTHER });
    const said = { kind: 'VEGETABLE_BRAND', effectiveOn: '2024-01-10' };
    let position = 0;
    for (const [name, leadVillage] of [
      ['示例菜园', village],
      ['示例茶园', elsewhere],
    ] as const) {
      const { stream } = await set.books.accepted('/projects', { ...said, name, leadVillage });
      ({ position } = await set.books.income(book, DAY, 100, { project: stream.slice('project-'.length) }));
    }
    const headers = { accept: 'text/html', 'ledger-min-position': String(position) };
    for (const path of [
      `/reports/monthly-income?scope=${village}&period=2024-03`,
      `/divisions/${village}/income-entries?from=2024-03&to=2024-03&measure=recognised`,
      `/books/${book}/vouchers/2024-03/1`,
      `/books/${book}/vouchers/2024-03/2`,
    ]) {
      const [one, all] = [await set.as('reviewer-one').get(path, headers), await set.scene.get(path, headers)];
      expect([path, one.status, one.text.includes('示例茶园')]).toEqual([path, 200, false]);
      expect(one.text.includes('示例菜园')).toBe(all.text.includes('示例菜园'));
      expect(all.text).toMatch(/示例[菜茶]园/);
    }
  });
});

interface ProjectAnswer extends Record<string, unknown> {
  readonly project: object;
}

describe('an attachment', () => {
  it('is there for who uploaded it and for who sees a fact that names it, and told to nobody else', async () => {
    const { bytes, sha256 } = pdf('of one village');
    const { id: book, village } = await set.books.book({ township: ONE });
    const clerk = await set.books.book({ township: OTHER });
    await grantOf(set.books, { account: 'clerk-2', role: 'VILLAGE_CLERK', division: clerk.village });
    const path = `/attachments/${sha256}`;
    expect((await set.scene.put(path, bytes)).status).toBe(201);
    expect(await statuses('reviewer-one', path)).toEqual([404]);
    await set.books.income(book, DAY, 100, { evidence: [sha256] });
    const { position } = await set.books.income(book, DAY, 101);
    await set.scene.get('/books', { 'ledger-min-position': String(position) });
    expect(await statuses('reviewer-one', path)).toEqual([200]);

    const absent = pdf('never uploaded').sha256;
    const hidden = await set.as('reviewer-other').get(path);
    const unknown = await set.as('reviewer-other').get(`/attachments/${absent}`);
    expect([hidden.status, hidden.text.replaceAll(sha256, absent)]).toEqual([404, unknown.text]);
    // The same bytes by somebody else are to him a new file, which he has from then on.
    const first = await set.as('clerk-2').put(path, bytes);
    const again = await set.as('clerk-2').put(path, bytes);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(await statuses('clerk-2', path)).toEqual([200]);
    expect(await statuses('reviewer-other', path)).toEqual([404]);
    expect(village).not.toBe(clerk.village);
  });
});

describe('the numbers of households', () => {
  it('are for the township too, the households themselves are not', async () => {
    const { village } = await set.books.book({ township: ONE });
    const household = await set.books.household(village, '2024-01-01');
    const { body, text } = await set.as('leader-1').get(`/divisions/${village}/households`);
    expect(body).toMatchObject({ households: 1, rows: null, next: null });
    expect(text).not.toContain(household);
    expect(await statuses('leader-1', `/households/${household}`)).toEqual([403]);
  });
});

describe('a grant', () => {
  it('ends with the next request when it is taken back, and begins on its first day', async () => {
    const grant = await grantOf(set.books, { account: 'temporary-1', role: 'TOWN_LEADER', division: ONE });
    expect(await statuses('temporary-1', '/books')).toEqual([200]);
    await set.books.accepted(`/grants/${grant}/revocation`, { reason: '岗位调整' });
    expect(await statuses('temporary-1', '/books')).toEqual([403]);
    await grantOf(set.books, { account: 'later-1', role: 'TOWN_LEADER', division: ONE, from: '2999-01-01' });
    expect(await statuses('later-1', '/books')).toEqual([403]);
  });

  it('ends an open feed', async () => {
    const grant = await grantOf(set.books, { account: 'feeder-1', role: 'TOWN_REVIEWER', division: ONE });
    const { id: mine } = await set.books.book({ township: ONE });
    const { id: other } = await set.books.book({ township: OTHER });
    const feed = await FeedClient.open(set.ledger.url, '', set.as('feeder-1').headers);
    await set.books.income(other, DAY, 1);
    await set.books.income(mine, DAY, 2);
    const [told] = await feed.atLeast(1);
    expect(JSON.parse(told?.data.fact ?? '')).toMatchObject({ type: 'IncomeRecorded', data: { book: mine } });
    const ended = once(feed.response, 'close', { signal: AbortSignal.timeout(10_000) });
    await set.books.accepted(`/grants/${grant}/revocation`, { reason: '岗位调整' });
    await ended;
    expect(feed.events).toHaveLength(1);
  });
});

describe('whether the process can serve', () => {
  it('is all that is told to who has not said who he is', async () => {
    expect((await set.ledger.get('/health/ready')).body).toEqual({ status: 'ok' });
  });
});

interface Shares extends Record<string, unknown> {
  readonly rows: readonly { readonly organization: string | null }[];
  readonly onlyBooks?: readonly string[];
}

interface Settlements extends Record<string, unknown> {
  readonly rows: readonly { readonly shares: Shares['rows'] }[];
  readonly onlyBooks?: readonly string[];
}

describe('shares of a village with two books', () => {
  it('are shown to a grant of one book as far as they go into it, which is said beside them', async () => {
    const { village, id: first, creditCode: organization } = await set.books.book({ township: ONE });
    const second = await secondBook(village);
    const project = await set.books.project({ leadVillage: village, effectiveOn: '2024-01-10' });
    const shares = [{ village, organization, basisPoints: 10_000 }];
    await set.books.accepted(`/projects/${project}/allocation-schemes`, { shares, effectiveOn: '2024-01-10' });
    await set.books.accepted(`/projects/${project}/settlements`, settlementBody('2024-01-31', 6_00));
    await grantOf(set.books, { account: 'narrow-5', role: 'TOWN_ACCOUNTANT', division: ONE, books: [first] });
    await grantOf(set.books, { account: 'narrow-6', role: 'TOWN_ACCOUNTANT', division: ONE, books: [second] });
    const seen = async (who: string) => {
      const paths = [`/villages/${village}/shares`, `/divisions/${village}/shares`];
      const pages = await Promise.all(paths.map(async (path) => (await set.as(who).get<Shares>(path)).body));
      const { body } = await set.as(who).get<Settlements>(`/projects/${project}/settlements`);
      const settled = { rows: body.rows.flatMap((month) => month.shares), onlyBooks: body.onlyBooks };
      return [...pages, settled].map(({ rows, onlyBooks }) => [rows.map((row) => row.organization), onlyBooks]);
    };
    const [part, nothing, whole] = [
      [[organization], [first]],
      [[], [second]],
      [[organization], undefined],
    ];
    expect(await seen('narrow-5')).toEqual([part, part, part]);
    expect(await seen('narrow-6')).toEqual([nothing, nothing, nothing]);
    expect(await seen('reviewer-one')).toEqual([whole, whole, whole]);
    expect((await set.as('narrow-6').get(`/projects/${project}/settlements`)).body['amountFen']).toBe(0);
  });
});
