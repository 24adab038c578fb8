import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BadDestroyedKeys, BadVaultKey, destroyedKeysOf, masterKeyOf, rotateMasterKey, Vault } from '@ledger/vault';
import { onPostgres } from '../support/private-stores.js';
import { type VaultDirectory, vaultDirectory } from '../support/vault-directory.js';
import { destroyed, held } from '../support/vault-samples.js';

onPostgres();
let directory: VaultDirectory;

beforeEach(() => {
  directory = vaultDirectory();
});
afterEach(() => directory.remove());

const key = (): ReturnType<typeof masterKeyOf> => masterKeyOf(randomBytes(32).toString('base64'), 'test');

describe('a vault that two processes have open', () => {
  it('holds what either was given, under one key of its digests', () => {
    const [one, other] = [directory.open(), directory.another()];
    one.put(held(1));
    other.put(held(2, { residentIds: held(1).residentIds }));
    expect(other.read('household-1', 'CONSENT', 'key-1')).toStrictEqual(held(1).document);
    const [number = ''] = held(1).residentIds;
    for (const vault of [one, other]) {
      expect(vault.householdsOf(number)).toStrictEqual(['household-1', 'household-2']);
      expect(vault.fingerprint('a')).toBe(one.fingerprint('a'));
    }
  });

  it('shows nothing of a key that either has destroyed, and takes nothing under it', async () => {
    const [one, other] = [directory.open(), directory.another()];
    one.put(held(1));
    expect(other.read('household-1', 'CONSENT', 'key-1')).toBeDefined();
    await one.destroy(destroyed(1));
    expect(other.read('household-1', 'CONSENT', 'key-1')).toBeUndefined();
    expect(other.isDestroyed('key-1')).toBe(true);
    expect(other.destroyedKey('key-1')).toEqual(destroyed(1));
    expect(() => other.put(held(1, { revision: 9 }))).toThrow('was destroyed');
    // One that nothing was ever held under, too.
    await other.destroy(destroyed(7));
    expect(() => one.put(held(7))).toThrow('was destroyed');
  });

  it('has one list of destroyed keys that both add to', async () => {
    const [one, other] = [directory.open(), directory.another()];
    for (let serial = 1; serial <= 20; serial++) await (serial % 2 === 0 ? one : other).destroy(destroyed(serial));
    const lines = readFileSync(destroyedKeysOf(directory.path), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { keyId: string }).keyId)).toEqual(
      Array.from({ length: 20 }, (_, n) => `key-${n + 1}`),
    );
    expect(one.unrecorded()).toEqual(other.unrecorded());
    one.setRecorded(destroyed(1), 3);
    expect(other.unrecorded()).toHaveLength(19);
  });

  it('is destroyed again from the list where the server has been set back', async () => {
    const one = directory.open();
    one.put(held(1));
    const before = directory.stores.ask('vault', 'SELECT wrapped FROM subject_keys')[0]?.['wrapped'] as Uint8Array;
    await one.destroy(destroyed(1));
    directory.stores.ask(
      'vault',
      `UPDATE subject_keys SET wrapped = '\\x${Buffer.from(before).toString('hex')}' WHERE key_id = 'key-1'`,
    );
    const restored = directory.another();
    expect(directory.stores.ask('vault', 'SELECT wrapped FROM subject_keys')[0]?.['wrapped']).toEqual(Buffer.alloc(60));
    expect(restored.isDestroyed('key-1')).toBe(true);
  });

  it('is sealed in the other one from the moment another master key wraps it', () => {
    const [current, next] = [key(), key()];
    const [one, other] = [directory.open({ masterKey: current }), directory.another({ masterKey: current })];
    one.put(held(1));
    other.put(held(2));
    expect(rotateMasterKey(directory.stores.another, { given: { current, next } })).toBe(2);
    for (const vault of [one, other]) {
      expect(vault.sealed()).toBe('keyWrong');
      expect(() => vault.put(held(3))).toThrow(/VAULT_SEALED/);
      expect(() => vault.read('household-1', 'CONSENT', 'key-1')).toThrow(/VAULT_SEALED/);
    }
    const again = directory.open({ masterKey: next });
    expect(again.read('household-1', 'CONSENT', 'key-1')).toStrictEqual(held(1).document);
    expect(again.householdsOf(held(2).residentIds[0] ?? '')).toStrictEqual(['household-2']);
  });
});

describe('a vault on a server', () => {
  it('starts only with a master key and a list that are named, and says so in both languages', () => {
    const { place } = directory.stores;
    expect(() => new Vault(place)).toThrow(BadVaultKey);
    expect(() => new Vault(place)).toThrow('须由LEDGER_VAULT_KEY或LEDGER_VAULT_KEY_FILE给出');
    expect(() => new Vault(place)).toThrow('must come from LEDGER_VAULT_KEY or LEDGER_VAULT_KEY_FILE');
    expect(() => new Vault(place, { masterKey: key() })).toThrow(BadDestroyedKeys);
    expect(() => rotateMasterKey(place)).not.toThrow();
    directory.open().put(held(1));
    expect(() => rotateMasterKey(place)).toThrow(BadVaultKey);
  });

  it('of another format is refused', () => {
    directory.open().put(held(1));
    directory.stores.ask('vault', 'UPDATE format SET number = 9');
    expect(() => directory.another()).toThrow('的格式为9,本程序只认格式1');
    expect(() => directory.another()).toThrow('has format 9; this program reads format 1');
  });
});
