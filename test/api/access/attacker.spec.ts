import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roleNames, roles } from '@ledger/domain';
import { FeedClient } from '../../support/feed-client.js';
import { consentBody, ofConsent } from '../../support/household-people.js';
import { hashOf, type LedgerOfPeople, ledgerOfPeople, type Said } from '../../support/ledger-of-people.js';
import { CODES, fileOf } from '../../support/villages-apart.js';
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
    const { book } = villages.place('own');
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

describe.each(ATTACKERS)('%s', (attacker) => {
  it('learns nothing by asking', async () => {
    const found = await learned(attacker, readsBy(attacker, twins[0].villages));
    expect(found.learned).toEqual([]);
    expect(found.answered).toBeGreaterThan(100);
  }, 120_000);

  it('learns nothing from the feed', async () => {
    for (const query of ['?after=0', `?after=0&division=${CODES.neighbour}`, '?after=0&division=330603']) {
      const said = await Promise.all(twins.map(async ({ url }) => heardOn(url, attacker, query)));
      expect(said[0]).toEqual(said[1]);
    }
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

  it('learns nothing by another’s key, revision or cursor', async () => {
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

it('would have learned much, had he been let', async () => {
  const asked = readsBy(OFFICER, twins[0].villages);
  const found = (await learned(OFFICER, asked)).learned;
  const operations = new Set(found.map((name) => name.slice(0, name.indexOf(' '))));
  expect(operations.size).toBeGreaterThan(25);
}, 120_000);

/** A key under which the neighbour's facts were recorded, and revisions that a book may have. */
const OF_ANOTHER: readonly Record<string, string>[] = [
  { 'idempotency-key': 'key-7' },
  { 'if-match': '"1"' },
  { 'if-match': '"9"' },
];

/** What comes on a feed within a second. */
async function heardOn(url: string, account: string, query: string): Promise<unknown> {
  const feed = await FeedClient.open(url, query, { authorization: `Bearer ${account}` });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  feed.close();
  return { status: feed.response.statusCode, events: feed.events };
}
