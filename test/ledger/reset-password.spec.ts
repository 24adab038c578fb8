import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { openSqliteLog } from '@ledger/eventlog';
import { run } from '../../apps/ledger/src/program.js';
import {
  BY_ADMIN,
  givenIdentity,
  type GivenIdentity,
  ASKED,
  PASSWORD,
  refusedWith,
} from '../support/given-identity.js';

let given: GivenIdentity;
let printed: string;

beforeEach(async () => {
  given = givenIdentity('slow');
  await openSqliteLog(given.directory).close();
  printed = '';
  for (const stream of ['log', 'error'] as const) {
    jest.spyOn(console, stream).mockImplementation((text: string) => void (printed += `${text}\n`));
  }
});
afterEach(() => {
  jest.restoreAllMocks();
  given.remove();
});

const reset = (account: string) => run(['reset-password', account, '--data', given.directory]);

it('gives the only administrator, who has forgotten his, a password for one use, also while the ledger runs', async () => {
  await given.account('admin');
  const { token } = await given.identity.logIn('admin', PASSWORD, ASKED);
  expect(await reset('admin')).toBe(0);
  const [once = ''] = /[a-z2-9]{5}(-[a-z2-9]{5}){3}/.exec(printed) ?? [];
  expect(given.identity.credentialOf(token)).toBeUndefined();
  expect(await refusedWith(() => given.identity.logIn('admin', PASSWORD, ASKED))).toBe('LOGIN_FAILED');
  given.nowMs = Date.now();
  expect(await given.identity.logIn('admin', once, ASKED)).toMatchObject({ mustChangePassword: true });
  expect(given.identity.record.before(Number.MAX_SAFE_INTEGER, 100)).toContainEqual(
    expect.objectContaining({ account: 'operator', what: 'password-reset', about: 'admin', address: 'local' }),
  );
});

it('says in a sentence that there is no such account, and resets nothing', async () => {
  await given.identity.addAccount('clerk-1', BY_ADMIN);
  expect(await reset('clerk-2')).toBe(1);
  expect(printed).toMatch(/没有账号“clerk-2”.*There is no account "clerk-2"/);
});
