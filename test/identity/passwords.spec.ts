import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { argon2id, COST, firstAdministrator, PasswordHash, refusePassword } from '@ledger/identity';
import {
  ASKED,
  BY_ADMIN,
  givenIdentity,
  type GivenIdentity,
  PASSWORD,
  refusedWith,
} from '../support/given-identity.js';
import { quickDerive } from '../support/quick-derive.js';

describe('Argon2id', () => {
  it('gives what RFC 9106 gives for such input', async () => {
    // The vector of the reference implementation (phc-winner-argon2, test.c): password, somesalt, t=2, m=2^16, p=1.
    const key = await argon2id('password', Buffer.from('somesalt'), { memoryKiB: 65_536, passes: 2, parallelism: 1 });
    expect(key.toString('hex')).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7');
  });

  it('is asked at the cost that OWASP gives first, with a salt of its own for every password', async () => {
    const hash = new PasswordHash();
    const [one, other] = [await hash.of(PASSWORD), await hash.of(PASSWORD)];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await hash.matches(PASSWORD, one)).toBe(true);
    expect(await hash.matches(`${PASSWORD}.`, one)).toBe(false);
  });

  it('runs two at a time at most, so that files are not held up', async () => {
    let [running, most] = [0, 0];
    const hash = new PasswordHash(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running--;
      return Buffer.alloc(32);
    });
    await Promise.all(Array.from({ length: 9 }, () => hash.of(PASSWORD)));
    expect([running, most]).toEqual([0, 2]);
  });

  it('lets the next one in when one fails', async () => {
    const hash = new PasswordHash(async () => Promise.reject(new Error('no memory')));
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => hash.of(PASSWORD)));
    expect(all.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
  });
});

const because = (password: string, account = 'accountant-1') => {
  try {
    refusePassword(password, account);
    return 'allowed';
  } catch (error) {
    return (error as { facts: { because: string } }).facts.because;
  }
};

describe('a password', () => {
  it.each([
    ['', 'length'],
    ['elevenchars', 'length'],
    ['x1'.repeat(64), 'common'],
    ['abc'.repeat(42) + 'ab', 'allowed'],
    ['abc'.repeat(43), 'length'],
    ['Password1234', 'common'],
    ['qwertyuiop12', 'common'],
    ['zzzzzzzzzzzz', 'common'],
    ['accountant-1', 'account'],
    ['ACCOUNTANT-1accountant-1', 'account'],
    ['twelve chars', 'allowed'],
    ['没有规则只要足够长的密码', 'allowed'],
    ['没有规则只要足够长的密', 'length'],
    ['𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷', 'length'],
  ])('“%s” is: %s', (password, expected) => expect(because(password)).toBe(expected));

  it('is the same in either composition of its characters', async () => {
    const hash = new PasswordHash(quickDerive().derive);
    expect(await hash.matches('cafe\u0301 au lait noir', await hash.of('caf\u00e9 au lait noir'))).toBe(true);
  });
});

describe('of an account', () => {
  let given: GivenIdentity;

  beforeEach(() => {
    given = givenIdentity();
  });
  afterEach(() => given.remove());

  const logIn = (password: string, id = 'clerk-1') => given.identity.logIn(id, password, ASKED);

  it('a one-time password lets in, wants to be changed, and is gone after that', async () => {
    const { oneTimePassword = '' } = await given.identity.addAccount('clerk-1', BY_ADMIN);
    expect(oneTimePassword).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    const { token, mustChangePassword } = await logIn(oneTimePassword);
    expect(mustChangePassword).toBe(true);
    expect(given.identity.credentialOf(token)).toMatchObject({ account: 'clerk-1', mustChangePassword: true });

    const changed = await given.identity.changePassword(oneTimePassword, PASSWORD, { ...BY_ADMIN, account: 'clerk-1' });
    expect(given.identity.credentialOf(token)).toBeUndefined();
    expect(given.identity.credentialOf(changed.token)).toMatchObject({ mustChangePassword: false });
    expect(await refusedWith(() => logIn(oneTimePassword))).toBe('LOGIN_FAILED');
    expect((await logIn(PASSWORD)).mustChangePassword).toBe(false);
  });

  it('a one-time password that nobody used for a week lets nobody in', async () => {
    const { oneTimePassword = '' } = await given.identity.addAccount('clerk-1', BY_ADMIN);
    given.nowMs += 7 * 86_400_000 - 1;
    expect((await logIn(oneTimePassword)).session.account).toBe('clerk-1');
    given.nowMs += 1;
    expect(await refusedWith(() => logIn(oneTimePassword))).toBe('LOGIN_FAILED');
  });

  it('is changed only with the one before, into one that is allowed and another', async () => {
    await given.account('clerk-1');
    const change = (password: string, chosen: string) =>
      refusedWith(() => given.identity.changePassword(password, chosen, { ...BY_ADMIN, account: 'clerk-1' }));
    expect(await change('not the password', 'six yellow tea baskets')).toBe('PASSWORD_WRONG');
    expect(await change(PASSWORD, 'clerk-1')).toBe('PASSWORD_NOT_ALLOWED');
    expect(await change(PASSWORD, PASSWORD)).toBe('PASSWORD_NOT_ALLOWED');
    expect(await change(PASSWORD, 'six yellow tea baskets')).toBe('nothing');
    expect(await refusedWith(() => logIn(PASSWORD))).toBe('LOGIN_FAILED');
  });

  it('a reset ends sessions and tokens, and cannot be asked for by its owner', async () => {
    await given.account('clerk-1');
    const { token } = await logIn(PASSWORD);
    const own = { ...BY_ADMIN, account: 'clerk-1' };
    const program = given.identity.makeToken({ name: 'reports', to: '2026-04-01' }, own).token;
    expect(await refusedWith(() => given.identity.resetPassword('clerk-1', own))).toBe('OWN_ACCOUNT');
    expect(await refusedWith(() => given.identity.resetPassword('clerk-2', BY_ADMIN))).toBe('STAFF_ACCOUNT_UNKNOWN');
    expect(given.identity.credentialOf(token)).toBeDefined();

    const once = await given.identity.resetPassword('clerk-1', BY_ADMIN);
    expect([token, program].map((each) => given.identity.credentialOf(each))).toEqual([undefined, undefined]);
    expect(await refusedWith(() => logIn(PASSWORD))).toBe('LOGIN_FAILED');
    expect((await logIn(once)).mustChangePassword).toBe(true);
  });

  it('is hashed anew at a cost that was raised, when its owner brings it, and holds before and after', async () => {
    await given.account('clerk-1');
    const stored = () => given.identity.accounts.find('clerk-1')?.password;
    expect(stored()).toContain(`m=${COST.memoryKiB},t=2,p=1`);
    given.reopen({ ...COST, passes: 3 });
    expect(await refusedWith(() => logIn('not the password'))).toBe('LOGIN_FAILED');
    expect(stored()).toContain('t=2');
    await logIn(PASSWORD);
    expect(stored()).toContain('t=3');
    expect((await logIn(PASSWORD)).session.account).toBe('clerk-1');
  });

  it('and changing it takes no notice of a cost raised in the same moment', async () => {
    await given.account('clerk-1');
    given.reopen({ ...COST, passes: 3 });
    const by = { ...BY_ADMIN, account: 'clerk-1' };
    await given.identity.changePassword(PASSWORD, 'six yellow tea baskets', by);
    expect((await logIn('six yellow tea baskets')).session.account).toBe('clerk-1');
  });

  it('a name that nobody has, a disabled account and one without a password are hashed for like a wrong password', async () => {
    await given.account('clerk-1');
    await given.account('clerk-2');
    given.identity.disable('clerk-2', BY_ADMIN);
    await given.identity.addAccount('clerk-3', BY_ADMIN, { issuer: 'https://id.example', subject: '1' });
    for (const [id, password] of [
      ['clerk-1', 'not the password'],
      ['nobody-1', PASSWORD],
      ['clerk-2', PASSWORD],
      ['clerk-3', PASSWORD],
    ] as const) {
      const before = given.runs();
      expect([id, await refusedWith(() => logIn(password, id)), given.runs() - before]).toEqual([
        id,
        'LOGIN_FAILED',
        1,
      ]);
    }
  });

  it('a log-in that was under way when the account was disabled lets nobody in', async () => {
    await given.account('clerk-1');
    const under = refusedWith(() => logIn(PASSWORD));
    given.identity.disable('clerk-1', BY_ADMIN);
    expect(await under).toBe('LOGIN_FAILED');
    expect(given.identity.sessions('clerk-1')).toEqual([]);
  });

  it.each<[string, (by: typeof BY_ADMIN) => Promise<unknown>]>([
    ['changed', (by) => given.identity.changePassword(PASSWORD, 'six yellow tea baskets', by)],
    ['reset', () => given.identity.resetPassword('clerk-1', BY_ADMIN)],
  ])('is %s together with the end of sessions and API tokens, or not at all', async (_, replace) => {
    await given.account('clerk-1');
    const by = { ...BY_ADMIN, account: 'clerk-1' };
    const { token } = await logIn(PASSWORD);
    const program = given.identity.makeToken({ name: 'reports', to: '2026-04-01' }, by).token;
    const open = () => [token, program].map((each) => given.identity.credentialOf(each)?.account);
    const mend = given.stores.breaks('identity', 'BEFORE DELETE ON api_tokens');
    await expect(replace(by)).rejects.toThrow('cut short');
    mend();
    expect(open()).toEqual(['clerk-1', 'clerk-1']);
    expect((await logIn(PASSWORD)).session.account).toBe('clerk-1');

    await replace(by);
    expect(open()).toEqual([undefined, undefined]);
    expect(await refusedWith(() => logIn(PASSWORD))).toBe('LOGIN_FAILED');
  });

  it('is there from the moment the account is, so that a start after one cut short shows another', async () => {
    const mend = given.stores.breaks('identity', 'BEFORE UPDATE OF password ON accounts');
    await expect(firstAdministrator(given.identity)).rejects.toThrow('cut short');
    expect(given.identity.accounts.after('', 1)).toEqual([]);
    mend();
    const oneTimePassword = (await firstAdministrator(given.identity)) ?? '';
    expect((await logIn(oneTimePassword, 'admin')).mustChangePassword).toBe(true);
  });

  it('nothing of it and of no token is in the store', async () => {
    const { oneTimePassword = '' } = await given.identity.addAccount('clerk-9', BY_ADMIN);
    await given.account('clerk-1');
    const { token } = await logIn(PASSWORD);
    const program = given.identity.makeToken(
      { name: 'reports', to: '2026-04-01' },
      { ...BY_ADMIN, account: 'clerk-1' },
    ).token;
    given.reopen();
    const bytes = given.stores.bytes('identity');
    expect(bytes.includes('clerk-1')).toBe(true);
    for (const secret of [PASSWORD, oneTimePassword, token, program]) expect(bytes.includes(secret)).toBe(false);
  });
});
