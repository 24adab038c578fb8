import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
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
  Vault,
} from '@ledger/vault';
import { filesWith } from '../support/byte-search.js';
import { madeUpPeople } from '../support/people.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const outer = { path: '', remove: (): void => undefined };
let directory: string;
const opened: Vault[] = [];

beforeEach(() => {
  Object.assign(outer, temporaryDirectory());
  directory = join(outer.path, 'data');
  mkdirSync(directory);
});

afterEach(() => {
  for (const vault of opened.splice(0)) vault.close();
  outer.remove();
});

const open = (options: ConstructorParameters<typeof Vault>[1] = {}, at = directory): Vault => {
  const vault = new Vault(at, options);
  opened.push(vault);
  return vault;
};

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

const wrappedKey = (serial: number, at = directory): Buffer => {
  const db = new DatabaseSync(join(at, 'vault.db'), { readOnly: true });
  const row = db.prepare('SELECT wrapped FROM subject_keys WHERE key_id = ?').get(`key-${serial}`);
  db.close();
  return Buffer.from((row as { wrapped: Uint8Array }).wrapped);
};

describe('the vault', () => {
  it('makes nothing on disk before there is something to hold', () => {
    const vault = open();
    expect(vault.read('household-1', 'CONSENT', 'key-1')).toBeUndefined();
    expect(vault.sealed()).toBeUndefined();
    expect(['vault.db', 'vault.key'].filter((name) => existsSync(join(directory, name)))).toStrictEqual([]);
  });

  it('gives back what it holds, also after it was closed, and holds nothing in plain', () => {
    open().put(held(1));
    opened.pop()?.close();
    expect(open().read('household-1', 'CONSENT', 'key-1')).toStrictEqual(held(1).document);
    expect(filesWith([directory], madeUpPeople(1))).toStrictEqual([]);
    appendFileSync(join(directory, 'control.txt'), JSON.stringify(madeUpPeople(1)));
    expect(filesWith([directory], madeUpPeople(1))).toHaveLength(Object.keys(madeUpPeople(1)).length);
  });

  it('keeps its files from everybody but their owner, and refuses a key that others can read', () => {
    open().put(held(1));
    for (const name of ['vault.db', 'vault.key', 'vault.db-wal']) {
      expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
    }
    opened.pop()?.close();
    chmodSync(join(directory, 'vault.key'), 0o640);
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
    const db = new DatabaseSync(join(directory, 'vault.db'));
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
    opened.pop()?.close();
  });

  it('is sealed, makes no other key in its place, and opens again with it', () => {
    copyFileSync(join(directory, 'vault.key'), join(outer.path, 'kept'));
    rmSync(join(directory, 'vault.key'));
    const vault = open();
    expect(vault.sealed()).toBe('keyMissing');
    for (const work of [
      () => vault.put(held(2)),
      () => vault.read('household-1', 'CONSENT', 'key-1'),
      () => vault.fingerprint('a'),
    ]) {
      expect(work).toThrow(/VAULT_SEALED/);
    }
    expect(existsSync(join(directory, 'vault.key'))).toBe(false);
    const kept = masterKeyOf(readFileSync(join(outer.path, 'kept'), 'utf8'), 'kept');
    expect(open({ masterKey: kept }).read('household-1', 'CONSENT', 'key-1')).toStrictEqual(held(1).document);
  });

  it('is sealed with another key too, and still destroys', async () => {
    const wrapped = wrappedKey(1);
    const vault = open({ masterKey: masterKeyOf(randomBytes(32).toString('base64'), 'test') });
    expect(vault.sealed()).toBe('keyWrong');
    await vault.destroy(destroyed(1));
    expect(filesWith([directory], { wrapped })).toStrictEqual([]);
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
    expect(filesWith([directory], wrapped).length).toBeGreaterThanOrEqual(gone.length);
    for (const serial of gone) await vault.destroy(destroyed(serial));
    for (let serial = 1_001; serial <= 1_200; serial++) vault.put(held(serial));
    expect(filesWith([outer.path], wrapped)).toStrictEqual([]);
    for (const serial of gone) {
      expect(vault.read(`household-${serial}`, 'CONSENT', `key-${serial}`)).toBeUndefined();
      expect(filesWith([outer.path], madeUpPeople(serial))).toStrictEqual([]);
    }
    expect(vault.read('household-3', 'CONSENT', 'key-3')).toStrictEqual(held(3).document);
  });

  it('waits for a backup that reads, and serves others meanwhile', async () => {
    const vault = open();
    vault.put(held(1));
    vault.put(held(2));
    const wrapped = { wrapped: wrappedKey(1) };
    const reader = new DatabaseSync(join(directory, 'vault.db'));
    reader.exec('BEGIN; SELECT count(*) FROM records;');
    const gone = vault.destroy(destroyed(1));
    const asked = performance.now();
    expect(vault.read('household-2', 'CONSENT', 'key-2')).toStrictEqual(held(2).document);
    expect(performance.now() - asked).toBeLessThan(1_000);
    await setTimeout(2_000);
    expect(filesWith([directory], wrapped)).not.toStrictEqual([]);
    reader.exec('COMMIT');
    reader.close();
    await gone;
    expect(filesWith([directory], wrapped)).toStrictEqual([]);
  });

  it('is done again in a copy that was made before', async () => {
    open().put(held(1));
    const wrapped = { wrapped: wrappedKey(1) };
    opened.pop()?.close();
    const copy = join(outer.path, 'copy');
    cpSync(directory, copy, { recursive: true });
    await open().destroy(destroyed(1));
    opened.pop()?.close();
    expect(filesWith([copy], wrapped)).not.toStrictEqual([]);
    rmSync(directory, { recursive: true });
    cpSync(copy, directory, { recursive: true });
    const restored = open();
    expect(restored.read('household-1', 'CONSENT', 'key-1')).toBeUndefined();
    expect(filesWith([directory], wrapped)).toStrictEqual([]);
    expect(restored.unrecorded()).toStrictEqual([destroyed(1)]);
    restored.setRecorded(destroyed(1), 3);
    expect(restored.unrecorded()).toStrictEqual([]);
  });

  it('keeps a last line of the list that only lost its end, and writes no other behind it', async () => {
    const vault = open();
    for (const serial of [1, 2, 3]) vault.put(held(serial));
    await vault.destroy(destroyed(1));
    const list = destroyedKeysOf(directory);
    const endless = (): void => writeFileSync(list, readFileSync(list, 'utf8').trimEnd());
    endless();
    await vault.destroy(destroyed(2));
    endless();
    opened.pop()?.close();
    const again = open();
    expect(again.unrecorded()).toStrictEqual([destroyed(1), destroyed(2)]);
    await again.destroy(destroyed(3));
    opened.pop()?.close();
    expect(open().unrecorded()).toStrictEqual([destroyed(1), destroyed(2), destroyed(3)]);
  });

  it('goes on from a list that a crash has cut off, and stops before one that cannot be read', async () => {
    const vault = open();
    vault.put(held(1));
    vault.put(held(2));
    await vault.destroy(destroyed(1));
    const list = destroyedKeysOf(directory);
    appendFileSync(list, JSON.stringify(destroyed(2)).slice(0, 30));
    expect(open().read('household-2', 'CONSENT', 'key-2')).toStrictEqual(held(2).document);
    await vault.destroy(destroyed(2));
    expect(readFileSync(list, 'utf8').trimEnd().split('\n')).toHaveLength(2);
    appendFileSync(list, '{"keyId":1}\n');
    expect(() => open()).toThrow(BadDestroyedKeys);
  });
});
