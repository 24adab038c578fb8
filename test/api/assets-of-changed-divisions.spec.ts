import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shanghaiDate } from '@ledger/domain';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { creditCode, SIGNED, VillageBooks } from '../support/village-books.js';

const daysAgo = (days: number): string => shanghaiDate(Date.now() - days * 86_400_000);
/** The new codes hold from D on and are recorded thirty days later, today. */
const [D, BEFORE] = [daysAgo(30), daysAgo(31)];
const [OLD, NEW, OTHER, DISTRICT] = ['330603103', '330603006', '330603008', '330603'];

interface Total {
  readonly village: string;
  readonly count: number;
  readonly areaMuHundredths: number;
  readonly costFen: number;
}
type Body = Record<string, unknown> & { readonly rows: Total[] };

const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;
let serial = 0;
/** Positions: before the recode, and with it. */
const known = { before: 0, after: 0 };

/** A village with its collective's book, registered under its township; the book's id. */
async function registered(code: string): Promise<string> {
  const organization = creditCode(++serial);
  const effectiveOn = '2020-01-01';
  await books.accepted('/divisions', { code, name: `示例${serial}村`, effectiveOn });
  const collective = { creditCode: organization, name: '合作社', kind: 'COLLECTIVE', village: code, effectiveOn };
  await books.accepted('/organizations', collective);
  const opened = { organization, name: '账套', standard: 'rural-collective-2024', startPeriod: '2025-01' };
  return (await books.accepted('/books', opened)).stream.slice('book-'.length);
}

const van = (book: string, costFen: number, effectiveOn: string) => {
  const acquisition = { settlement: { account: '211' }, summary: '购置送货车', ...SIGNED };
  const card = { name: '送货车', class: 'OPERATING', category: 'VEHICLE', source: 'PURCHASED' };
  return books.accepted(`/books/${book}/assets`, { ...card, costFen, acquisition, effectiveOn });
};

const hill = (book: string, quantity: number) => {
  const card = { name: '后山林地', class: 'RESOURCE', category: 'FOREST_LAND', source: 'STATUTORY' };
  const area = { quantity, unit: 'MU_HUNDREDTH' };
  return books.accepted(`/books/${book}/assets`, { ...card, area, effectiveOn: '2010-01-01' });
};

const asked = async (path: string, asOf: string, knownAt: number) =>
  (await ledger.get<Body>(`${path}?asOf=${asOf}&knownAt=${knownAt}`)).body;

/** Village, class, use, count, area and cost of each row; or the code of the refusal with what to use instead. */
async function totals(division: string, asOf: string, knownAt: number): Promise<string[]> {
  const body = await asked(`/divisions/${division}/asset-totals`, asOf, knownAt);
  const { rows, code, facts } = body as Partial<Body> & { code?: string; facts?: { codeThen?: string } };
  if (rows === undefined) return [code, facts?.codeThen].filter((said) => said !== undefined);
  return rows.map((row) => {
    const { village, count, areaMuHundredths, costFen, class: of, useStatus } = row as Total & Record<string, unknown>;
    return `${village} ${String(of)} ${String(useStatus)}: ${count}, ${areaMuHundredths}, ${costFen}`;
  });
}

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  for (const [code, name] of [
    [DISTRICT, '柯桥区'],
    [OLD, '福全镇'],
    [OTHER, '兰亭街道'],
  ]) {
    await books.accepted('/divisions', { code, name, effectiveOn: '2020-01-01' });
  }
  const [first, second, third] = [
    await registered(`${OLD}201`),
    await registered(`${OLD}202`),
    await registered(`${OTHER}201`),
  ];
  await hill(first, 32_050);
  await van(first, 1_000_00, BEFORE);
  await van(second, 30_00, BEFORE);
  await van(third, 500_00, BEFORE);
  await van(first, 200_00, D);
  const idle = { since: D, reason: '无人承租', effectiveOn: D };
  known.before = (await books.accepted(`/assets/${second}-1/idle`, idle)).position;
  const villages = [{ code: `${OLD}202`, newCode: `${NEW}212` }];
  const recode = { newCode: NEW, effectiveOn: D, villages, reason: '撤镇设街道' };
  known.after = (await books.accepted(`/divisions/${OLD}/recode`, recode)).position;
  await ledger.get('/divisions', { 'ledger-min-position': String(known.after) });
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

/** 福全 on the day before and on the day itself, by the codes of its villages. */
const dayBefore = (first: string, second: string) => [
  `${first} OPERATING IN_USE: 1, 0, 100000`,
  `${first} RESOURCE IN_USE: 1, 32050, 0`,
  `${second} OPERATING IN_USE: 1, 0, 3000`,
];
const onTheDay = (first: string, second: string) => [
  `${first} OPERATING IN_USE: 2, 0, 120000`,
  `${first} RESOURCE IN_USE: 1, 32050, 0`,
  `${second} OPERATING IDLE: 1, 0, 3000`,
];

describe('the assets of 福全, recoded from a day and recorded thirty days later', () => {
  it('are summed under the old code as long as the new one was not known', async () => {
    expect(await totals(OLD, BEFORE, known.before)).toEqual(dayBefore(`${OLD}201`, `${OLD}202`));
    expect(await totals(OLD, D, known.before)).toEqual(onTheDay(`${OLD}201`, `${OLD}202`));
    for (const day of [BEFORE, D]) expect(await totals(NEW, day, known.before)).toEqual(['DIVISION_UNKNOWN']);
  });

  it('are summed under the code of the day once it is known, and the other code names that one', async () => {
    expect(await totals(OLD, BEFORE, known.after)).toEqual(dayBefore(`${OLD}201`, `${OLD}202`));
    expect(await totals(NEW, D, known.after)).toEqual(onTheDay(`${NEW}201`, `${NEW}212`));
    expect(await totals(NEW, BEFORE, known.after)).toEqual(['DIVISION_RECODED', `${OLD}000`]);
    expect(await totals(OLD, D, known.after)).toEqual(['DIVISION_RECODED', `${NEW}000`]);
  });

  it('are summed of a village alone, under its code of the day', async () => {
    const [before, since] = [[dayBefore('', `${OLD}202`)[2]], [onTheDay('', `${NEW}212`)[2]]];
    expect(await totals(`${OLD}202`, BEFORE, known.after)).toEqual(before);
    expect(await totals(`${NEW}212`, D, known.after)).toEqual(since);
    expect(await totals(`${OLD}202`, D, known.after)).toEqual(['DIVISION_RECODED', `${NEW}212`]);
  });

  it('are as many and cost as much in the district as in its townships, before and after, known or not', async () => {
    const neighbour = `${OTHER}201 OPERATING IN_USE: 1, 0, 50000`;
    for (const knownAt of [known.before, known.after]) {
      const codeOn = (day: string) => (knownAt === known.after && day === D ? NEW : OLD);
      for (const day of [BEFORE, D]) {
        expect(await totals(OTHER, day, knownAt)).toEqual([neighbour]);
        const townships = [...(await totals(codeOn(day), day, knownAt)), neighbour];
        expect(await totals(DISTRICT, day, knownAt)).toEqual(townships.toSorted((a, b) => (a < b ? -1 : 1)));
      }
      const sum = async (day: string) => {
        const { rows } = await asked(`/divisions/${DISTRICT}/asset-totals`, day, knownAt);
        const of = (column: 'count' | 'costFen') => rows.reduce((all, row) => all + row[column], 0);
        return [of('count'), of('costFen')];
      };
      expect([await sum(BEFORE), await sum(D)]).toEqual([
        [4, 1_530_00],
        [5, 1_730_00],
      ]);
    }
  });

  it('are listed under the code of the day', async () => {
    const listed = async (path: string, day: string) => (await asked(path, day, known.after)).rows?.length;
    expect(await listed(`/divisions/${OLD}/assets`, BEFORE)).toBe(3);
    expect(await listed(`/divisions/${NEW}/assets`, D)).toBe(4);
    expect(await listed(`/villages/${NEW}201/assets`, D)).toBe(3);
    expect(await asked(`/divisions/${OLD}/assets`, D, known.after)).toMatchObject({ code: 'DIVISION_RECODED' });
    expect(await asked(`/villages/${OLD}201/assets`, D, known.after)).toMatchObject({
      code: 'DIVISION_RECODED',
      facts: { codeThen: `${NEW}201` },
    });
    expect(await asked(`/villages/${NEW}/assets`, D, known.after)).toMatchObject({ code: 'INPUT_INVALID' });
  });
});
