import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FeedClient } from '../support/feed-client.js';
import { type RunningLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { incomeBody, openingBody, VillageBooks, voucherBody } from '../support/village-books.js';

const directory = temporaryDirectory();
const clients: FeedClient[] = [];
let ledger: RunningLedger;
let books: VillageBooks;
/** A book in 兰亭街道 and one in 柯岩街道. */
let lanting: { id: string; village: string };
let keyan: { id: string; village: string };

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  await books.district();
  lanting = await books.book();
  keyan = await books.book({ township: '330603002' });
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const feed = async (query = '', headers: Record<string, string> = {}): Promise<FeedClient> => {
  const client = await FeedClient.open(ledger.url, query, headers);
  clients.push(client);
  return client;
};
const head = async (): Promise<number> => (await ledger.get<{ head: number }>('/health/ready')).body.head;
const dense = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const divisionsIn = ({ events }: FeedClient) =>
  new Set(events.map(({ data }) => (JSON.parse(data.fact) as { division: string }).division));

describe('the feed', () => {
  it('gives every fact as /events does, each once and in order', async () => {
    const client = await feed('?after=0');
    const { rows } = (await ledger.get<{ rows: { position: number; fact: string }[] }>('/events?limit=1000')).body;
    const events = await client.atLeast(rows.length);
    expect(events.map(({ data }) => data)).toEqual(rows);
    expect(client.positions).toEqual(rows.map(({ position }) => position));
    expect(events.map(({ event }) => event)).toEqual(
      rows.map(({ fact }) => (JSON.parse(fact) as { type: string }).type),
    );
  });

  it('says in its headers what it is', async () => {
    const { response } = await feed();
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const asked = { method: 'HEAD', headers: { authorization: `Bearer ${TOKEN}` } };
    const answer = await fetch(`${ledger.url}/api/v1/feed`, asked);
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  it('begins with what comes next, and gives what is recorded while it is read', async () => {
    const before = await head();
    const client = await feed();
    const entries = Array.from({ length: 60 }, (_, i) => books.income(lanting.id, '2024-01-20', 100 + i));
    const positions = (await Promise.all(entries)).map(({ position }) => position);
    await client.atLeast(60);
    expect(client.positions).toEqual(dense(before + 1, before + 60));
    expect(positions.toSorted((a, b) => a - b)).toEqual(client.positions);
  });

  it('goes on where a client was cut off, without gaps or repeats, while facts are recorded', async () => {
    const before = await head();
    const all = Promise.all(dense(1, 120).map(async (n) => books.income(keyan.id, '2024-01-21', n)));
    const seen: number[] = [];
    let lastEventId = String(before);
    while (seen.length < 120) {
      // The query is that of the first request, as a browser repeats it; the header goes before it.
      const client = await feed(`?after=${before}`, { 'last-event-id': lastEventId });
      await client.atLeast(1);
      client.close();
      seen.push(...client.positions);
      ({ lastEventId } = client);
    }
    await all;
    expect(seen).toEqual(dense(before + 1, before + 120));
  });

  it('gives an append of several facts whole', async () => {
    const { id } = await books.book();
    const before = await head();
    const client = await feed();
    await books.accepted(`/books/${id}/opening-balances`, openingBody(401));
    await client.atLeast(3);
    expect(client.positions).toEqual(dense(before + 1, before + 3));
    const resumed = await feed('', { 'last-event-id': String(before + 1) });
    await resumed.atLeast(2);
    expect(resumed.positions).toEqual([before + 2, before + 3]);
  });
});

describe('the feed of a division', () => {
  it.each([
    ['a village', () => lanting.village, () => [lanting.village]],
    ['a township', () => '330603002', () => ['330603002000', keyan.village]],
    ['a township in twelve digits', () => '330603002000', () => ['330603002000', keyan.village]],
  ])('has the facts of %s and of no other', async (_, asked, expected) => {
    const { body } = await ledger.get<{ rows: { fact: string }[] }>('/events?limit=1000');
    const wanted = body.rows.filter(({ fact }) =>
      expected().includes((JSON.parse(fact) as { division: string }).division),
    );
    const client = await feed(`?after=0&division=${asked()}`);
    await client.atLeast(wanted.length);
    await books.income(keyan.id, '2024-01-22', 1);
    await books.income(lanting.id, '2024-01-22', 1);
    await client.atLeast(wanted.length + 1);
    expect([...divisionsIn(client)].toSorted()).toEqual(expected().toSorted());
    expect(client.positions).toEqual(client.positions.toSorted((a, b) => a - b));
    expect(client.events.slice(0, wanted.length).map(({ data }) => data)).toEqual(wanted);
  });

  it('follows it to a new code, and has what was recorded under the old one', async () => {
    await books.accepted('/divisions', { code: '330603103', name: '福全镇', effectiveOn: '2020-01-01' });
    const { id } = await books.book({ township: '330603103' });
    const open = await feed('?division=330603103');
    await books.accepted('/divisions/330603103/recode', { newCode: '330603006', effectiveOn: '2024-07-01' });
    await books.accepted('/divisions', { code: '330603006299', name: '新村', effectiveOn: '2024-07-01' });
    await books.income(id, '2024-07-02', 1);
    const since = ['DivisionRecoded', 'DivisionRegistered', 'IncomeRecorded'];
    expect((await open.atLeast(3)).map(({ event }) => event)).toEqual(since);
    const before = ['DivisionRegistered', 'DivisionRegistered', 'OrganizationRegistered', 'BookOpened'];
    for (const code of ['330603103', '330603006']) {
      const client = await feed(`?after=0&division=${code}`);
      expect((await client.atLeast(7)).map(({ event }) => event)).toEqual([...before, ...since]);
    }
  });

  it('has nothing of a district that is not in the ledger', async () => {
    const client = await feed('?after=0&division=330602');
    await books.income(lanting.id, '2024-01-23', 1);
    await expect(client.atLeast(1, 300)).rejects.toThrow('0 of 1 events came');
  });
});

describe('a feed that cannot be', () => {
  it.each([
    ['?asOf=2024-01-01', 'asOf'],
    ['?knownAt=1', 'knownAt'],
    ['?limit=1', 'limit'],
    ['?after=x', 'after'],
    ['?after=-1', 'after'],
    ['?after=999999', 'after'],
    ['?division=33', 'division'],
  ])('%s is refused', async (query, field) => {
    const answer = await ledger.get(`/feed${query}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
    expect(answer.body['facts']).toMatchObject({ problems: [{ field }] });
  });

  it.each(['x', '-1', '1.5', '999999'])('after the event %s is refused', async (id) => {
    const answer = await ledger.get('/feed?after=1', { 'last-event-id': id });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID', field: 'Last-Event-ID' } });
  });

  it('of no possible division, or without a token, is refused', async () => {
    expect(await ledger.get('/feed?division=999999')).toMatchObject({
      status: 422,
      body: { code: 'DIVISION_CODE_INVALID', field: 'division' },
    });
    expect((await ledger.get('/feed', { authorization: 'Bearer wrong' })).status).toBe(401);
  });
});

describe('a client that does not read', () => {
  it('holds up nobody, and gets everything once it reads again', async () => {
    const { id } = await books.book();
    const before = await head();
    const client = await feed();
    client.response.pause();
    // Some 40 KB each, together far more than what sockets hold.
    const lines = dense(1, 400).map((n) => ({
      account: '102',
      side: n % 2 === 0 ? 'debit' : 'credit',
      amountFen: 100,
    }));
    for (let n = 0; n < 200; n++) await books.accepted(`/books/${id}/vouchers`, voucherBody('2024-01-20', lines));
    client.response.resume();
    await client.atLeast(200, 30_000);
    expect(client.positions).toEqual(dense(before + 1, before + 200));
  });
});

describe('SIGTERM', () => {
  it('ends the feeds, whole, and the process with 0', async () => {
    const own = temporaryDirectory();
    const stopping = await startLedger(own.path);
    const [village] = [new VillageBooks(stopping)];
    await village.district();
    const open = await Promise.all(dense(1, 8).map(async () => FeedClient.open(stopping.url, '?after=0')));
    for (const client of open) await client.atLeast(4);
    const ends = open.map(async ({ response }) => once(response, 'end'));
    const startedMs = Date.now();
    expect(await stopping.stop()).toBe(0);
    expect(Date.now() - startedMs).toBeLessThan(4_000);
    await Promise.all(ends);
    for (const { response, positions } of open) {
      expect([response.complete, positions]).toEqual([true, [1, 2, 3, 4]]);
    }
    own.remove();
  });

  it('is not held up by a client that left, and the others go on', async () => {
    const left = await Promise.all(dense(1, 20).map(async () => feed('?after=0')));
    for (const client of left) client.close();
    const before = await head();
    const stays = await feed();
    await ledger.post(`/books/${lanting.id}/income`, incomeBody('2024-01-24', 1));
    await stays.atLeast(1);
    expect(stays.positions).toEqual([before + 1]);
  });
});
