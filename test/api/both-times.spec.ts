import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { van } from './refusals/assets.js';
import { consentBody } from '../support/household-people.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { creditCode, readingBody, gainBody, saleBody, settlementBody, VillageBooks } from '../support/village-books.js';

/** A question, two days and two moments between which its answer changes. */
interface Question {
  readonly path: string;
  /** Left out where the route takes no `asOf`. */
  readonly days?: readonly [string, string];
  /** Before what changes the answer was recorded; the other moment is the newest. */
  readonly before: () => number;
}

const directory = temporaryDirectory();
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
let ledger: RunningLedger;
let books: VillageBooks;
let village: string;
let book: string;
let household: string;
let project: string;
/** Positions: nothing but registers; January closed; all of it. */
const at = { registered: 0, januaryClosed: 0, all: 0 };

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  await books.district();
  const opened = await books.book();
  ({ village, id: book } = opened);
  const { head } = (await ledger.get<{ head: number }>('/health/ready')).body;
  at.registered = head;
  await pause();
  await books.income(book, '2024-01-20', 100_00);
  await books.close(book, '2024-01');
  at.januaryClosed = (await ledger.get<{ head: number }>('/health/ready')).body.head;
  await pause();
  await books.income(book, '2024-01-25', 30_00, { correction: { reason: '一月漏记' } });
  await books.accepted(`/books/${book}/accounts`, { code: '50107', name: '直播收入', effectiveOn: '2024-02-01' });
  await books.accepted(`/books/${book}/handovers`, {
    effectiveOn: '2024-02-15',
    from: 'accountant-7',
    to: 'accountant-8',
    openItems: ['二月对账单待补'],
    preparedBy: 'accountant-8',
    reviewedBy: 'reviewer-1',
  });
  await books.accepted(`/divisions/${village}/rename`, { name: '新示例村', effectiveOn: '2024-03-01' });
  await books.accepted(`/books/${book}/assets`, van());
  await books.book({ name: '邻村' });
  household = await books.household(village, '2024-02-01');
  await books.accepted(`/indicators/${village}/villages/readings`, readingBody('2024-02-29'));
  project = await books.project({ leadVillage: village, effectiveOn: '2024-02-10' });
  await books.income(book, '2024-03-05', 70_00, { project });
  await books.accepted(`/projects/${project}/enrolments`, { household, role: 'HOST', effectiveOn: '2024-02-20' });
  await books.accepted(`/projects/${project}/jobs`, { worker: 'worker-1', kind: 'CASUAL', effectiveOn: '2024-02-20' });
  await books.accepted(`/projects/${project}/jobs`, {
    worker: 'worker-2',
    kind: 'CASUAL',
    household,
    effectiveOn: '2024-02-20',
  });
  await books.accepted(`/households/${household}/consent`, { ...consentBody(), effectiveOn: '2024-02-20' });
  await books.accepted(`/projects/${project}/sales`, saleBody('2024-02-20'));
  await books.accepted(`/projects/${project}/visitor-counts`, {
    from: '2024-02-20',
    to: '2024-02-20',
    count: 9,
    source: 'GATE',
  });
  await books.accepted(`/projects/${project}/gains`, { ...gainBody('2024-02-20'), village });
  await books.accepted(`/projects/${project}/gains`, gainBody('2024-02-20', { household }));
  await books.accepted(`/projects/${project}/allocation-schemes`, {
    shares: [{ village, basisPoints: 10_000 }],
    effectiveOn: '2024-02-10',
  });
  await books.accepted(`/projects/${project}/settlements`, settlementBody('2024-02-20', 50_00));
  const organization = creditCode(903, '54');
  const committee = { creditCode: organization, name: '示例村民委员会', kind: 'VILLAGE_COMMITTEE', village };
  await books.accepted('/organizations', { ...committee, effectiveOn: '2020-01-01' });
  const second = { organization, name: '第二账套', standard: 'rural-collective-2024', startPeriod: '2024-02' };
  at.all = (await books.accepted('/books', second)).position;
  await pause();
  await ledger.get('/divisions', { 'ledger-min-position': String(at.all) });
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

/** The van is registered on 2024-02-15, after January was closed. */
const ofAssets = (path: string): Question => ({
  path,
  days: ['2024-02-14', '2024-02-15'],
  before: () => at.januaryClosed,
});

const questions: Record<string, () => Question> = {
  'a village’s income': () => ({
    path: `/villages/${village}/income?from=2024-01&to=2024-03`,
    days: ['2024-01-19', '2024-03-31'],
    before: () => at.januaryClosed,
  }),
  'a township’s income': () => ({
    path: `/divisions/330603008/income?from=2024-01&to=2024-03`,
    days: ['2024-01-19', '2024-03-31'],
    before: () => at.januaryClosed,
  }),
  'the monthly income report': () => ({
    path: `/reports/monthly-income?scope=330603008&period=2024-01&basis=restated`,
    days: ['2024-01-19', '2024-01-31'],
    before: () => at.januaryClosed,
  }),
  'the entries behind an income': () => ({
    path: `/divisions/330603008/income-entries?from=2024-01&to=2024-03`,
    days: ['2024-01-19', '2024-03-31'],
    before: () => at.januaryClosed,
  }),
  'the books': () => ({
    path: `/books?division=330603008`,
    days: ['2019-12-31', '2024-03-31'],
    before: () => at.januaryClosed,
  }),
  'the accounts of a book': () => ({
    path: `/books/${book}/accounts`,
    days: ['2024-01-31', '2024-02-01'],
    before: () => at.januaryClosed,
  }),
  'the closes of a book': () => ({
    path: `/books/${book}/closes`,
    days: ['2024-01-30', '2024-01-31'],
    before: () => at.registered,
  }),
  'the handovers of a book': () => ({
    path: `/books/${book}/handovers`,
    days: ['2024-02-14', '2024-02-15'],
    before: () => at.januaryClosed,
  }),
  balances: () => ({
    path: `/books/${book}/balances`,
    days: ['2024-01-19', '2024-01-20'],
    before: () => at.registered,
  }),
  'a trial balance': () => ({ path: `/books/${book}/trial-balance?period=2024-02`, before: () => at.januaryClosed }),
  'the vouchers of a month': () => ({
    path: `/books/${book}/vouchers?period=2024-01`,
    days: ['2024-01-19', '2024-01-20'],
    before: () => at.registered,
  }),
  'a voucher': () => ({
    path: `/books/${book}/vouchers/2024-01/1`,
    days: ['2024-01-19', '2024-01-20'],
    before: () => at.registered,
  }),
  'the divisions': () => ({
    path: '/divisions',
    days: ['2024-02-29', '2024-03-01'],
    before: () => at.januaryClosed,
  }),
  'the organisations': () => ({
    path: '/organizations',
    days: ['2019-12-31', '2024-03-31'],
    before: () => at.januaryClosed,
  }),
  'a household': () => ({
    path: `/households/${household}`,
    days: ['2024-01-31', '2024-02-01'],
    before: () => at.januaryClosed,
  }),
  'to what a household agrees': () => ({
    path: `/households/${household}/consent`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the households of a village': () => ({
    path: `/villages/${village}/households`,
    days: ['2024-01-31', '2024-02-01'],
    before: () => at.januaryClosed,
  }),
  'the households of a township': () => ({
    path: '/divisions/330603008/households',
    days: ['2024-01-31', '2024-02-01'],
    before: () => at.januaryClosed,
  }),
  'a project': () => ({
    path: `/projects/${project}`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the enrolments of a project': () => ({
    path: `/projects/${project}/enrolments`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the jobs of a project': () => ({
    path: `/projects/${project}/jobs`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the sales of a project': () => ({
    path: `/projects/${project}/sales`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the counts of visitors of a project': () => ({
    path: `/projects/${project}/visitor-counts`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the gains of a project': () => ({
    path: `/projects/${project}/gains`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the settlements of a project': () => ({
    path: `/projects/${project}/settlements`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the shares of a village': () => ({
    path: `/villages/${village}/shares`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the shares of a township': () => ({
    path: '/divisions/330603008/shares',
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the enrolled households of a village': () => ({
    path: `/villages/${village}/enrolments`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the jobs of a village': () => ({
    path: `/villages/${village}/jobs`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the gains of a village': () => ({
    path: `/villages/${village}/gains`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the projects of a household': () => ({
    path: `/households/${household}/enrolments`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the jobs of a household': () => ({
    path: `/households/${household}/jobs`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the gains of a household': () => ({
    path: `/households/${household}/gains`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the enrolments of a township': () => ({
    path: `/divisions/330603008/enrolments`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the projects of a village': () => ({
    path: `/villages/${village}/projects`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the projects of a township': () => ({
    path: `/divisions/330603008/projects`,
    days: ['2024-02-19', '2024-02-20'],
    before: () => at.januaryClosed,
  }),
  'the projects': () => ({
    path: '/projects',
    days: ['2024-02-09', '2024-02-10'],
    before: () => at.januaryClosed,
  }),
  'published figures': () => ({
    path: `/indicators?scope=${village}`,
    days: ['2024-02-28', '2024-02-29'],
    before: () => at.januaryClosed,
  }),
  'published figures beside those of the ledger': () => ({
    path: `/indicators/${village}/villages/comparison`,
    days: ['2024-02-28', '2024-02-29'],
    before: () => at.januaryClosed,
  }),
  'the card of an asset': () => ofAssets(`/assets/${book}-1`),
  'the assets of a book': () => ofAssets(`/books/${book}/assets`),
  'the assets of a village': () => ofAssets(`/villages/${village}/assets`),
  'the assets of a township': () => ofAssets('/divisions/330603008/assets'),
  'the totals of assets': () => ofAssets('/divisions/330603008/asset-totals'),
  'what assets asked their book to post': () => ofAssets(`/books/${book}/asset-postings`),
  'the cards beside the books': () => ofAssets(`/books/${book}/asset-comparison`),
  'the facts': () => ({ path: '/events', before: () => at.registered }),
};

describe.each(Object.entries(questions))('%s', (_, question) => {
  const ask = async (said: Record<string, string | number>) => {
    const { path } = question();
    const query = new URLSearchParams(Object.entries(said).map(([name, value]) => [name, String(value)]));
    return ledger.get(`${path}${path.includes('?') ? '&' : '?'}${query.toString()}`);
  };
  /** All that the answer says beside the times it was asked for. */
  const said = async (times: Record<string, string | number>) => {
    const { status, body } = await ask(times);
    const { asOf: _asOf, knownAt: _knownAt, ...rest } = body;
    return { status, ...rest };
  };

  it('differs with asOf, or refuses it', async () => {
    const { days } = question();
    if (days === undefined) {
      expect(await ask({ asOf: '2024-01-20' })).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
      return;
    }
    const [early, late] = await Promise.all(days.map(async (asOf) => said({ asOf })));
    expect(late?.status).toBe(200);
    expect(early).not.toEqual(late);
  });

  it('differs with knownAt, and an instant means the last whole append before it', async () => {
    const { before } = question();
    const early = await said({ knownAt: before() });
    const late = await said({ knownAt: at.all });
    expect(late.status).toBe(200);
    expect(early).not.toEqual(late);

    const { rows } = (await ledger.get<{ rows: { position: number; recordedAt: string }[] }>('/events?limit=1000'))
      .body;
    const instant = rows.find(({ position }) => position === before())?.recordedAt ?? '';
    expect(await said({ knownAt: instant })).toEqual(early);
    const inShanghai = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
    expect(await said({ knownAt: inShanghai })).toEqual(early);
    expect((await ask({ knownAt: before() })).body['knownAt'] ?? before()).toBe(before());
  });

  it('states its times and the views that it used', async () => {
    const { days, path } = question();
    const { body } = await ask({ ...(days && { asOf: days[1] }), knownAt: at.all });
    expect(body['knownAt']).toBe(at.all);
    expect(body['asOf']).toBe(days?.[1]);
    if (path === '/events') return;
    expect(Object.values(body['views'] as Record<string, number>)).not.toHaveLength(0);
    expect(Object.values(body['views'] as Record<string, number>).every((version) => version > 0)).toBe(true);
  });

  it('refuses what it does not know, and times that have not come', async () => {
    expect(await ask({ colour: 'red' })).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
    expect(await ask({ knownAt: '2024-02-30T00:00:00Z' })).toMatchObject({ status: 400 });
    expect(await ask({ knownAt: '2024-02-20T00:00:00' })).toMatchObject({ status: 400 });
    expect(await ask({ knownAt: -1 })).toMatchObject({ status: 400 });
    for (const knownAt of ['999999999', '2999-01-01T00:00:00Z']) {
      expect(await ask({ knownAt })).toMatchObject({
        status: 422,
        body: { code: 'KNOWN_AT_IN_FUTURE', field: 'knownAt' },
      });
    }
  });
});

const asked = (): string[] =>
  Object.values(questions).map((question) => {
    const { path, days } = question();
    return `${path}${path.includes('?') ? '&' : '?'}knownAt=${at.all}${days === undefined ? '' : `&asOf=${days[1]}`}`;
  });

const answers = async () => Promise.all(asked().map(async (path) => (await ledger.get(path)).text));

describe('the same question', () => {
  it('has the same bytes for ever: at once, after more was recorded, and from another process', async () => {
    const first = await answers();
    expect(await answers()).toEqual(first);

    await books.income(book, '2024-02-10', 999_00);
    await books.income(book, '2024-01-26', 77_00, { correction: { reason: '又漏记一笔' } });
    await books.accepted(`/divisions/${village}/rename`, { name: '再改名村', effectiveOn: '2024-02-01' });
    await books.accepted(`/books/${book}/vouchers/2024-01/1/reversal`, {
      reason: '重复入账',
      preparedBy: 'accountant-1',
      reviewedBy: 'reviewer-1',
    });
    await books.accepted(`/books/${book}/accounts/50107/retire`, { effectiveOn: '2024-02-01' });
    await books.accepted(`/households/${household}/dissolve`, { reason: '整户迁出', effectiveOn: '2024-02-01' });
    await books.household(village, '2024-01-31');
    await books.accepted(`/indicators/${village}/villages/readings`, readingBody('2024-02-28'));
    expect(await answers()).toEqual(first);

    expect(await ledger.stop()).toBe(0);
    ledger = await startLedger(directory.path);
    expect(await answers()).toEqual(first);
  });
});
