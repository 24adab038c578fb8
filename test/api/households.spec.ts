import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { VillageBooks } from '../support/village-books.js';

interface Row {
  readonly household: string;
  readonly village: string;
  readonly dissolvedOn: string | null;
}

interface Page {
  readonly division: string;
  readonly households: number;
  readonly villages?: { village: string; households: number }[];
  readonly rows: Row[];
  readonly next: string | null;
}

const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;
/** Two villages of one township, and one of another. */
let upper: string;
let lower: string;
let far: string;
/** In the order of registering: four of the upper village, two of the lower, one far away. */
let ids: string[];
/** Positions: all registered; the second of the upper village dissolved. */
const at = { registered: 0, dissolved: 0 };

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  await books.district();
  ({ village: upper } = await books.book());
  ({ village: lower } = await books.book());
  ({ village: far } = await books.book({ township: '330603002' }));
  ids = [];
  for (const village of [upper, upper, upper, upper, lower, lower, far])
    ids.push(await books.household(village, '2024-02-01'));
  at.registered = (await ledger.get<{ head: number }>('/health/ready')).body.head;
  const dissolution = { reason: '整户迁出', effectiveOn: '2024-03-01' };
  at.dissolved = (await books.accepted(`/households/${ids[1]}/dissolve`, dissolution)).position;
  await ledger.get('/divisions', { 'ledger-min-position': String(at.dissolved) });
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const read = async (path: string): Promise<Page> => {
  const { status, body, text } = await ledger.get<Page>(path);
  if (status !== 200) throw new Error(text);
  return body;
};
const listed = async (path: string) => (await read(path)).rows.map(({ household }) => household);
const sorted = (...of: number[]) => of.map((index) => ids[index] ?? '').toSorted();

const state = async (times: string) =>
  (await ledger.get<{ household: Row }>(`/households/${ids[1]}?${times}`)).body.household;

describe('a household', () => {
  it('says its village and its times, and nothing else', async () => {
    const { body } = await ledger.get(`/households/${ids[1]}?asOf=2024-02-29&knownAt=${at.dissolved}`);
    const { views: _, ...rest } = body;
    expect(rest).toEqual({
      asOf: '2024-02-29',
      knownAt: at.dissolved,
      household: {
        household: ids[1],
        village: upper,
        registeredFrom: '2024-02-01',
        dissolvedOn: null,
        reason: null,
        position: expect.any(Number),
        origin: null,
      },
    });
  });

  it('can still be looked up when it is dissolved, from its day on and once that is known', async () => {
    expect(await state(`asOf=2024-03-01&knownAt=${at.dissolved}`)).toMatchObject({
      dissolvedOn: '2024-03-01',
      reason: '整户迁出',
    });
    expect(await state(`asOf=2024-03-01&knownAt=${at.registered}`)).toMatchObject({ dissolvedOn: null });
  });

  it('is unknown before it is registered, before that is known, and when it is none', async () => {
    for (const path of [
      `${ids[0]}?asOf=2024-01-31`,
      `${ids[6]}?asOf=2024-02-01&knownAt=${at.registered - 1}`,
      'no-such-household',
    ]) {
      const answer = await ledger.get(`/households/${path}`);
      expect([path, answer.status, answer.body['code']]).toEqual([path, 404, 'HOUSEHOLD_UNKNOWN']);
    }
  });

  it('is the same for a retry, and another for another key', async () => {
    const body = { village: far, effectiveOn: '2020-06-01' };
    const first = await ledger.post('/households', body, { 'idempotency-key': 'household-a' });
    const again = await ledger.post('/households', body, { 'idempotency-key': 'household-a' });
    const other = await ledger.post('/households', body, { 'idempotency-key': 'household-b' });
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(other.body['stream']).not.toBe(first.body['stream']);
    const counted = `&knownAt=${at.dissolved}`;
    expect(await read(`/villages/${far}/households?asOf=2024-02-01${counted}`)).toMatchObject({ households: 1 });
  });
});

const ofVillage = (times: string) => `/villages/${upper}/households?${times}`;

describe('the households of a village', () => {
  it('are those that were there then, as it was known', async () => {
    expect(await listed(ofVillage(`asOf=2024-02-29&knownAt=${at.dissolved}`))).toEqual(sorted(0, 1, 2, 3));
    expect(await listed(ofVillage(`asOf=2024-03-01&knownAt=${at.dissolved}`))).toEqual(sorted(0, 2, 3));
    expect(await listed(ofVillage(`asOf=2024-03-01&knownAt=${at.registered}`))).toEqual(sorted(0, 1, 2, 3));
    expect(await listed(ofVillage(`asOf=2024-01-31&knownAt=${at.dissolved}`))).toEqual([]);
  });

  it('are as many as are listed', async () => {
    for (const asOf of ['2024-01-31', '2024-02-29', '2024-03-01']) {
      const { households, rows } = await read(ofVillage(`asOf=${asOf}&knownAt=${at.dissolved}`));
      expect(households).toBe(rows.length);
    }
  });

  it('are refused of a township, which has its own sums', async () => {
    const answer = await ledger.get('/villages/330603008/households');
    expect([answer.status, answer.body['messageEn']]).toEqual([
      400,
      expect.stringContaining('/divisions/330603008/households'),
    ]);
  });
});

const ofTownship = (more: string) => `/divisions/330603008/households?asOf=2024-03-01&knownAt=${at.dissolved}${more}`;

describe('the households of a township', () => {
  it('are those of its villages, counted by village', async () => {
    const { division, households, villages } = await read(ofTownship(''));
    expect([division, households]).toEqual(['330603008000', 5]);
    expect(villages).toEqual([
      { village: upper, households: 3 },
      { village: lower, households: 2 },
    ]);
    const district = await read(`/divisions/330603/households?asOf=2024-03-01&knownAt=${at.dissolved}`);
    expect(district.households).toBe(6);
    expect(district.rows.map(({ village }) => village)).toEqual([far, upper, upper, upper, lower, lower].toSorted());
  });

  it.each([1, 2, 3, 4, 5, 6])('are listed whole in pages of %d, also where one is dissolved between', async (limit) => {
    const found: string[] = [];
    let after = '';
    for (let pages = 0; pages < 10; pages++) {
      const { rows, next, households } = await read(ofTownship(`&limit=${limit}${after}`));
      expect([households, rows.length]).toEqual([5, Math.min(limit, 5 - found.length)]);
      found.push(...rows.map(({ household }) => household));
      if (next === null) break;
      after = `&after=${next}`;
    }
    expect(found).toEqual([...sorted(0, 2, 3), ...sorted(4, 5)]);
  });

  it('refuse a cursor that they did not give out, and a limit that is none', async () => {
    for (const wrong of ['after=x', 'after=e30', 'limit=0', 'limit=1001', 'limit=ten']) {
      const answer = await ledger.get(ofTownship(`&${wrong}`));
      expect([wrong, answer.status, answer.body['code']]).toEqual([wrong, 400, 'INPUT_INVALID']);
    }
  });
});
