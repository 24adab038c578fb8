import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roleNames, roles } from '@ledger/domain';
import { FeedClient, type FeedEvent } from '../../support/feed-client.js';
import { consentBody, ofConsent } from '../../support/household-people.js';
import { hashOf, type LedgerOfPeople, ledgerOfPeople, type Said } from '../../support/ledger-of-people.js';
import { CODES, fileOf, type Place } from '../../support/villages-apart.js';
import { type Attempt, readsBy, writesBy } from './attempts.js';

/**
 * Two ledgers that differ in what only others than the attacker may know: amounts, names and counts of every village but
 * his own. He tries everything in both. What he can tell apart, he has learned.
 */
let twins: readonly [LedgerOfPeople, LedgerOfPeople];
const opened: LedgerOfPeople[] = [];

const CLERK = 'clerk-of-own';
/** Holds every role of the own village, and keeps its book at the township. */
const ALL_OF_OWN = 'all-of-own';
/** Sees everything of the first district: the control. One person is neither its cashier nor its administrator too. */
const OFFICER = 'officer';
const ATTACKERS = [CLERK, ALL_OF_OWN];
/** Reads his own household, and what is disclosed to everybody in the village. */
const VILLAGER = 'villager-of-own';

async function open(secret: number): Promise<LedgerOfPeople> {
  const twin = await ledgerOfPeople(secret);
  opened.push(twin);
  return twin;
}

beforeAll(async () => {
  twins = [await open(0), await open(1)];
  for (const twin of twins) {
    const { villages } = twin;
    for (const role of roleNames.filter((each) => each !== 'SYS_ADMIN' && each !== 'TOWN_CASHIER')) {
      const { level } = roles[role];
      if (level === 'village') await villages.grant({ account: ALL_OF_OWN, role, division: CODES.own });
      const township = level === 'township' ? '330603008' : '330603';
      await villages.grant({ account: OFFICER, role, division: level === 'village' ? CODES.neighbour : township });
    }
    const { book, household } = villages.place('own');
    await villages.grant({ account: VILLAGER, role: 'VILLAGER', division: CODES.own, household });
    await villages.grant({ account: ALL_OF_OWN, role: 'TOWN_ACCOUNTANT', division: '330603008', books: [book] });
    await twin.project();
  }
}, 120_000);

afterAll(async () => {
  for (const twin of opened) await twin.close();
});

/** What both ledgers say, each under the same key. */
async function both(by: string, attempt: Attempt, headers: Record<string, string> = {}): Promise<[Said, Said]> {
  const key: Record<string, string> =
    attempt.method === 'POST' || attempt.method === 'PUT'
      ? { 'idempotency-key': `${by}-${attempt.name}`.replaceAll(/[^!-~]/g, '-') }
      : {};
  const { method, path, body } = attempt;
  const [a, b] = await Promise.all(twins.map(async (twin) => twin.ask(by, method, path, body, { ...key, ...headers })));
  if (a === undefined || b === undefined) throw new Error('two ledgers answer twice');
  return [a, b];
}

const TOLD_IN = [
  'content-type',
  'etag',
  'ledger-position',
  'idempotency-replayed',
  'content-length',
  'content-disposition',
];

const told = ({ status, headers, bytes }: Said) => ({
  status,
  headers: TOLD_IN.map((name) => headers[name]),
  bytes: bytes.toString('base64'),
});

/** The attempts whose answers tell the ledgers apart, and how many were answered at all. */
async function learned(by: string, attempts: readonly Attempt[]): Promise<{ learned: string[]; answered: number }> {
  const differing: string[] = [];
  let answered = 0;
  for (const attempt of attempts) {
    const [a, b] = await both(by, attempt);
    if (JSON.stringify(told(a)) !== JSON.stringify(told(b)))
      differing.push(`${attempt.name}\n${a.text.slice(0, 600)}\n${b.text.slice(0, 600)}`);
    if (a.status < 300) answered++;
  }
  return { learned: differing, answered };
}

interface Command {
  readonly does: string;
  readonly answers: number;
  /** Under which facts of other villages were recorded, or their clerks sent what is theirs. */
  readonly keysOfOthers: readonly string[];
  of(own: Place, income: object): { path: string; body: object };
}

/** What a clerk may send: one that is recorded at once, and one that waits for a signature. */
const COMMANDS: readonly Command[] = [
  {
    does: 'a household',
    answers: 201,
    keysOfOthers: ['key-9', 'neighbour-consent'],
    of: ({ village }) => ({ path: '/households', body: { village } }),
  },
  {
    does: 'a draft',
    answers: 202,
    keysOfOthers: ['key-8', 'neighbour-income'],
    of: ({ book }, income) => ({ path: `/books/${book}/income`, body: income }),
  },
];

describe.each(ATTACKERS)('%s', (attacker) => {
  it('learns nothing by asking', async () => {
    const found = await learned(attacker, readsBy(attacker, twins[0].villages));
    expect(found.learned).toEqual([]);
    expect(found.answered).toBeGreaterThan(100);
  }, 120_000);

  it('learns nothing from the feed, and hears of his own where he may listen', async () => {
    const mayListen = attacker === ALL_OF_OWN;
    for (const query of ['?after=0', `?after=0&division=${CODES.neighbour}`, '?after=0&division=330603']) {
      const said = await Promise.all(twins.map(async ({ url }) => heardOn(url, attacker, query)));
      expect(said[0]).toEqual(said[1]);
      expect(said[0]?.status).toBe(mayListen ? 200 : 403);
    }
    const [{ url }] = twins;
    const { events } = await heardOn(url, attacker, '?after=0');
    const places = events.map(({ data }) => (JSON.parse(data.fact) as { division: string }).division);
    expect(places.includes(CODES.own)).toBe(mayListen);
    const { own: _, ...others } = CODES;
    expect(places.filter((code) => Object.values(others).includes(code))).toEqual([]);
  }, 60_000);

  it('learns nothing by a file that he guesses', async () => {
    for (const secret of [0, 1]) {
      const bytes = Buffer.from(fileOf(CODES.neighbour, secret));
      const name = `a guess ${secret}`;
      const url = `/attachments/${hashOf(bytes)}`;
      for (const method of ['HEAD', 'GET', 'PUT', 'GET']) {
        const [a, b] = await both(attacker, { name, method, path: url, ...(method === 'PUT' ? { body: bytes } : {}) });
        expect(told(a)).toEqual(told(b));
      }
    }
  });

  it.each(COMMANDS)('is answered under another’s key as under one that nobody used: $does', async (command) => {
    const { villages } = twins[0];
    const { path, body } = command.of(villages.place('own'), { ...villages.income('own'), preparedBy: attacker });
    const sent = { name: command.does, method: 'POST', path, body: { ...body, effectiveOn: '2024-06-02' } };
    const send = async (key: string): Promise<Said> => {
      const [a, b] = await both(attacker, sent, { 'idempotency-key': key });
      expect(told(a)).toEqual(told(b));
      return a;
    };
    for (const used of command.keysOfOthers) {
      const [fresh, ofAnother] = [await send(`fresh-${path}-${used}`), await send(used)];
      expect([used, fresh.status]).toEqual([used, command.answers]);
      expect(unnamed(ofAnother)).toEqual(unnamed(fresh));
    }
    // The control: under a key of his own he is given the same answer again.
    const [mine = ''] = command.keysOfOthers;
    const again = await send(mine);
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([(await send(mine)).text, 'true']);
  });

  it('learns nothing by another’s revision or cursor, or by a key where he may not act', async () => {
    const { villages } = twins[0];
    const [own, neighbour] = [villages.place('own'), villages.place('neighbour')];
    const account = { code: '50109', name: '店面', effectiveOn: '2024-06-01' };
    for (const { book } of [own, neighbour]) {
      const add = { name: 'a key', method: 'POST', path: `/books/${book}/accounts`, body: account };
      for (const headers of OF_ANOTHER) {
        const [a, b] = await both(attacker, add, headers);
        expect(told(a)).toEqual(told(b));
        expect(a.headers['idempotency-replayed']).toBeUndefined();
      }
    }
    // The cursors of the officer's pages hold what he saw.
    for (const path of ['/events?limit=3', `/villages/${CODES.neighbour}/jobs?limit=1`, '/projects?limit=1']) {
      const page = await twins[0].ask(OFFICER, 'GET', path);
      const { next } = JSON.parse(page.text) as { next?: string };
      const foreign = { name: 'a cursor', method: 'GET', path: `${path}&after=${next ?? '3'}` };
      const [a, b] = await both(attacker, foreign);
      expect(told(a)).toEqual(told(b));
    }
  });

  it('learns nothing by the people whom he enters', async () => {
    const { villages } = twins[0];
    const path = `/households/${villages.place('own').otherHousehold}`;
    const by = { method: 'POST', name: `${attacker} enters` };
    const [consent] = await both(attacker, { ...by, path: `${path}/consent`, body: consentBody() });
    expect(consent.status).toBe(201);
    // In one of the ledgers somebody of the neighbours has the number.
    for (const method of ['POST', 'PUT']) {
      const body = ofConsent(villages.person('neighbour'));
      const [a, b] = await both(attacker, {
        name: `${attacker} ${method}`,
        method,
        path: `${path}/personal-data`,
        body,
      });
      expect(told(a)).toEqual(told(b));
    }
  });

  it('changes nothing of others by whatever he sends, and learns nothing by it', async () => {
    const before = await Promise.all(twins.map(async ({ log }) => log.head()));
    const found = await learned(attacker, writesBy(attacker, twins[0].villages));
    expect(found.learned).toEqual([]);
    expect(found.answered).toBeGreaterThan(0);
    for (const [i, { log }] of twins.entries()) {
      const recorded = (await log.readAfter(before[i] ?? 0, 10_000)).map(
        ({ fact }) => JSON.parse(fact) as { division: string },
      );
      expect(recorded.length).toBeGreaterThan(0);
      for (const { division } of recorded) expect(division).toBe(CODES.own);
    }
  }, 120_000);

  it('learns nothing by asking once more', async () => {
    for (const twin of twins) await twin.project();
    expect((await learned(attacker, readsBy(attacker, twins[0].villages))).learned).toEqual([]);
  }, 120_000);
});

it('a villager learns nothing but of his own household, by asking and by whatever he sends', async () => {
  const [{ villages }] = twins;
  const asked = await learned(VILLAGER, readsBy(VILLAGER, villages));
  expect(asked.learned).toEqual([]);
  expect(asked.answered).toBeGreaterThan(50);
  const before = await Promise.all(twins.map(async ({ log }) => log.head()));
  expect((await learned(VILLAGER, writesBy(VILLAGER, villages))).learned).toEqual([]);
  expect(await Promise.all(twins.map(async ({ log }) => log.head()))).toEqual(before);
}, 120_000);

it('would have learned much, had he been let', async () => {
  const asked = readsBy(OFFICER, twins[0].villages);
  const found = (await learned(OFFICER, asked)).learned;
  const operations = new Set(found.map((name) => name.slice(0, name.indexOf(' '))));
  expect(operations.size).toBeGreaterThan(25);
}, 120_000);

/** An answer without what was numbered or named for the request that it answers. */
function unnamed({ status, headers, text }: Said): object {
  const said = text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>').replace(/"position":\d+/, '<n>');
  const own = { ...headers, date: '', etag: '', 'ledger-position': '' };
  return { status, headers: own, said };
}

/** A key under which the neighbour's facts were recorded, and revisions that a book may have. */
const OF_ANOTHER: readonly Record<string, string>[] = [
  { 'idempotency-key': 'key-7' },
  { 'if-match': '"1"' },
  { 'if-match': '"9"' },
];

interface Heard {
  readonly status: number | undefined;
  readonly events: readonly FeedEvent[];
}

/** What comes on a feed within a second. */
async function heardOn(url: string, account: string, query: string): Promise<Heard> {
  const feed = await FeedClient.open(url, query, { authorization: `Bearer ${account}` });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  feed.close();
  return { status: feed.response.statusCode, events: feed.events };
}
