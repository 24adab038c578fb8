import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { openOffice } from '../../support/office.js';
import { spawnLedger, TOKEN } from '../../support/running-ledger.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

let directory: ReturnType<typeof temporaryDirectory>;

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

const PROVIDER = {
  LEDGER_OIDC_ISSUER: 'https://id.example',
  LEDGER_OIDC_CLIENT_ID: 'gongfu-ledger',
  LEDGER_OIDC_REDIRECT: 'https://ledger.example/signed-in',
};

/** Starts a ledger that should end by itself; what it printed, and its exit code. */
async function ended(env: Record<string, string>): Promise<{ code: number | null; printed: string }> {
  const settings = {
    PORT: '0',
    LEDGER_DATA: join(directory.path, 'data'),
    LEDGER_DEMO: 'off',
    LEDGER_LOG_LEVEL: 'silent',
  };
  const ledger = spawnLedger({ ...settings, ...env });
  const [code] = (await once(ledger.process, 'close')) as [number | null];
  return { code, printed: ledger.output() };
}

describe('a start with accounts', () => {
  it.each<[string, Record<string, string>]>([
    ['LEDGER_ACCESS', { LEDGER_ACCESS: 'everybody' }],
    ['LEDGER_DISTRICT', { LEDGER_DISTRICT: '330603008' }],
    ['LEDGER_OIDC_ISSUER', { ...PROVIDER, LEDGER_OIDC_ISSUER: 'http://id.example' }],
    ['LEDGER_OIDC_ISSUER', { ...PROVIDER, LEDGER_OIDC_ISSUER: 'id.example' }],
    ['LEDGER_OIDC_ISSUER', { LEDGER_OIDC_ISSUER: 'https://id.example' }],
    ['LEDGER_OIDC_REDIRECT', { ...PROVIDER, LEDGER_OIDC_REDIRECT: 'http://ledger.example/signed-in' }],
    ['LEDGER_OIDC_REDIRECT', { ...PROVIDER, LEDGER_OIDC_REDIRECT: 'https://ledger.example/signed-in?next=1' }],
    ['LEDGER_OIDC_CLIENT_SECRET_FILE', { ...PROVIDER, LEDGER_OIDC_CLIENT_SECRET_FILE: '/nowhere/secret' }],
  ])('and a wrong %s ends with a sentence that names it', async (name, env) => {
    const { code, printed } = await ended(env);
    expect(code).toBe(1);
    expect(printed).toMatch(new RegExp(`^${name}.*[\\u4e00-\\u9fff].*[a-z]+.*\\n$`));
  });

  it('and a secret in a file that others can read ends with a sentence, and does not show it', async () => {
    const file = join(directory.path, 'secret');
    writeFileSync(file, 'secret-of-the-ledger-at-its-provider\n', { mode: 0o640 });
    chmodSync(file, 0o640);
    const { code, printed } = await ended({ ...PROVIDER, LEDGER_OIDC_CLIENT_SECRET_FILE: file });
    expect(code).toBe(1);
    expect(printed).toMatch(/^LEDGER_OIDC_CLIENT_SECRET_FILE=.*chmod 600/);
    expect(printed).not.toContain('secret-of-the-ledger');
  });

  it('and a secret in two places ends with a sentence', async () => {
    const { code, printed } = await ended({
      ...PROVIDER,
      LEDGER_OIDC_CLIENT_SECRET: 'one',
      LEDGER_OIDC_CLIENT_SECRET_FILE: '/nowhere/secret',
    });
    expect([code, printed]).toEqual([1, expect.stringMatching(/^LEDGER_OIDC_CLIENT_SECRET .*Only one of/)]);
  });

  it('on a port that is taken makes no password that nobody sees: the next start shows the first one', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, printed } = await ended({ PORT: String(port) });
    other.close();
    expect([code, printed]).toEqual([1, expect.not.stringContaining('one-time password')]);
    const office = await openOffice(join(directory.path, 'data'));
    expect((await office.admin.get('/me')).status).toBe(200);
    expect(await office.ledger.stop()).toBe(0);
  });

  it('makes no token for all, and takes none', async () => {
    const office = await openOffice(directory.path);
    expect((await office.ledger.get('/divisions', { authorization: `Bearer ${TOKEN}` })).status).toBe(401);
    expect(existsSync(join(directory.path, 'token'))).toBe(false);
    await office.ledger.stop();
  });
});

it('a secret that only its owner can read is taken from its file', async () => {
  const file = join(directory.path, 'secret');
  writeFileSync(file, 'secret-of-the-ledger-at-its-provider\n', { mode: 0o600 });
  const office = await openOffice(join(directory.path, 'data'), { ...PROVIDER, LEDGER_OIDC_CLIENT_SECRET_FILE: file });
  expect((await office.admin.get('/me')).status).toBe(200);
  await office.ledger.stop();
  expect(office.ledger.output()).not.toContain(readFileSync(file, 'utf8').trim());
});
