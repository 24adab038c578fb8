import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { networkOf, waitAfterMs, waitOfNameMs } from '@ledger/identity';
import {
  ASKED,
  BY_ADMIN,
  givenIdentity,
  type GivenIdentity,
  PASSWORD,
  refusedWith,
} from '../support/given-identity.js';

let given: GivenIdentity;

beforeEach(() => {
  given = givenIdentity();
});
afterEach(() => given.remove());

const guess = (id = 'clerk-1', password = 'not the password', address = ASKED.address) =>
  refusedWith(() => given.identity.logIn(id, password, { ...ASKED, address }));

/** Sentence and facts of a refused log-in, as its sender reads them. */
const saidTo = async (id: string) => {
  try {
    await given.identity.logIn(id, 'not the password', ASKED);
    return undefined;
  } catch (error) {
    const { code, status, messageZh, messageEn, facts } = error as Record<string, unknown>;
    return { code, status, messageZh, messageEn, facts };
  }
};

const guesses = async (count: number, id = 'clerk-1') => {
  const said: string[] = [];
  for (let i = 0; i < count; i++) said.push(await guess(id));
  return said;
};

it('waits from the fifth failure on, twice as long every time, up to a quarter of an hour', () => {
  const seconds = [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1_000].map((failures) => waitAfterMs(failures) / 1_000);
  expect(seconds).toEqual([0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]);
});

describe('five failures', () => {
  beforeEach(async () => {
    await given.account('clerk-1');
    expect(await guesses(6)).toEqual([...Array<string>(5).fill('LOGIN_FAILED'), 'LOGIN_LOCKED']);
  });

  it('shut out the right password too, and hash nothing, until the wait is over', async () => {
    const before = given.runs();
    given.nowMs += 14_999;
    expect(await guess('clerk-1', PASSWORD)).toBe('LOGIN_LOCKED');
    expect(given.runs()).toBe(before);
    given.nowMs += 1;
    expect(await guess('clerk-1', PASSWORD)).toBe('nothing');
    expect(await guesses(5)).toEqual(Array(5).fill('LOGIN_FAILED'));
  });

  it('are remembered over a restart, with how long to wait', async () => {
    given.reopen();
    expect(await guess('clerk-1', PASSWORD)).toBe('LOGIN_LOCKED');
    given.nowMs += 15_000;
    given.reopen();
    expect(await guesses(2)).toEqual(['LOGIN_FAILED', 'LOGIN_LOCKED']);
    given.nowMs += 29_999;
    expect(await guess()).toBe('LOGIN_LOCKED');
    given.nowMs += 1;
    expect(await guess()).toBe('LOGIN_FAILED');
  });

  it('end neither sessions nor tokens, and nobody else waits', async () => {
    await given.account('clerk-2');
    const { token } = await given.identity.logIn('clerk-2', PASSWORD, ASKED);
    await guesses(6, 'clerk-2');
    expect(given.identity.credentialOf(token)).toMatchObject({ account: 'clerk-2' });
    await given.account('clerk-3');
    expect(await guess('clerk-3', PASSWORD)).toBe('nothing');
  });

  it('are forgotten after a day without one, and by a reset', async () => {
    given.nowMs += 86_400_001;
    expect(await guesses(4)).toEqual(Array(4).fill('LOGIN_FAILED'));
    await guesses(2);
    const once = await given.identity.resetPassword('clerk-1', BY_ADMIN);
    expect(await guess('clerk-1', once)).toBe('nothing');
  });

  it('count for a change of the password as for a log-in', async () => {
    const by = { ...BY_ADMIN, account: 'clerk-1' };
    const change = () => refusedWith(() => given.identity.changePassword(PASSWORD, 'six yellow tea baskets', by));
    expect(await change()).toBe('LOGIN_LOCKED');
  });
});

it('guesses sent all at once count one by one', async () => {
  await given.account('clerk-1');
  for (let n = 0; n < 4; n++) expect(await guess()).toBe('LOGIN_FAILED');
  const said = await Promise.all(Array.from({ length: 4 }, () => guess()));
  expect(said.filter((code) => code === 'LOGIN_FAILED')).toHaveLength(1);
  expect(said.filter((code) => code === 'LOGIN_LOCKED')).toHaveLength(3);
});

// Without the address, whoever knows a name keeps its owner from logging in for as long as he likes.
describe('one who guesses at a name from one address', () => {
  const STRANGER = '203.0.113.9';

  it('keeps himself out and not its owner, who comes from another, over a restart and for days', async () => {
    await given.account('clerk-1');
    for (let hour = 0; hour < 48; hour++) {
      while ((await guess('clerk-1', 'wrong', STRANGER)) === 'LOGIN_FAILED');
      if (hour === 24) given.reopen();
      expect(await guess('clerk-1', PASSWORD, STRANGER)).toBe('LOGIN_LOCKED');
      expect(await guess('clerk-1', PASSWORD)).toBe('nothing');
      given.nowMs += 3_600_000;
    }
  });

  it('gets no guesses more by it that its owner logs in', async () => {
    await given.account('clerk-1');
    for (let n = 0; n < 5; n++) expect(await guess('clerk-1', 'wrong', STRANGER)).toBe('LOGIN_FAILED');
    expect(await guess('clerk-1', PASSWORD)).toBe('nothing');
    expect(await guess('clerk-1', 'wrong', STRANGER)).toBe('LOGIN_LOCKED');
  });

  it('has one address with all those of his IPv6 network, and with the same one of IPv4 written as IPv6', async () => {
    for (let n = 0; n < 5; n++)
      expect(await guess('nobody-1', 'wrong', `2001:db8:7:1:${n}::${n + 1}`)).toBe('LOGIN_FAILED');
    expect(await guess('nobody-1', 'wrong', '2001:DB8:7:1::')).toBe('LOGIN_LOCKED');
    expect(await guess('nobody-1', 'wrong', '2001:db8:7:2::')).toBe('LOGIN_FAILED');
    for (let n = 0; n < 5; n++) expect(await guess('nobody-2', 'wrong', STRANGER)).toBe('LOGIN_FAILED');
    expect(await guess('nobody-2', 'wrong', `::ffff:${STRANGER}`)).toBe('LOGIN_LOCKED');
  });
});

const from = (n: number) => `198.51.${Math.floor(n / 250)}.${n % 250}`;

// Without the count of a name alone, a thousand addresses have five thousand guesses in a minute.
describe('those who guess at a name from many addresses', () => {
  beforeEach(async () => {
    await given.account('clerk-1');
    for (let n = 0; n < 100; n++) expect(await guess('clerk-1', 'wrong', from(n))).toBe('LOGIN_FAILED');
  });

  it('have a hundred guesses, and one in five minutes from then on, over a restart', async () => {
    expect(await guess('clerk-1', PASSWORD, from(100))).toBe('LOGIN_LOCKED');
    given.reopen();
    given.nowMs += 299_999;
    expect(await guess('clerk-1', 'wrong', from(101))).toBe('LOGIN_LOCKED');
    given.nowMs += 1;
    expect(await guess('clerk-1', 'wrong', from(101))).toBe('LOGIN_FAILED');
    expect(await guess('clerk-1', 'wrong', from(102))).toBe('LOGIN_LOCKED');
    expect(waitOfNameMs(99)).toBe(0);
  });

  it('do not keep its owner out where he has logged in within ninety days', async () => {
    const elsewhere = '192.0.2.1';
    expect(await guess('clerk-1', PASSWORD, elsewhere)).toBe('LOGIN_LOCKED');
    expect(await guess('clerk-1', PASSWORD)).toBe('nothing');
    for (let n = 0; n < 100; n++) expect(await guess('clerk-1', 'wrong', from(200 + n))).toBe('LOGIN_FAILED');
    given.nowMs += 300_000;
    expect(await guess('clerk-1', PASSWORD, elsewhere)).toBe('nothing');
    given.nowMs += 91 * 86_400_000;
    for (let n = 0; n < 100; n++) expect(await guess('clerk-1', 'wrong', from(n))).toBe('LOGIN_FAILED');
    expect(await guess('clerk-1', PASSWORD)).toBe('LOGIN_LOCKED');
  });
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:c000:201', '192.0.2.1'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:0DB8:0000:0000:ffff:0:0:1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8:1:2:3:4:192.0.2.1', '2001:db8:1:2::/64'],
  ['unknown', 'unknown'],
])('takes %s for %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

const refused = (said: string[]) => said.filter((code) => code === 'TOO_MANY_AT_ONCE').length;

it('of an address four guesses wait for their hash, of all sixty-four; others are neither hashed nor counted', async () => {
  await given.account('clerk-1');
  const before = given.runs();
  const burst = (length: number, address: (n: number) => string) =>
    Array.from({ length }, (_, n) => guess(`nobody-${n}`, 'not the password', address(n)));
  const one = burst(400, () => '10.0.0.1');
  const own = guess('clerk-1', PASSWORD, '10.0.0.2');
  const many = burst(100, (n) => `10.0.1.${n}`);
  expect([refused(await Promise.all(one)), await own, refused(await Promise.all(many))]).toEqual([396, 'nothing', 41]);
  expect(given.runs() - before).toBe(64);
  expect(await guess('clerk-1', PASSWORD, '10.0.0.1')).toBe('nothing');
});

it('says the same, word for word, of a name that nobody has, from the first guess to the wait', async () => {
  await given.account('clerk-1');
  for (let i = 0; i < 7; i++) {
    const [known, unknown] = [await saidTo('clerk-1'), await saidTo('nobody-1')];
    expect(known).toBeDefined();
    expect(unknown).toEqual(known);
  }
});

it('keeps no more counts of made-up names than a hundred thousand, and those of accounts before any', async () => {
  await given.account('clerk-1');
  await guesses(6);
  const ask = (sql: string) => given.stores.ask('identity', sql);
  ask(`
    WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 100100)
    INSERT INTO failures SELECT 'made-up-' || n, '', 1, 0, ${given.nowMs} FROM many
  `);
  const count = () => ask('SELECT count(*) AS n FROM failures')[0]?.['n'];
  expect(count()).toBe(100_102);
  expect(await guess('nobody-1')).toBe('LOGIN_FAILED');
  expect(count()).toBe(100_000);
  expect(await guess('clerk-1', PASSWORD)).toBe('LOGIN_LOCKED');
});
