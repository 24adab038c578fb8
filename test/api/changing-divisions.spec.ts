import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shanghaiDate } from '@ledger/domain';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { creditCode, settlementBody, VillageBooks } from '../support/village-books.js';

const DAY_MS = 86_400_000;
const daysAgo = (days: number): string => shanghaiDate(Date.now() - days * DAY_MS);
/** The new codes hold from D on and are recorded thirty days later, today. */
const [D, BEFORE, TODAY] = [daysAgo(30), daysAgo(31), daysAgo(0)];

const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;
const head = async () => (await ledger.get<{ head: number }>('/health/ready')).body.head;

interface Income {
  readonly totalFen: number;
  readonly villages: { village: string; totalFen: number }[];
}

const ask = (division: string, asOf: string, knownAt: number) =>
  ledger.get<Income & Record<string, unknown>>(
    `/divisions/${division}/income?from=2025-01&to=${TODAY.slice(0, 7)}&asOf=${asOf}&knownAt=${knownAt}`,
  );
/** The total, or the code of the refusal with what to use instead. */
const income = async (division: string, asOf: string, knownAt: number) => {
  const { status, body } = await ask(division, asOf, knownAt);
  if (status === 200) return body.totalFen;
  return [body['code'], (body['facts'] as Record<string, unknown>)['codeThen']].filter((said) => said !== undefined);
};

const bookIds = new Map<string, string>();
let serial = 700;

/** A village with its collective's book, registered under its township. */
async function registered(code: string, name: string): Promise<void> {
  await books.accepted('/divisions', { code, name, effectiveOn: '2020-01-01' });
  const organization = creditCode(++serial);
  const collective = { creditCode: organization, name: `${name}股份经济合作社`, kind: 'COLLECTIVE', village: code };
  await books.accepted('/organizations', { ...collective, effectiveOn: '2020-01-01' });
  const standard = 'rural-collective-2024';
  const opened = await books.accepted('/books', {
    organization,
    name: `${name}账套`,
    standard,
    startPeriod: '2025-01',
  });
  bookIds.set(code, opened.stream.slice('book-'.length));
}

const received = (code: string, on: string, amountFen: number) => books.income(bookIds.get(code) ?? '', on, amountFen);

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  for (const [code, name] of [
    ['330603', '柯桥区'],
    ['330603103', '福全镇'],
    ['330603008', '兰亭街道'],
  ]) {
    await books.accepted('/divisions', { code, name, effectiveOn: '2020-01-01' });
  }
  await registered('330603103201', '福一村');
  await registered('330603103202', '福二村');
  await registered('330603008201', '兰一村');
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

/** Whatever is asked as of any of the days and known at any position, the townships come to what the district has. */
async function expectTownshipsToSumUp(from: number): Promise<void> {
  const to = await head();
  for (let knownAt = from; knownAt <= to; knownAt++) {
    for (const asOf of [BEFORE, D, TODAY]) {
      const { rows } = (
        await ledger.get<{ rows: { code: string; level: string }[] }>(`/divisions?asOf=${asOf}&knownAt=${knownAt}`)
      ).body;
      const townships = rows.filter(({ level }) => level === 'township');
      const totals = await Promise.all(townships.map(async ({ code }) => income(code, asOf, knownAt)));
      expect(totals.every((total) => typeof total === 'number')).toBe(true);
      expect(totals.reduce<number>((sum, total) => sum + Number(total), 0)).toBe(await income('330603', asOf, knownAt));
    }
  }
}

describe('福全, recoded from a day and recorded thirty days later', () => {
  let unknown: number;
  let known: number;
  beforeAll(async () => {
    await received('330603103201', BEFORE, 1_000_00);
    await received('330603103202', BEFORE, 30_00);
    await received('330603008201', BEFORE, 500_00);
    await received('330603103201', D, 200_00);
    await received('330603103202', D, 7_00);
    await received('330603008201', D, 11_00);
    unknown = await head();
    const villages = [{ code: '330603103202', newCode: '330603006212' }];
    const said = { newCode: '330603006', effectiveOn: D, villages, reason: '撤镇设街道' };
    known = (await books.accepted('/divisions/330603103/recode', said)).position;
    await ledger.get('/divisions', { 'ledger-min-position': String(known) });
  });

  it('has its sums under the old code as long as the new one was not known', async () => {
    expect(await income('330603103', BEFORE, unknown)).toBe(1_030_00);
    expect(await income('330603103', D, unknown)).toBe(1_237_00);
    expect(await income('330603006', BEFORE, unknown)).toEqual(['DIVISION_UNKNOWN']);
    expect(await income('330603006', D, unknown)).toEqual(['DIVISION_UNKNOWN']);
  });

  it('has them under the old code before the day and under the new one from it on once that is known', async () => {
    expect(await income('330603103', BEFORE, known)).toBe(1_030_00);
    expect(await income('330603006', D, known)).toBe(1_237_00);
    expect(await income('330603103', D, known)).toEqual(['DIVISION_RECODED', '330603006000']);
    expect(await income('330603006', BEFORE, known)).toEqual(['DIVISION_RECODED', '330603103000']);
  });

  it('leaves its neighbour and the district as they were, and the townships sum to it', async () => {
    for (const knownAt of [unknown, known]) {
      expect(await income('330603008', BEFORE, knownAt)).toBe(500_00);
      expect(await income('330603008', D, knownAt)).toBe(511_00);
      expect(await income('330603', BEFORE, knownAt)).toBe(1_530_00);
      expect(await income('330603', D, knownAt)).toBe(1_748_00);
    }
    await expectTownshipsToSumUp(unknown - 6);
  });

  it('names its villages by the codes of the day', async () => {
    expect((await ask('330603103', BEFORE, known)).body.villages).toMatchObject([
      { village: '330603103201', totalFen: 1_000_00 },
      { village: '330603103202', totalFen: 30_00 },
    ]);
    expect((await ask('330603006', D, known)).body.villages).toMatchObject([
      { village: '330603006201', totalFen: 1_200_00 },
      { village: '330603006212', totalFen: 37_00 },
    ]);
  });

  it('has villages, books and organisations that are found under the code of the day', async () => {
    const of = async (path: string, asOf: string) =>
      (await ledger.get(`${path}${path.includes('?') ? '&' : '?'}asOf=${asOf}&knownAt=${known}`)).body;
    const months = `from=2025-01&to=${TODAY.slice(0, 7)}`;
    expect(await of(`/villages/330603006212/income?${months}`, D)).toMatchObject({ totalFen: 37_00 });
    expect(await of(`/villages/330603103202/income?${months}`, BEFORE)).toMatchObject({ totalFen: 30_00 });
    expect(await of(`/villages/330603103202/income?${months}`, D)).toMatchObject({
      code: 'DIVISION_RECODED',
      messageZh: `该区划在${D}的代码不是330603103202,而是330603006212。请改用330603006212,或改用330603103202有效的日期。`,
      messageEn: `On ${D} the code of this division is not 330603103202 but 330603006212. Use 330603006212, or a date on which 330603103202 holds.`,
    });
    const village = async (path: string, asOf: string) =>
      ((await of(path, asOf))['rows'] as { village: string }[]).map((row) => row.village);
    expect(await village('/books?division=330603103', BEFORE)).toEqual(['330603103201', '330603103202']);
    expect(await village('/books?division=330603006', D)).toEqual(['330603006201', '330603006212']);
    expect(await of('/books?division=330603103', D)).toMatchObject({ code: 'DIVISION_RECODED', field: 'division' });
    expect(await village('/organizations', BEFORE)).toEqual(['330603008201', '330603103201', '330603103202']);
    expect(await village('/organizations', D)).toEqual(['330603006201', '330603006212', '330603008201']);
    expect(((await of('/divisions', D))['rows'] as object[]).at(2)).toEqual({
      id: '330603103201',
      code: '330603006201',
      name: '福一村',
      level: 'village',
      parent: '330603006000',
      validFrom: D,
      position: known,
      origin: null,
    });
  });

  it('has books that go on, and new ones under the new code', async () => {
    await received('330603103201', TODAY, 5_00);
    const now = await head();
    expect(await income('330603006', TODAY, now)).toBe(1_242_00);
    const organization = creditCode(++serial, '54');
    const committee = {
      creditCode: organization,
      name: '福一村民委员会',
      kind: 'VILLAGE_COMMITTEE',
      effectiveOn: TODAY,
    };
    const refused = await ledger.post('/organizations', { ...committee, village: '330603103201' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'DIVISION_RECODED', field: 'village' } });
    await books.accepted('/organizations', { ...committee, village: '330603006201' });
    // Registered under the new code, opened for a month in which the old one still held.
    const opened = { organization, name: '福一村委会账套', standard: 'rural-collective-2024', startPeriod: '2025-01' };
    const { position } = await books.accepted('/books', opened);
    await ledger.get('/divisions', { 'ledger-min-position': String(position) });
    const { rows } = (await ledger.get<{ rows: { fact: string }[] }>('/events?limit=1000')).body;
    expect(JSON.parse(rows.at(-1)?.fact ?? '')).toMatchObject({
      type: 'BookOpened',
      division: '330603103201',
      data: { village: '330603103201' },
    });
  });
});

describe('villages that are merged, and one that is abolished', () => {
  it('keep their money in the sums of what goes on, and their books apart', async () => {
    const before = await head();
    const merged = { from: ['330603006212'], to: '330603008201', effectiveOn: D, reason: '行政村规模调整' };
    const { position: mergedAt } = await books.accepted('/divisions/merge', merged);
    await received('330603103202', TODAY, 1_00);
    const { position: abolishedAt } = await books.accepted('/divisions/330603006201/abolish', {
      effectiveOn: TODAY,
      reason: '整村搬迁',
    });
    await ledger.get('/divisions', { 'ledger-min-position': String(abolishedAt) });

    // 1,205.00 of 福一村; 38.00 of 福二村 and 511.00 of 兰一村.
    expect(await income('330603006', BEFORE, abolishedAt)).toEqual(['DIVISION_RECODED', '330603103000']);
    expect(await income('330603103', BEFORE, abolishedAt)).toBe(1_030_00);
    expect(await income('330603006', D, before)).toBe(1_237_00);
    expect(await income('330603006', D, mergedAt)).toBe(1_200_00);
    expect(await income('330603008', D, mergedAt)).toBe(548_00);
    expect(await income('330603006', TODAY, abolishedAt)).toBe(1_205_00);
    expect(await income('330603008', TODAY, abolishedAt)).toBe(549_00);
    expect(await income('330603', TODAY, abolishedAt)).toBe(1_754_00);
    await expectTownshipsToSumUp(before);

    const at = `asOf=${TODAY}&knownAt=${abolishedAt}`;
    const months = `from=2025-01&to=${TODAY.slice(0, 7)}`;
    expect((await ledger.get(`/villages/330603008201/income?${months}&${at}`)).body).toMatchObject({
      totalFen: 549_00,
    });
    const { rows } = (
      await ledger.get<{ rows: { id: string; village: string }[] }>(`/books?division=330603008201&${at}`)
    ).body;
    expect(rows.map(({ id }) => id).toSorted()).toEqual(
      [bookIds.get('330603008201') ?? '', bookIds.get('330603103202') ?? ''].toSorted(),
    );
    expect(rows.every((row) => row.village === '330603008201')).toBe(true);
    expect(await ledger.get(`/villages/330603006212/income?${months}&${at}`)).toMatchObject({
      status: 422,
      body: { code: 'VILLAGE_ABOLISHED', facts: { from: D, how: 'merged', standsIn: '330603008201' } },
    });
    expect(await ledger.get(`/villages/330603006201/income?${months}&${at}`)).toMatchObject({
      status: 422,
      body: { code: 'VILLAGE_ABOLISHED', facts: { from: TODAY, how: 'abolished', standsIn: '330603006000' } },
    });
    expect((await ask('330603006', TODAY, abolishedAt)).body.villages).toMatchObject([
      { village: '330603006201', totalFen: 1_205_00 },
    ]);
  });
});

describe('a project of villages whose codes change', () => {
  let path: string;
  const of = async (route: string, asOf: string, knownAt: number) =>
    (await ledger.get(`${path}${route}?asOf=${asOf}&knownAt=${knownAt}`)).body;

  beforeAll(async () => {
    const [lead, ...others] = ['330603008201', '330603103201', '330603103202'] as const;
    path = `/projects/${await books.project({ leadVillage: lead, villages: others, effectiveOn: BEFORE })}`;
    const shares = [
      { village: lead, basisPoints: 5000 },
      { village: others[0], basisPoints: 3000 },
      { village: others[1], basisPoints: 2000 },
    ];
    await books.accepted(`${path}/allocation-schemes`, { shares, effectiveOn: BEFORE });
    const household = await books.household(others[1], BEFORE);
    await books.accepted(`${path}/enrolments`, { household, role: 'GROWER', effectiveOn: BEFORE });
    const { position } = await books.accepted(`${path}/settlements`, settlementBody(BEFORE, 100_00));
    await ledger.get('/projects', { 'ledger-min-position': String(position) });
  });

  it('shows them under the codes of the day, in itself and in its lists', async () => {
    const now = await head();
    const [early, late] = [await of('', BEFORE, now), await of('', D, now)];
    const village = (code: string, basisPoints: number, enrolled: number) => ({
      village: code,
      since: BEFORE,
      basisPoints,
      enrolled,
      jobs: 0,
    });
    expect(early['villages']).toEqual([
      village('330603008201', 5000, 0),
      village('330603103201', 3000, 0),
      village('330603103202', 2000, 1),
    ]);
    // 福一村 was recoded; 福二村 went into 兰一村.
    expect(late['villages']).toEqual([village('330603006201', 3000, 0), village('330603008201', 7000, 1)]);
    const codes = ['330603008201', '330603006201', '330603008201'].map((code) => ({ village: code }));
    expect(late['project']).toMatchObject({ leadVillage: '330603008201', scheme: { shares: codes } });
    expect((await of('/enrolments', D, now))['rows']).toMatchObject([{ village: '330603008201' }]);
    expect((await of('/enrolments', BEFORE, now))['rows']).toMatchObject([{ village: '330603103202' }]);
    expect((await of('/settlements', D, now))['rows']).toMatchObject([{ shares: codes }]);
  });

  it('lets those that have ended leave, under their last codes', async () => {
    const today = { effectiveOn: TODAY };
    const leave = (code: string) => `${path}/villages/${code}/leave`;
    const refused = await ledger.post(leave('330603006201'), today);
    expect(refused).toMatchObject({ status: 422, body: { code: 'VILLAGE_HAS_SHARE' } });
    const shares = [{ village: '330603008201', basisPoints: 10_000 }];
    await books.accepted(`${path}/allocation-schemes`, { shares, ...today });
    await books.accepted(leave('330603006201'), today);
    const { position } = await books.accepted(leave('330603006212'), today);
    await ledger.get('/projects', { 'ledger-min-position': String(position) });
    expect((await of('', TODAY, position))['villages']).toMatchObject([
      { village: '330603008201', basisPoints: 10_000 },
    ]);
    expect((await of('', TODAY, position - 1))['villages']).toHaveLength(1);
    expect((await of('', TODAY, position - 2))['villages']).toHaveLength(2);
  });
});
