import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { gainBody, saleBody, VillageBooks } from '../support/village-books.js';

type Body = Record<string, unknown>;

const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;
let lead: { id: string; village: string };
let partner: { id: string; village: string };
let project: string;
let path: string;
const households: string[] = [];
/** The newest position after each part of the story. */
const at = { running: 0, corrected: 0, closed: 0 };

const on = (effectiveOn: string, more: object = {}) => ({ effectiveOn, ...more });
const post = async (route: string, body: object) => (await books.accepted(`${path}${route}`, body)).position;
const get = async (route: string, headers: Record<string, string> = {}) => {
  const answer = await ledger.get<Body>(route, headers);
  return { ...answer.body, status: answer.status } as Body;
};

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  await books.district();
  lead = await books.book();
  partner = await books.book({ township: '330603002' });
  project = await books.project({
    leadVillage: lead.village,
    villages: [partner.village],
    effectiveOn: '2024-01-10',
  });
  path = `/projects/${project}`;
  const shares = [
    { village: lead.village, basisPoints: 6000 },
    { village: partner.village, basisPoints: 4000 },
  ];
  await post('/allocation-schemes', on('2024-02-01', { shares }));
  for (const { village } of [lead, partner, partner]) households.push(await books.household(village, '2024-01-01'));
  for (const [i, day] of ['2024-03-01', '2024-03-10', '2024-04-01'].entries())
    await post('/enrolments', on(day, { household: households[i], role: 'GROWER' }));
  await post(`/enrolments/${households[1] ?? ''}/withdrawal`, on('2024-05-01', { reason: '外出务工' }));
  await post('/jobs', on('2024-03-01', { worker: 'worker-1', kind: 'SEASONAL', household: households[1] }));
  await post('/jobs', on('2024-03-01', { worker: 'worker-2', kind: 'CASUAL', endedOn: '2024-04-01' }));
  await post('/sales', saleBody('2024-03-05', { amountFen: 300_00, quantityGrams: 1_500 }));
  await post('/sales', saleBody('2024-04-05', { amountFen: 200_00, quantityGrams: 1_000, product: '菜籽油' }));
  await post('/sales', saleBody('2024-04-05', { amountFen: 500_00, quantityGrams: 2_500 }));
  await post('/visitor-counts', { from: '2024-03-01', to: '2024-03-31', count: 120, source: 'TICKETS' });
  await post('/visitor-counts', { from: '2024-04-01', to: '2024-04-30', count: 80, source: 'TICKETS' });
  await post('/gains', gainBody('2024-06-30', { household: households[0] }));
  await books.income(lead.id, '2024-03-31', 600_00, { project });
  at.running = (await books.income(partner.id, '2024-04-30', 400_00, { project })).position;
  await post('/sales/3/withdrawal', { reason: '重复录入' });
  at.corrected = await post('/jobs/1/withdrawal', { reason: '登记有误' });
  await post('/complete', on('2024-07-01'));
  at.closed = await post('/close', on('2024-08-01'));
  await ledger.get('/projects', { 'ledger-min-position': String(at.closed) });
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const known = (asOf: string, knownAt: number) => `asOf=${asOf}&knownAt=${knownAt}`;

describe('a project', () => {
  it('is answered with its villages, people, sales, visitors and income, to both times', async () => {
    const body = await get(`${path}?${known('2024-04-30', at.running)}`);
    expect(body).toMatchObject({
      status: 200,
      asOf: '2024-04-30',
      knownAt: at.running,
      project: {
        project,
        name: '一桌土菜',
        kind: 'VEGETABLE_BRAND',
        leadVillage: lead.village,
        status: 'active',
        since: '2024-01-10',
        scheme: { since: '2024-02-01', shares: [{ basisPoints: 4000 }, { basisPoints: 6000 }] },
      },
      enrolled: 3,
      jobs: 1,
      sales: {
        sales: 3,
        quantityGrams: 5_000,
        amountFen: 1_000_00,
        products: [
          { product: '笋干', sales: 2, quantityGrams: 4_000, amountFen: 800_00 },
          { product: '菜籽油', sales: 1, quantityGrams: 1_000, amountFen: 200_00 },
        ],
      },
      visitors: { counts: 2, visitors: 200 },
      income: { basis: 'booked', totalFen: 1_000_00, operatingFen: 1_000_00 },
    });
    const since = '2024-01-10';
    const villages = [
      { village: lead.village, since, basisPoints: 6000, enrolled: 1, jobs: 0 },
      { village: partner.village, since, basisPoints: 4000, enrolled: 2, jobs: 1 },
    ];
    expect(body['villages']).toEqual(villages.toSorted((a, b) => (a.village < b.village ? -1 : 1)));
  });

  it('is another on an earlier day', async () =>
    expect(await get(`${path}?${known('2024-03-31', at.running)}`)).toMatchObject({
      enrolled: 2,
      jobs: 2,
      sales: { sales: 1, amountFen: 300_00 },
      visitors: { visitors: 120 },
      income: { totalFen: 600_00 },
    }));

  it('leaves out what was withdrawn, from when it was known, on every day', async () => {
    expect(await get(`${path}?${known('2024-04-30', at.corrected)}`)).toMatchObject({
      jobs: 0,
      sales: { sales: 2, amountFen: 500_00 },
    });
    expect(await get(`${path}?${known('2024-03-01', at.corrected)}`)).toMatchObject({ jobs: 1 });
    expect(await get(`${path}?${known('2024-03-01', at.running)}`)).toMatchObject({ jobs: 2 });
  });

  it('ends its enrolments when it is closed', async () => {
    expect(await get(`${path}?${known('2024-07-31', at.closed)}`)).toMatchObject({
      project: { status: 'completed', since: '2024-07-01' },
      enrolled: 2,
    });
    expect(await get(`${path}?${known('2024-08-01', at.closed)}`)).toMatchObject({
      project: { status: 'closed', since: '2024-08-01' },
      enrolled: 0,
    });
  });

  it('is unknown before it was proposed, before it was known, and when there is none', async () => {
    const unknown = { status: 404, code: 'PROJECT_UNKNOWN' };
    expect(await get(`${path}?asOf=2024-01-09`)).toMatchObject(unknown);
    expect(await get(`${path}?knownAt=1`)).toMatchObject(unknown);
    for (const list of ['', '/enrolments', '/jobs', '/gains', '/sales', '/visitor-counts'])
      expect(await get(`/projects/none${list}`)).toMatchObject({ ...unknown, facts: { project: 'none' } });
  });
});

const when = () => known('2024-04-30', at.running);

/** Every row of a list, asked for in pages of one. */
async function pages(route: string): Promise<Body[]> {
  const rows: Body[] = [];
  let after = '';
  for (;;) {
    const body = await get(`${route}&limit=1${after}`);
    expect(body['status']).toBe(200);
    const page = body['rows'] as Body[];
    expect(page.length).toBeLessThanOrEqual(1);
    rows.push(...page);
    if (body['next'] === null) return rows;
    after = `&after=${body['next'] as string}`;
  }
}

describe('lists of a project', () => {
  it('come page by page', async () => {
    const enrolments = await pages(`${path}/enrolments?${when()}`);
    expect(new Set(enrolments.map((row) => row['household']))).toEqual(new Set(households));
    expect(enrolments.find((row) => row['household'] === households[1])).toMatchObject({
      project,
      village: partner.village,
      role: 'GROWER',
      contract: null,
      since: '2024-03-10',
    });
    expect(await pages(`${path}/sales?${when()}`)).toMatchObject([
      { saleNo: 1, effectiveOn: '2024-03-05', product: '笋干', quantityGrams: 1_500, amountFen: 300_00 },
      { saleNo: 2, product: '菜籽油', channel: 'SHOP' },
      { saleNo: 3 },
    ]);
    expect(await pages(`${path}/sales?${known('2024-04-30', at.corrected)}`)).toHaveLength(2);
    expect(await pages(`${path}/jobs?${when()}`)).toMatchObject([
      { jobNo: 1, worker: 'worker-1', household: households[1], village: partner.village, since: '2024-03-01' },
    ]);
    expect(await pages(`${path}/visitor-counts?${when()}`)).toMatchObject([{ countNo: 1 }, { countNo: 2, count: 80 }]);
    expect(await pages(`${path}/gains?asOf=2024-06-30&knownAt=${at.running}`)).toMatchObject([
      { gainNo: 1, year: 2024, amountFen: 3_000_00, household: households[0], village: lead.village },
    ]);
  });

  it('take no cursor of another list', async () => {
    const { next } = await get(`${path}/enrolments?${when()}&limit=1`);
    expect(await get(`${path}/sales?after=${next as string}`)).toMatchObject({ status: 400, code: 'INPUT_INVALID' });
  });
});

describe('projects by place', () => {
  it('are those that a village takes part in', async () => {
    const rows = await pages(`/villages/${partner.village}/projects?${when()}`);
    const since = '2024-01-10';
    expect(rows).toEqual([
      {
        project,
        name: '一桌土菜',
        kind: 'VEGETABLE_BRAND',
        status: 'active',
        leadVillage: lead.village,
        village: partner.village,
        since,
        basisPoints: 4000,
        enrolled: 2,
        jobs: 1,
      },
    ]);
    expect(await pages(`/villages/${partner.village}/projects?asOf=2024-01-09`)).toEqual([]);
  });

  it('add up from villages to townships to the district', async () => {
    const people = { projects: 1, enrolled: 2, jobs: 1 };
    expect(await get(`/divisions/330603002/projects?${when()}`)).toMatchObject({
      ...people,
      villages: [{ village: partner.village, ...people }],
    });
    expect(await get(`/divisions/330603/projects?${when()}`)).toMatchObject({
      projects: 1,
      enrolled: 3,
      jobs: 1,
      rows: [expect.anything(), expect.anything()],
    });
    expect(await get(`/divisions/330603/enrolments?${when()}`)).toMatchObject({ enrolled: 3, jobs: 1 });
    expect(await get(`/divisions/330603008/enrolments?${when()}`)).toMatchObject({
      enrolled: 1,
      rows: [{ village: lead.village, project, name: '一桌土菜', enrolled: 1, jobs: 0 }],
    });
  });

  it('list the people of a village', async () => {
    const village = `/villages/${partner.village}`;
    expect(await pages(`${village}/enrolments?${when()}`)).toHaveLength(2);
    expect(await pages(`${village}/enrolments?${known('2024-05-01', at.running)}`)).toHaveLength(1);
    expect(await pages(`${village}/jobs?${when()}`)).toHaveLength(1);
    expect(await pages(`/villages/${lead.village}/gains?asOf=2024-06-30`)).toHaveLength(1);
    expect(await get('/villages/330603008/enrolments')).toMatchObject({ status: 400 });
    expect(await get('/villages/330603008998/jobs')).toMatchObject({ status: 404, code: 'VILLAGE_UNKNOWN' });
    expect(await get('/divisions/330603077/projects')).toMatchObject({ status: 404, code: 'DIVISION_UNKNOWN' });
  });

  it('list what one household has of them, under the code of its village then', async () => {
    const [first, second, third] = households.map((id) => `/households/${id}`);
    const enrolment = { project, household: households[1], village: partner.village, since: '2024-03-10' };
    expect(await pages(`${second}/enrolments?${known('2024-04-30', at.running)}`)).toMatchObject([enrolment]);
    expect(await pages(`${second}/enrolments?asOf=2024-05-01&knownAt=${at.running}`)).toEqual([]);
    expect(await pages(`${third}/enrolments?${when()}`)).toHaveLength(1);
    expect(await pages(`${second}/jobs?${known('2024-04-30', at.running)}`)).toMatchObject([
      { jobNo: 1, worker: 'worker-1', household: households[1], village: partner.village },
    ]);
    expect(await pages(`${second}/jobs?asOf=2024-04-30&knownAt=${at.corrected}`)).toEqual([]);
    const gain = { gainNo: 1, year: 2024, household: households[0], village: lead.village };
    expect(await pages(`${first}/gains?asOf=2024-06-30`)).toMatchObject([gain]);
    expect(await pages(`${second}/gains?asOf=2024-06-30`)).toEqual([]);
    expect(await get('/households/no-such-household/gains')).toMatchObject({ status: 404, code: 'HOUSEHOLD_UNKNOWN' });
    expect(await get(`${first}/jobs?asOf=2023-12-31`)).toMatchObject({ status: 404, code: 'HOUSEHOLD_UNKNOWN' });
  });

  it('are listed by their lead villages', async () => {
    expect(await pages(`/projects?${when()}`)).toHaveLength(1);
    expect(await pages(`/projects?division=330603008&${when()}`)).toHaveLength(1);
    expect(await pages(`/projects?division=330603002&${when()}`)).toHaveLength(0);
  });
});

describe('categories', () => {
  it('have their names in both languages, and no times', async () => {
    const all = await get('/projects/categories');
    expect(all['projectKinds']).toContainEqual({ id: 'WORKSHOP', zh: '共富工坊', en: 'common-prosperity workshop' });
    const { status: _, ...one } = await get('/projects/categories?table=jobKinds');
    expect(Object.keys(one)).toEqual(['jobKinds']);
    expect(await get('/projects/categories?asOf=2024-01-01')).toMatchObject({ status: 400 });
    expect(await get('/projects/categories?knownAt=1')).toMatchObject({ status: 400 });
  });
});
