import { randomBytes } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BadDestroyedKeys, BadVaultKey, destroyedKeysOf, masterKeyOf } from '@ledger/vault';
import { madeUpPeople } from '../support/people.js';
import { type VaultDirectory, vaultDirectory } from '../support/vault-directory.js';
import { destroyed, held } from '../support/vault-samples.js';

let directory: VaultDirectory;
const open: VaultDirectory['open'] = (options) => directory.open(options);

beforeEach(() => {
  directory = vaultDirectory();
});
afterEach(() => directory.remove());

describe('the vault', () => {
  it('gives back what it holds, also after it was closed, and holds nothing in plain', () => {
    open().put(held(1));
    directory.close();
    expect(open().read('household-1', 'CONSENT', 'key-1')).toStrictEqual(held(1).document);
    const bytes = directory.stores.bytes('vault');
    expect(bytes.includes('household-1')).toBe(true);
    for (const text of Object.values(madeUpPeople(1))) expect(bytes.includes(text)).toBe(false);
  });

  it('finds the households of a number, of those that are held now', async () => {
    const vault = open();
    vault.put(held(1));
    vault.put(held(2, { residentIds: held(1).residentIds }));
    const [number = ''] = held(1).residentIds;
    expect(vault.householdsOf(number)).toStrictEqual(['household-1', 'household-2']);
    vault.put(held(1, { residentIds: [], revision: 3 }));
    await vault.destroy(destroyed(2));
    expect(vault.householdsOf(number)).toStrictEqual([]);
  });

  it('holds what it is given or says that it does not, and knows how far it has come', async () => {
    const vault = open();
    expect(vault.hasReached('household-1', 'CONSENT', 0)).toBe(false);
    vault.put(held(1, { document: { newer: true }, revision: 4 }));
    expect([3, 4, 5].map((revision) => vault.hasReached('household-1', 'CONSENT', revision))).toEqual([
      true,
      true,
      false,
    ]);
    expect(vault.read('household-1', 'CONSENT', 'key-1')).toStrictEqual({ newer: true });
    await vault.destroy(destroyed(1));
    expect(() => vault.put(held(1, { revision: 9 }))).toThrow('key-1 of household-1 was destroyed');
    expect(vault.read('household-1', 'CONSENT', 'key-1')).toBeUndefined();
    vault.setRecorded(destroyed(1), 5);
    expect(vault.hasReached('household-1', 'CONSENT', 5)).toBe(true);
    // A log that came from an older copy may be behind what the vault has seen; what it records now is held all the same.
    vault.put(held(1, { keyId: 'key-again', revision: 3 }));
    expect(vault.read('household-1', 'CONSENT', 'key-again')).toStrictEqual(held(1).document);
    expect(vault.hasReached('household-1', 'CONSENT', 4)).toBe(false);
  });

  it('has nothing for another key than the one that it is asked for', () => {
    const vault = open();
    vault.put(held(1));
    expect(vault.read('household-1', 'CONSENT', 'key-of-the-log')).toBeUndefined();
  });

  it('notices what was moved from one household to another', () => {
    const vault = open();
    vault.put(held(1));
    vault.put(held(2));
    directory.stores.ask(
      'vault',
      `UPDATE records SET sealed = (SELECT sealed FROM records WHERE household = 'household-2')
       WHERE household = 'household-1'`,
    );
    expect(() => vault.read('household-1', 'CONSENT', 'key-1')).toThrow(/does not open/);
    expect(vault.read('household-2', 'CONSENT', 'key-2')).toStrictEqual(held(2).document);
  });

  it('is sealed with another master key, takes and shows nothing, and still destroys', async () => {
    open().put(held(1));
    directory.close();
    const vault = open({ masterKey: masterKeyOf(randomBytes(32).toString('base64'), 'test') });
    expect(vault.sealed()).toBe('keyWrong');
    expect(() => vault.put(held(2))).toThrow(/VAULT_SEALED/);
    expect(() => vault.read('household-1', 'CONSENT', 'key-1')).toThrow(/VAULT_SEALED/);
    await vault.destroy(destroyed(1));
    expect(vault.isDestroyed('key-1')).toBe(true);
  });

  it('refuses a key that is none', () => {
    for (const text of ['', 'short', randomBytes(31).toString('base64'), randomBytes(32).toString('hex')]) {
      expect(() => masterKeyOf(text, 'LEDGER_VAULT_KEY')).toThrow(BadVaultKey);
    }
  });
});

describe('the list of destroyed keys', () => {
  it('keeps a last line of the list that only lost its end, and writes no other behind it', async () => {
    const vault = open();
    for (const serial of [1, 2, 3]) vault.put(held(serial));
    await vault.destroy(destroyed(1));
    const list = destroyedKeysOf(directory.path);
    const endless = (): void => writeFileSync(list, readFileSync(list, 'utf8').trimEnd());
    endless();
    await vault.destroy(destroyed(2));
    endless();
    directory.close();
    const again = open();
    expect(again.unrecorded()).toStrictEqual([destroyed(1), destroyed(2)]);
    await again.destroy(destroyed(3));
    directory.close();
    expect(open().unrecorded()).toStrictEqual([destroyed(1), destroyed(2), destroyed(3)]);
  });

  it('goes on from a list that a crash has cut off, and stops before one that cannot be read', async () => {
    const vault = open();
    vault.put(held(1));
    vault.put(held(2));
    await vault.destroy(destroyed(1));
    const list = destroyedKeysOf(directory.path);
    appendFileSync(list, JSON.stringify(destroyed(2)).slice(0, 30));
    expect(open().read('household-2', 'CONSENT', 'key-2')).toStrictEqual(held(2).document);
    await vault.destroy(destroyed(2));
    expect(readFileSync(list, 'utf8').trimEnd().split('\n')).toHaveLength(2);
    appendFileSync(list, '{"keyId":1}\n');
    expect(() => open()).toThrow(BadDestroyedKeys);
  });
});
