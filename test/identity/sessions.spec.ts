import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import {
  ASKED,
  BY_ADMIN,
  givenIdentity,
  type GivenIdentity,
  PASSWORD,
  refusedWith,
} from '../support/given-identity.js';

const MINUTE_MS = 60_000;
let given: GivenIdentity;

beforeEach(async () => {
  given = givenIdentity();
  await given.account('clerk-1');
  await given.account('clerk-2');
});
afterEach(() => given.remove());

const BY_CLERK = { ...BY_ADMIN, account: 'clerk-1' };
const logIn = (id = 'clerk-1') => given.identity.logIn(id, PASSWORD, ASKED);
const holds = (token: string): boolean => given.identity.credentialOf(token) !== undefined;

const make = (to = '2026-04-30') => given.identity.makeToken({ name: 'monthly reports', to }, BY_CLERK);
const revoke = (id: string, of?: string) => refusedWith(() => given.identity.revokeToken(id, BY_CLERK, of));

describe('a session', () => {
  it('is over after half an hour without use', async () => {
    const { token } = await logIn();
    given.nowMs += 30 * MINUTE_MS - 1;
    expect(holds(token)).toBe(true);
    given.nowMs += 29 * MINUTE_MS;
    // As one second later, when what was used has been noted.
    given.identity.record.before(1, 1);
    expect(holds(token)).toBe(true);
    given.identity.record.before(1, 1);
    given.nowMs += 30 * MINUTE_MS;
    expect(holds(token)).toBe(false);
    expect(given.identity.sessions('clerk-1').map(({ account }) => account)).toEqual([]);
  });

  it('is over after twelve hours, however much it is used', async () => {
    const { token } = await logIn();
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      given.nowMs += 20 * MINUTE_MS;
      expect(holds(token)).toBe(true);
      given.identity.record.before(1, 1);
    }
    given.nowMs += 20 * MINUTE_MS;
    expect(holds(token)).toBe(false);
  });

  it('goes on over a restart, and so does when it was used', async () => {
    const { token } = await logIn();
    given.nowMs += 20 * MINUTE_MS;
    expect(holds(token)).toBe(true);
    given.reopen();
    given.nowMs += 29 * MINUTE_MS;
    expect(holds(token)).toBe(true);
    given.reopen();
    given.nowMs += 30 * MINUTE_MS;
    expect(holds(token)).toBe(false);
  });

  it('is listed for its owner and ended by its id, by nobody else who is not an administrator', async () => {
    const [one, other] = [await logIn(), await logIn('clerk-2')];
    expect(given.identity.sessions('clerk-1').map(({ id }) => id)).toContain(one.session.id);
    expect(given.identity.sessions('clerk-1').map(({ id }) => id)).not.toContain(other.session.id);
    const end = (id: string, of?: string) => refusedWith(() => given.identity.endSession(id, BY_CLERK, of));
    expect(await end(other.session.id, 'clerk-1')).toBe('SESSION_UNKNOWN');
    expect(holds(other.token)).toBe(true);
    expect(await end(one.session.id, 'clerk-1')).toBe('nothing');
    expect(holds(one.token)).toBe(false);
    expect(await end(one.session.id, 'clerk-1')).toBe('SESSION_UNKNOWN');
    expect(await end(other.session.id)).toBe('nothing');
    expect(holds(other.token)).toBe(false);
  });

  it('makes room for the twenty-first of an account: the one used least lately ends', async () => {
    const opened = [];
    for (let i = 0; i < 21; i++) {
      given.nowMs += MINUTE_MS;
      opened.push(await logIn());
    }
    expect(opened.map(({ token }) => holds(token))).toEqual([false, ...Array<boolean>(20).fill(true)]);
  });

  it('is not opened by its id, half its token, or a token of nobody', async () => {
    const { token, session } = await logIn();
    expect([session.id, token.slice(0, -1), `${token}A`, `gfs_${'A'.repeat(43)}`, ''].map(holds)).toEqual(
      Array(5).fill(false),
    );
  });

  it('that has logged out is over', async () => {
    const { token, session } = await logIn();
    given.identity.logOut(session.id, BY_CLERK);
    expect(holds(token)).toBe(false);
  });
});

describe('an API token', () => {
  it('acts for its account up to the end of its last day in Shanghai', () => {
    const { token, apiToken } = make('2026-03-03');
    expect(token).toMatch(/^gfl_[\w-]{43}$/);
    expect(given.identity.credentialOf(token)).toEqual({
      account: 'clerk-1',
      via: 'api-token',
      id: apiToken.id,
      mustChangePassword: false,
    });
    given.nowMs = Date.parse('2026-03-03T23:59:59.999+08:00');
    expect(holds(token)).toBe(true);
    given.nowMs += 1;
    expect(holds(token)).toBe(false);
    expect(given.identity.tokens('clerk-1')).toEqual([]);
  });

  it.each([
    ['2026-03-01', 'API_TOKEN_DAY'],
    ['2026-03-02', 'nothing'],
    ['2027-03-03', 'nothing'],
    ['2027-03-04', 'API_TOKEN_DAY'],
  ])('of which the last day is %s: %s', async (to, code) => expect(await refusedWith(() => make(to))).toBe(code));

  it('is revoked by its owner or an administrator', async () => {
    const [one, other] = [make(), make()];
    expect(await revoke(one.apiToken.id, 'clerk-2')).toBe('API_TOKEN_UNKNOWN');
    expect(await revoke(one.apiToken.id, 'clerk-1')).toBe('nothing');
    expect(await revoke(one.apiToken.id, 'clerk-1')).toBe('API_TOKEN_UNKNOWN');
    expect(await revoke(other.apiToken.id)).toBe('nothing');
    expect([holds(one.token), holds(other.token)]).toEqual([false, false]);
  });

  it('ends with its account being disabled, and does not come back with it', async () => {
    const { token } = make();
    const session = await logIn();
    given.identity.disable('clerk-1', BY_ADMIN);
    expect([holds(token), holds(session.token)]).toEqual([false, false]);
    expect(given.identity.enable('clerk-1', BY_ADMIN)).toMatchObject({ id: 'clerk-1', disabled: false });
    expect([holds(token), holds(session.token)]).toEqual([false, false]);
    expect((await logIn()).session.account).toBe('clerk-1');
  });

  it('is one of twenty at most', async () => {
    for (let i = 0; i < 20; i++) make();
    expect(await refusedWith(() => make())).toBe('API_TOKEN_LIMIT');
    given.identity.revokeToken(given.identity.tokens('clerk-1')[0]?.id ?? '', BY_CLERK);
    expect(await refusedWith(() => make())).toBe('nothing');
  });

  it('says to the minute when it was used', () => {
    const { token } = make();
    const lastUsedAtMs = () => given.identity.tokens('clerk-1')[0]?.lastUsedAtMs;
    expect(lastUsedAtMs()).toBeNull();
    const first = given.nowMs;
    holds(token);
    given.identity.record.before(1, 1);
    expect(lastUsedAtMs()).toBe(first);
    given.nowMs += MINUTE_MS - 1;
    holds(token);
    given.identity.record.before(1, 1);
    expect(lastUsedAtMs()).toBe(first);
    given.nowMs += 1;
    holds(token);
    given.identity.record.before(1, 1);
    expect(lastUsedAtMs()).toBe(first + MINUTE_MS);
  });
});

/** Two API tokens and a session that open something, in the same turn of the event loop in which they are asked again. */
const used = async () => {
  const tokens = [make(), make()];
  const session = await logIn();
  const held = () => [...tokens.map(({ token }) => token), session.token].map(holds);
  expect(held()).toEqual([true, true, true]);
  return { tokens, session, held };
};

describe('a token that has just been used', () => {
  it('opens nothing any more once it is revoked, or its session ended', async () => {
    const { tokens, session, held } = await used();
    given.identity.revokeToken(tokens[0]?.apiToken.id ?? '', BY_CLERK);
    expect(held()).toEqual([false, true, true]);
    given.identity.endSession(session.session.id, BY_CLERK);
    expect(held()).toEqual([false, true, false]);
  });

  it('opens nothing any more once its account is disabled', async () => {
    const { held } = await used();
    given.identity.disable('clerk-1', BY_ADMIN);
    expect(held()).toEqual([false, false, false]);
  });

  it('opens nothing from the next turn on, when another process has disabled the account', async () => {
    const { held } = await used();
    given.another().disable('clerk-1', BY_ADMIN);
    await setImmediate();
    expect(held()).toEqual([false, false, false]);
    expect(given.errors).toEqual([]);
  });
});

it('an account keeps its id, and nobody disables his own', async () => {
  expect(await refusedWith(() => given.identity.addAccount('clerk-1', BY_ADMIN))).toBe('STAFF_ACCOUNT_DUPLICATE');
  for (const id of ['ledger', 'operator', 'demo']) {
    expect(await refusedWith(() => given.identity.addAccount(id, BY_ADMIN))).toBe('STAFF_ACCOUNT_RESERVED');
  }
  expect(await refusedWith(() => given.identity.disable('clerk-1', BY_CLERK))).toBe('OWN_ACCOUNT');
  expect(await refusedWith(() => given.identity.disable('clerk-8', BY_ADMIN))).toBe('STAFF_ACCOUNT_UNKNOWN');
  const subject = { issuer: 'https://id.example', subject: '248289761001' };
  await given.identity.addAccount('clerk-3', BY_ADMIN, subject);
  expect(await refusedWith(() => given.identity.addAccount('clerk-4', BY_ADMIN, subject))).toBe('OIDC_SUBJECT_TAKEN');
  expect(given.identity.accounts.find('clerk-4')).toBeUndefined();
});

it('for whom a provider vouches, logs in when entered and not disabled, and is asked for no password', async () => {
  const subject = { issuer: 'https://id.example', subject: '248289761001' };
  const logInAs = (issuer: string) => refusedWith(() => given.identity.logInAs({ ...subject, issuer }, ASKED));
  expect(await logInAs(subject.issuer)).toBe('OIDC_SUBJECT_UNKNOWN');
  await given.identity.addAccount('clerk-3', BY_ADMIN, subject);
  await given.identity.resetPassword('clerk-3', BY_ADMIN);
  const { token, mustChangePassword } = given.identity.logInAs(subject, ASKED);
  expect(mustChangePassword).toBe(false);
  expect(given.identity.credentialOf(token)).toMatchObject({ account: 'clerk-3', mustChangePassword: false });
  expect(await logInAs('https://other.example')).toBe('OIDC_SUBJECT_UNKNOWN');
  given.identity.disable('clerk-3', BY_ADMIN);
  expect(await logInAs(subject.issuer)).toBe('OIDC_LOGIN_FAILED');
});
