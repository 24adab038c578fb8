import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, copyFileSync, cpSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BadDatabase } from '@ledger/private-database';
import { BadVaultKey, masterKeyOf } from '@ledger/vault';
import { filesWith } from '../support/byte-search.js';
import { madeUpPeople } from '../support/people.js';
import { type VaultDirectory, vaultDirectory } from '../support/vault-directory.js';
import { destroyed, held } from '../support/vault-samples.js';

let directory: VaultDirectory;
const open: VaultDirectory['open'] = (options) => directory.open(options);

beforeEach(() => {
  directory = vaultDirectory();
});
afterEach(() => directory.remove());

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
    expect(vault.comparedTo()).toBeUndefined();
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
});

describe('the format of the vault', () => {
  it('is refused where it is of another program, in both languages', () => {
    const file = new DatabaseSync(join(directory.path, 'vault.db'));
    file.exec('PRAGMA user_version = 9');
    file.close();
    expect(open).toThrow(BadDatabase);
    expect(open).toThrow('的格式为9,本程序只认格式1');
    expect(open).toThrow('has format 9; this program reads format 1');
  });
});
