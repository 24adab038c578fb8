import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BadVaultKey, masterKeyOf, rotateMasterKey, Vault } from '@ledger/vault';
import { filesWith } from '../support/byte-search.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const outer = { path: '', remove: (): void => undefined };
let directory: string;

beforeEach(() => {
  Object.assign(outer, temporaryDirectory());
  directory = outer.path;
});

afterEach(() => {
  outer.remove();
  rmSync(`${directory}.destroyed-keys`, { force: true });
});

const document = (serial: number) => ({ people: [{ name: `第${serial}户` }] });

async function using<T>(
  work: (vault: Vault) => T | Promise<T>,
  options: ConstructorParameters<typeof Vault>[1] = {},
): Promise<T> {
  const vault = new Vault(directory, options);
  try {
    return await work(vault);
  } finally {
    vault.close();
  }
}

const fill = (options: ConstructorParameters<typeof Vault>[1] = {}) =>
  using(async (vault) => {
    for (let serial = 1; serial <= 200; serial++) {
      const [household, keyId] = [`household-${serial}`, `key-${serial}`];
      vault.put({ household, part: 'CONSENT', keyId, document: document(serial), residentIds: [keyId], revision: 1 });
    }
    await vault.destroy({
      keyId: 'key-7',
      household: 'household-7',
      part: 'CONSENT',
      basis: 'SUBJECT_REQUEST',
      request: {},
    });
  }, options);

const whole = (options: ConstructorParameters<typeof Vault>[1] = {}) =>
  using((vault) => {
    expect(vault.sealed()).toBeUndefined();
    for (const serial of [1, 8, 200]) {
      expect(vault.read(`household-${serial}`, 'CONSENT', `key-${serial}`)).toStrictEqual(document(serial));
      expect(vault.householdsOf(`key-${serial}`)).toStrictEqual([`household-${serial}`]);
    }
    expect(vault.read('household-7', 'CONSENT', 'key-7')).toBeUndefined();
  }, options);

const keyInFile = () => readFileSync(join(directory, 'vault.key'), 'utf8').trim();

function wrappedKeys(): Record<string, Buffer> {
  const db = new DatabaseSync(join(directory, 'vault.db'), { readOnly: true });
  const rows = db.prepare("SELECT key_id AS id, wrapped FROM subject_keys WHERE key_id <> 'key-7'").all();
  db.close();
  return Object.fromEntries(rows.map(({ id, wrapped }) => [String(id), Buffer.from(wrapped as Uint8Array)]));
}

function diesBeforeKeeping(step: string): void {
  if (step === 'keep') throw new Error('killed');
}

describe('another master key', () => {
  it('wraps everything, and what the old one wrapped is gone', async () => {
    await fill();
    const [before, old] = [keyInFile(), wrappedKeys()];
    expect(rotateMasterKey(directory)).toBe(199);
    expect(keyInFile()).not.toBe(before);
    expect(existsSync(join(directory, 'vault.key.next'))).toBe(false);
    await whole();
    expect(filesWith([directory], { ...old, before })).toStrictEqual([]);
    const former = masterKeyOf(before, 'test');
    expect(await using((vault) => vault.sealed(), { masterKey: former })).toBe('keyWrong');
  });

  it('may stand outside the data directory, as the one before', async () => {
    const [current, next] = [1, 2].map(() => masterKeyOf(randomBytes(32).toString('base64'), 'test'));
    if (current === undefined || next === undefined) throw new Error('two keys were made');
    await fill({ masterKey: current });
    rotateMasterKey(directory, { given: { current, next } });
    expect(existsSync(join(directory, 'vault.key'))).toBe(false);
    await whole({ masterKey: next });
  });

  it('is refused where the one in use is missing or another', async () => {
    await fill();
    const current = masterKeyOf(randomBytes(32).toString('base64'), 'test');
    expect(() => rotateMasterKey(directory, { given: { current, next: current } })).toThrow(BadVaultKey);
    await whole();
    rmSync(join(directory, 'vault.key'));
    expect(() => rotateMasterKey(directory)).toThrow(BadVaultKey);
  });

  it('has nothing to do where nothing is held', () => {
    expect(rotateMasterKey(directory)).toBe(0);
    expect(existsSync(join(directory, 'vault.key'))).toBe(false);
  });

  it('keeps the key that follows while the vault that may need it is elsewhere', async () => {
    await fill();
    expect(() => rotateMasterKey(directory, { probe: diesBeforeKeeping })).toThrow('killed');
    renameSync(join(directory, 'vault.db'), join(directory, 'aside.db'));
    expect(await using((vault) => vault.sealed())).toBeUndefined();
    for (const name of ['vault.db', 'vault.db-wal', 'vault.db-shm']) rmSync(join(directory, name), { force: true });
    renameSync(join(directory, 'aside.db'), join(directory, 'vault.db'));
    await whole();
  });

  it.each(['rewrap', 'commit', 'keep'])(
    'leaves a vault that opens when the process is killed before %s',
    async (step) => {
      await fill();
      const env = { PATH: process.env['PATH'] ?? '', LEDGER_DATA: directory, DIES_BEFORE: step };
      const { signal } = spawnSync(process.execPath, ['dist/test/support/dying-rotation.js'], { env });
      expect(signal).toBe('SIGKILL');
      await whole();
      expect(existsSync(join(directory, 'vault.key.next'))).toBe(false);
      rotateMasterKey(directory);
      await whole();
    },
  );
});
