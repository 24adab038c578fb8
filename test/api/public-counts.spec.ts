import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EnrolHousehold, RecordJob, RegisterHousehold } from '@ledger/domain';
import { CODES, type VillageName } from '../support/villages-apart.js';
import { type LedgerOfPeople, ledgerOfPeople } from '../support/ledger-of-people.js';

/** The own village gets to seven households, of which six are enrolled; its neighbour stays with two and one. */
const MORE = 5;

let people: LedgerOfPeople;
let head: number;

beforeAll(async () => {
  people = await ledgerOfPeople();
  const { villages } = people;
  const { village, project } = villages.place('own');
  for (let i = 0; i < MORE; i++) {
    const household = await villages.ask(RegisterHousehold, { village, effectiveOn: '2024-01-10' });
    await villages.ask(EnrolHousehold, { project, household, role: 'GROWER', effectiveOn: '2024-03-05' });
  }
  await villages.ask(RecordJob, { project, worker: 'worker-99', kind: 'CASUAL', village, effectiveOn: '2024-03-06' });
  for (const [name, account] of [
    ['own', 'villager-own'],
    ['neighbour', 'villager-next'],
  ] as const) {
    await villages.grant({ account, role: 'VILLAGER', division: CODES[name] });
  }
  await villages.grant({ account: 'leader-1', role: 'TOWN_LEADER', division: '330603008' });
  await villages.grant({ account: 'both-1', role: 'VILLAGER', division: CODES.neighbour });
  await villages.grant({ account: 'both-1', role: 'VILLAGE_HEAD', division: CODES.neighbour });
  await villages.grant({ account: 'elsewhere-1', role: 'VILLAGER', division: CODES.neighbour });
  await villages.grant({ account: 'elsewhere-1', role: 'INSTRUCTOR', division: CODES.elsewhere });
  await people.project();
  head = await people.log.head();
});

afterAll(() => people.close());

const read = async (by: string, path: string): Promise<Record<string, unknown>> => {
  const { status, text } = await people.ask(by, 'GET', `${path}?knownAt=${head}`);
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
};
const households = (by: string, name: VillageName) => read(by, `/divisions/${CODES[name]}/households`);

describe('the households of a village', () => {
  it('are a number to the public from five on, and never a list', async () => {
    expect(await households('villager-own', 'own')).toMatchObject({
      households: 7,
      villages: [{ village: CODES.own, households: 7 }],
      rows: null,
      suppressed: false,
    });
    expect(await households('villager-next', 'neighbour')).toMatchObject({
      households: null,
      villages: [{ village: CODES.neighbour, households: null }],
      rows: null,
      suppressed: true,
    });
  });

  it('are their number to an office, also to somebody who is a villager beside it', async () => {
    const told = await households('leader-1', 'neighbour');
    expect(told).toMatchObject({ households: 2 });
    expect(told).not.toHaveProperty('suppressed');
    expect(await households('both-1', 'neighbour')).toMatchObject({ households: 2 });
  });

  it('are left out for a villager who has an office in another village, where he is told them', async () => {
    expect(await households('elsewhere-1', 'neighbour')).toMatchObject({ households: null, suppressed: true });
    const office = await households('elsewhere-1', 'elsewhere');
    expect(office).toMatchObject({ households: 2 });
    expect(office['rows']).toHaveLength(2);
    expect(office).not.toHaveProperty('suppressed');
  });
});

describe('the people of projects', () => {
  it('are told by village and project, and the sum goes with the first that is left out', async () => {
    const { project } = people.villages.place('own');
    const own = await read('villager-own', `/divisions/${CODES.own}/enrolments`);
    const rows = own['rows'] as { project: string; enrolled: number | null; jobs: number | null }[];
    expect(rows.find((row) => row.project === project)).toMatchObject({ enrolled: 6, jobs: null });
    expect(rows.filter((row) => row.project !== project)).toMatchObject([{ enrolled: null, jobs: null }]);
    expect(own).toMatchObject({ enrolled: null, jobs: null, suppressed: true });
    const elsewhere = await read('elsewhere-1', `/divisions/${CODES.neighbour}/enrolments`);
    expect(elsewhere).toMatchObject({ enrolled: null, jobs: null, suppressed: true });
    const office = await read('leader-1', `/divisions/${CODES.own}/enrolments`);
    expect(office).toMatchObject({ enrolled: 7 });
  });

  it.each([`/villages/${CODES.own}/projects`, `/divisions/${CODES.own}/projects`])(
    'are told the same way wherever they stand: %s',
    async (path) => {
      const told = await read('villager-own', path);
      expect(told['suppressed']).toBe(true);
      const counts = everyCountIn(told);
      expect(counts).toContain(6);
      expect(counts.filter((count) => count > 0 && count < 5)).toEqual([]);
    },
  );
});

/** Every count of people in an answer, wherever it stands. */
function everyCountIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    ['enrolled', 'jobs', 'households'].includes(name) && typeof member === 'number' ? [member] : everyCountIn(member),
  );
}
