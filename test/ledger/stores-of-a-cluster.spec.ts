import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { openDrafts } from '@ledger/drafts';
import { openSqliteLog } from '@ledger/eventlog';
import { type Identity, openIdentity } from '@ledger/identity';
import { masterKeyOf, Vault } from '@ledger/vault';
import { run } from '../../apps/ledger/src/program.js';
import { draftOf } from '../support/drafts.js';
import { ASKED, BY_ADMIN, PASSWORD } from '../support/given-identity.js';
import { type GivenStores, givenStores, onPostgres } from '../support/private-stores.js';
import { quickDerive } from '../support/quick-derive.js';
import { destroyed, held } from '../support/vault-samples.js';

onPostgres();
let stores: GivenStores;
let printed: string;
const env = { ...process.env };

beforeEach(() => {
  stores = givenStores();
  Object.assign(process.env, { LEDGER_PROFILE: 'cluster', LEDGER_DATABASE_URL: stores.url });
  printed = '';
  for (const stream of ['log', 'error'] as const) {
    jest.spyOn(console, stream).mockImplementation((text: string) => void (printed += `${text}\n`));
  }
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...env };
  stores.remove();
});

const opened = (place: GivenStores['place']): Identity =>
  openIdentity(place, { now: () => Date.now(), onError: () => undefined, derive: quickDerive().derive });

/** A ledger of one process, with somebody who has an account, a draft and people in the vault. */
async function ledgerInFiles(): Promise<{ session: string }> {
  const { directory } = stores;
  await openSqliteLog(directory).close();
  const identity = opened(directory);
  const { oneTimePassword = '' } = await identity.addAccount('clerk-1', BY_ADMIN);
  const { token } = await identity.changePassword(oneTimePassword, PASSWORD, { ...BY_ADMIN, account: 'clerk-1' });
  identity.close();
  const drafts = openDrafts(directory);
  for (const id of ['a', 'b']) drafts.add(draftOf(id), { version: 1, body: { amountFen: 100 } }, 'f');
  drafts.close();
  const vault = new Vault(directory);
  for (const serial of [1, 2, 3]) vault.put(held(serial));
  await vault.destroy(destroyed(3));
  vault.close();
  return { session: token };
}

const vaultInCluster = (key: string): Vault =>
  new Vault(stores.place, {
    masterKey: masterKeyOf(key, 'test'),
    destroyedKeys: `${stores.directory}.destroyed-keys`,
  });

it('moves accounts, drafts and personal data into a cluster, once, and numbers go on after the last', async () => {
  const { session } = await ledgerInFiles();
  expect(await run(['migrate-stores', '--data', stores.directory])).toBe(0);
  expect(printed).toMatch(/账号库已迁入:\d+行。The store of accounts was moved: \d+ rows\./);
  expect(printed).toMatch(/LEDGER_DESTROYED_KEYS/);
  const identity = opened(stores.place);
  expect(identity.credentialOf(session)).toMatchObject({ account: 'clerk-1' });
  expect((await identity.logIn('clerk-1', PASSWORD, ASKED)).session.account).toBe('clerk-1');
  expect(identity.record.before(1_000, 9).map(({ number, what }) => [number, what])).toEqual([
    [4, 'logged-in'],
    [3, 'logged-in'],
    [2, 'password-changed'],
    [1, 'account-made'],
  ]);
  const drafts = openDrafts(stores.place);
  drafts.add(draftOf('c'), { version: 1, body: {} }, 'f');
  expect(['a', 'b', 'c'].map((id) => drafts.numbered(id))).toEqual(
    ['a', 'b', 'c'].map((id, n) => ({ number: n + 1, draft: draftOf(id) })),
  );
  expect(drafts.contents('a')).toEqual([{ version: 1, body: { amountFen: 100 } }]);
  const vault = vaultInCluster(readFileSync(join(stores.directory, 'vault.key'), 'utf8'));
  expect(vault.sealed()).toBeUndefined();
  expect(vault.read('household-2', 'CONSENT', 'key-2')).toStrictEqual(held(2).document);
  expect(vault.householdsOf(held(1).residentIds[0] ?? '')).toEqual(['household-1']);
  expect(vault.isDestroyed('key-3')).toBe(true);
  vault.put(held(4));
  expect(vault.read('household-4', 'CONSENT', 'key-4')).toStrictEqual(held(4).document);
  identity.close();

  printed = '';
  expect(await run(['migrate-stores', '--data', stores.directory])).toBe(0);
  expect(printed).toMatch(/The store of drafts was not moved: the cluster has one with rows in it\./);
  expect(openDrafts(stores.place).find('c')).toBeDefined();
});

it('gives an administrator of a cluster another password, while it runs', async () => {
  const identity = opened(stores.place);
  await identity.addAccount('admin', BY_ADMIN);
  expect(await run(['reset-password', 'admin'])).toBe(0);
  expect(printed).toMatch(/[a-z2-9]{5}(-[a-z2-9]{5}){3}/);
  expect(await run(['reset-password', 'clerk-2'])).toBe(1);
  expect(printed).toMatch(/没有账号“clerk-2”.*There is no account "clerk-2"/);
  expect(identity.record.before(1_000, 9)).toContainEqual(
    expect.objectContaining({ account: 'operator', what: 'password-reset', about: 'admin' }),
  );
  identity.close();
});

it('wraps the vault of a cluster under another master key, which must be given', async () => {
  const [current, next] = [1, 2].map(() => randomBytes(32).toString('base64'));
  const vault = vaultInCluster(current ?? '');
  vault.put(held(1));
  expect(await run(['vault-rotate'])).toBe(1);
  expect(printed).toMatch(/so nothing was changed/);
  Object.assign(process.env, { LEDGER_VAULT_KEY: current, LEDGER_VAULT_KEY_NEXT: next });
  expect(await run(['vault-rotate'])).toBe(0);
  expect(printed).toMatch(/1 key is under another master key/);
  expect(vault.sealed()).toBe('keyWrong');
  expect(vaultInCluster(next ?? '').read('household-1', 'CONSENT', 'key-1')).toStrictEqual(held(1).document);
});

it('says in a sentence that the database of the cluster is not there', async () => {
  process.env['LEDGER_DATABASE_URL'] = 'postgres://nobody@127.0.0.1:1/none';
  expect(await run(['reset-password', 'admin'])).toBe(1);
  expect(printed).toMatch(/数据库暂时不可用.*The database is not available now/);
});
