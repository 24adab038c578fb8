import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  BadDestroyedKeys,
  BadVaultKey,
  type DestroyedKey,
  destroyedKeysOf,
  type Held,
  masterKeyOf,
} from '@ledger/vault';
import { filesWith } from '../support/byte-search.js';
import { madeUpPeople } from '../support/people.js';
import { type VaultDirectory, vaultDirectory } from '../support/vault-directory.js';

let directory: VaultDirectory;
const open: VaultDirectory['open'] = (options) => directory.open(options);

beforeEach(() => {
  directory = vaultDirectory();
});
afterEach(() => directory.remove());

const held = (serial: number, said: Partial<Held> = {}): Held => {
  const { residentId, ...person } = madeUpPeople(serial);
  return {
    household: `household-${serial}`,
    part: 'CONSENT',
    keyId: `key-${serial}`,
    document: { people: [{ ...person, residentId }] },
    residentIds: [residentId],
    revision: 2,
    ...said,
  };
};

const destroyed = (serial: number): DestroyedKey => ({
  keyId: `key-${serial}`,
  household: `household-${serial}`,
  part: 'CONSENT',
  basis: 'SUBJECT_REQUEST',
  request: { command: 'ErasePersonalData' },
});

const wrappedKey = (serial: number): Buffer => {
  const db = new DatabaseSync(join(directory.path, 'vault.db'), { readOnly: true });
  const row = db.prepare('SELECT wrapped FROM subject_keys WHERE key_id = ?').get(`key-${serial}`);
  db.close();
  return Buffer.from((row as { wrapped: Uint8Array }).wrapped);
};

describe('the vault', () => {
  it('makes nothing on disk before there is something to hold', () => {
    const vault = open();
    expect(vault.read('household-1', 'CONSENT', 'key-1')).toBeUndefined();
    expect(vault.sealed()).toBeUndefined();
    expect(['vault.db', 'vault.key'].filter((name) => existsSync(join(directory.path, name)))).toStrictEqual([]);
  });

  it('gives back what it holds, also after it was closed, and holds nothing in plain', () => {
    open().put(held(1));
    directory.close();
    expect(open().read('household-1', 'CONSENT', 'key-1')).toStrictEqual(held(1).document);
    expect(filesWith([directory.path], madeUpPeople(1))).toStrictEqual([]);
    appendFileSync(join(directory.path, 'control.txt'), JSON.stringify(madeUpPeople(1)));
    expect(filesWith([directory.path], madeUpPeople(1))).toHaveLength(Object.keys(madeUpPeople(1)).length);
  });

  it('keeps its files from everybody but their owner, and refuses a key that others can read', () => {
    open().put(held(1));
    for (const name of ['vault.db', 'vault.key', 'vault.db-wal']) {
      expect(statSync(join(directory.path, name)).mode & 0o777).toBe(0o600);
    }
    directory.close();
    chmodSync(join(directory.path, 'vault.key'), 0o640);
    expect(() => open().sealed()).toThrow(BadVaultKey);
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
    const db = new DatabaseSync(join(directory.path, 'vault.db'));
    db.exec(`UPDATE records SET sealed = (SELECT sealed FROM records WHERE household = 'household-2')
      WHERE household = 'household-1'`);
    db.close();
    expect(() => vault.read('household-1', 'CONSENT', 'key-1')).toThrow(/does not open/);
    expect(vault.read('household-2', 'CONSENT', 'key-2')).toStrictEqual(held(2).document);
  });
});

describe('a vault without its master key', () => {
  beforeEach(() => {
    open().put(held(1));
    directory.close();
  });

  it('is sealed, makes no other key in its place, and opens again with it', () => {
    copyFileSync(join(directory.path, 'vault.key'), join(directory.outer, 'kept'));
    rmSync(join(directory.path, 'vault.key'));
    const vault = open();
    expect(vault.sealed()).toBe('keyMissing');
    for (const work of [
      () => vault.put(held(2)),
      () => vault.read('household-1', 'CONSENT', 'key-1'),
      () => vault.fingerprint('a'),
    ]) {
      expect(work).toThrow(/VAULT_SEALED/);
    }
    expect(existsSync(join(directory.path, 'vault.key'))).toBe(false);
    const kept = masterKeyOf(readFileSync(join(directory.outer, 'kept'), 'utf8'), 'kept');
    expect(open({ masterKey: kept }).read('household-1', 'CONSENT', 'key-1')).toStrictEqual(held(1).document);
  });

  it('is sealed with another key too, and still destroys', async () => {
    const wrapped = wrappedKey(1);
    const vault = open({ masterKey: masterKeyOf(randomBytes(32).toString('base64'), 'test') });
    expect(vault.sealed()).toBe('keyWrong');
    await vault.destroy(destroyed(1));
    expect(filesWith([directory.path], { wrapped })).toStrictEqual([]);
  });

  it('refuses a key that is none', () => {
    for (const text of ['', 'short', randomBytes(31).toString('base64'), randomBytes(32).toString('hex')]) {
      expect(() => masterKeyOf(text, 'LEDGER_VAULT_KEY')).toThrow(BadVaultKey);
    }
  });
});

describe('erasure', () => {
  it('leaves no byte of key or person among a thousand others that come and go', async () => {
    const vault = open();
    for (let serial = 1; serial <= 1_000; serial++) vault.put(held(serial));
    const gone = [1, 2, 500, 777, 999, 1_000];
    const wrapped = Object.fromEntries(gone.map((serial) => [`key ${serial}`, wrappedKey(serial)]));
    expect(filesWith([directory.path], wrapped).length).toBeGreaterThanOrEqual(gone.length);
    for (const serial of gone) await vault.destroy(destroyed(serial));
    for (let serial = 1_001; serial <= 1_200; serial++) vault.put(held(serial));
    expect(filesWith([directory.outer], wrapped)).toStrictEqual([]);
    for (const serial of gone) {
      expect(vault.read(`household-${serial}`, 'CONSENT', `key-${serial}`)).toBeUndefined();
      expect(filesWith([directory.outer], madeUpPeople(serial))).toStrictEqual([]);
    }
    expect(vault.read('household-3', 'CONSENT', 'key-3')).toStrictEqual(held(3).document);
  });

  it('waits for a backup that reads, and serves others meanwhile', async () => {
    const vault = open();
    vault.put(held(1));
    vault.put(held(2));
    const wrapped = { wrapped: wrappedKey(1) };
    const reader = new DatabaseSync(join(directory.path, 'vault.db'));
    reader.exec('BEGIN; SELECT count(*) FROM records;');
    const gone = vault.destroy(destroyed(1));
    const asked = performance.now();
    expect(vault.read('household-2', 'CONSENT', 'key-2')).toStrictEqual(held(2).document);
    expect(performance.now() - asked).toBeLessThan(1_000);
    await setTimeout(2_000);
    expect(filesWith([directory.path], wrapped)).not.toStrictEqual([]);
    reader.exec('COMMIT');
    reader.close();
    await gone;
    expect(filesWith([directory.path], wrapped)).toStrictEqual([]);
  });

  it('is done again in a copy that was made before', async () => {
    open().put(held(1));
    const wrapped = { wrapped: wrappedKey(1) };
    directory.close();
    const copy = join(directory.outer, 'copy');
    cpSync(directory.path, copy, { recursive: true });
    await open().destroy(destroyed(1));
    directory.close();
    expect(filesWith([copy], wrapped)).not.toStrictEqual([]);
    rmSync(directory.path, { recursive: true });
    cpSync(copy, directory.path, { recursive: true });
    const restored = open();
    expect(restored.read('household-1', 'CONSENT', 'key-1')).toBeUndefined();
    expect(filesWith([directory.path], wrapped)).toStrictEqual([]);
    expect(restored.unrecorded()).toStrictEqual([destroyed(1)]);
    restored.setRecorded(destroyed(1), 3);
    expect(restored.unrecorded()).toStrictEqual([]);
  });

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
