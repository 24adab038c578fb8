import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { BadConfiguration, clusterSettings } from '@ledger/settings';
import { readConfig } from '../../apps/api/src/boot/config.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const directory = temporaryDirectory();
afterAll(() => directory.remove());

const KEY = Buffer.alloc(32, 7).toString('base64');
const CLUSTER = {
  LEDGER_PROFILE: 'cluster',
  LEDGER_DATA: directory.path,
  LEDGER_EVENTSTORE_URL: 'esdb://node1:2113,node2:2113',
  LEDGER_DATABASE_URL: 'postgres://ledger_api:secret@db:5432/ledger',
  LEDGER_VAULT_KEY: KEY,
  LEDGER_DESTROYED_KEYS: join(directory.path, 'destroyed-keys'),
};

function refusal(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(env);
    return 'taken';
  } catch (error) {
    expect(error).toBeInstanceOf(BadConfiguration);
    return (error as Error).message;
  }
}

/** A file as an engine mounts it, which everybody in the container may read. */
function mounted(name: string, text: string): string {
  const path = join(directory.path, name);
  writeFileSync(path, `${text}\n`);
  chmodSync(path, 0o444);
  return path;
}

describe('the settings of a cluster', () => {
  it('are read with accounts, without a demo, and may listen on every address', () => {
    const config = readConfig({ ...CLUSTER, LEDGER_HOST: '0.0.0.0', LEDGER_TLS_PROXY: 'on' });
    expect(config).toMatchObject({
      cluster: { eventStoreUrl: 'esdb://node1:2113,node2:2113', databaseUrl: CLUSTER.LEDGER_DATABASE_URL },
      access: 'accounts',
      demo: false,
      host: '0.0.0.0',
      name: 'ledger.local',
      tlsProxy: 'loopback, uniquelocal',
    });
  });

  it('take secrets from files', () => {
    const settings = clusterSettings({
      LEDGER_PROFILE: 'cluster',
      LEDGER_EVENTSTORE_URL: CLUSTER.LEDGER_EVENTSTORE_URL,
      LEDGER_EVENTSTORE_USER: 'ledger',
      LEDGER_EVENTSTORE_PASSWORD_FILE: mounted('eventstore', 'a word'),
      LEDGER_EVENTSTORE_CA: mounted('ca.crt', ''),
      LEDGER_DATABASE_URL_FILE: mounted('database', CLUSTER.LEDGER_DATABASE_URL),
    });
    expect(settings).toEqual({
      eventStoreUrl: `esdb://ledger:a%20word@node1:2113,node2:2113?tlsCAFile=${encodeURIComponent(join(directory.path, 'ca.crt'))}`,
      databaseUrl: CLUSTER.LEDGER_DATABASE_URL,
    });
    const { LEDGER_VAULT_KEY: key, ...others } = CLUSTER;
    expect(readConfig({ ...others, LEDGER_VAULT_KEY_FILE: mounted('key', key) }).vaultKey).toBeDefined();
  });

  it.each([
    ['an unknown profile', { LEDGER_PROFILE: 'big' }, 'LEDGER_PROFILE must be one of embedded, cluster'],
    ['no EventStoreDB', { LEDGER_EVENTSTORE_URL: undefined }, 'needs LEDGER_EVENTSTORE_URL'],
    ['no database', { LEDGER_DATABASE_URL: undefined }, 'needs LEDGER_DATABASE_URL'],
    ['another database', { LEDGER_DATABASE_URL: 'mysql://u:secret@h/d' }, 'must be postgres://user:password@host'],
    ['a bare address', { LEDGER_EVENTSTORE_URL: 'esdb://u:secret@10.0.0.1:2113' }, 'is a bare address'],
    ['an authority that is not there', { LEDGER_EVENTSTORE_CA: '/nowhere/ca.crt' }, '/nowhere/ca.crt cannot be read'],
    ['a demo', { LEDGER_DEMO: 'on' }, 'move it in with migrate-log'],
    ['no key of the vault', { LEDGER_VAULT_KEY: undefined }, 'A cluster needs LEDGER_VAULT_KEY'],
    ['no list of destroyed keys', { LEDGER_DESTROYED_KEYS: undefined }, 'and LEDGER_DESTROYED_KEYS'],
    ['one token that it would make', { LEDGER_ACCESS: 'token' }, 'needs LEDGER_TOKEN, the same for every process'],
    ['a secret twice', { LEDGER_DATABASE_URL_FILE: 'x' }, 'Only one of LEDGER_DATABASE_URL and'],
  ])('refuse %s, and repeat no password', (_, changed, sentence) => {
    const said = refusal({ ...CLUSTER, ...changed });
    expect(said).toContain(sentence);
    expect(said).toMatch(/\p{Script=Han}/u);
    expect(said).not.toContain('secret');
  });
});

describe('a ledger in files', () => {
  it.each(['LEDGER_EVENTSTORE_URL', 'LEDGER_DATABASE_URL', 'LEDGER_DATABASE_URL_FILE'])(
    'is refused beside %s',
    (name) =>
      expect(refusal({ LEDGER_DATA: directory.path, [name]: 'x' })).toContain('but LEDGER_PROFILE is not cluster'),
  );

  it('listens on this machine alone', () =>
    expect(refusal({ LEDGER_DATA: directory.path, LEDGER_HOST: '0.0.0.0' })).toContain('must be one of 127.0.0.1'));

  it('refuses a secret in a file that others can read', () =>
    expect(refusal({ LEDGER_DATA: directory.path, LEDGER_TOKEN_FILE: mounted('token', 'x'.repeat(20)) })).toContain(
      'Others can read the file',
    ));
});
