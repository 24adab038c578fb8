import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { destroyedKeysOf, KeysInLog, Vault } from '@ledger/vault';
import {
  destroyAgain,
  placeDestroyedKeys,
  refuseForgottenErasures,
  refuseMissing,
} from '../../../apps/ledger/src/backup/destroyed-keys.js';
import type { Manifest } from '../../../apps/ledger/src/backup/manifest.js';
import { factOf } from '../../support/given-ledger-year.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

const at = (name: string): string => join(directory.path, name);

const nothingKnown = { keys: new KeysInLog(), facts: 1 };

function backupOf(...names: string[]): Manifest {
  const files = names.map((name) => ({ name, bytes: 1, sha256: '' }));
  const log = { position: 1, leaf: '', recordedAt: '' };
  return { format: 1, origin: 'keqiao', log, madeAt: '', madeWith: { node: '', sqlite: '' }, formats: {}, files };
}

describe('the list of destroyed keys', () => {
  it('lies beside the data directory, unless a setting says where', () => {
    expect(destroyedKeysOf('/srv/ledger/data')).toBe('/srv/ledger/data.destroyed-keys');
    expect(destroyedKeysOf('/srv/ledger/data', '/safe/list')).toBe('/safe/list');
  });

  it('must be there when a vault is restored, or the operator says that nobody was ever erased', () => {
    const restoring = (manifest: Manifest, nothingDestroyed = false) => {
      refuseForgottenErasures(manifest, { list: at('list'), nothingDestroyed });
      return 'goes on';
    };
    expect(() => restoring(backupOf('log.db', 'vault.db'))).toThrow('已删除的个人信息会重新出现');
    expect(restoring(backupOf('log.db'))).toBe('goes on');
    expect(restoring(backupOf('log.db', 'vault.db'), true)).toBe('goes on');
    writeFileSync(at('list'), '');
    expect(restoring(backupOf('log.db', 'vault.db'))).toBe('goes on');
  });

  it('is looked for where it is said to be', () => {
    expect(() => refuseMissing(at('lits'))).toThrow(at('lits'));
    expect(() => refuseMissing(undefined)).not.toThrow();
  });

  it('comes to where the restored ledger looks for it, its owner’s alone', () => {
    writeFileSync(at('newest'), 'a key\n');
    placeDestroyedKeys(at('newest'), at('data.destroyed-keys'));
    expect(readFileSync(at('data.destroyed-keys'), 'utf8')).toBe('a key\n');
    expect(statSync(at('data.destroyed-keys')).mode & 0o777).toBe(0o600);
    // Again for a restore that was interrupted, and where it lies there already.
    placeDestroyedKeys(at('newest'), at('data.destroyed-keys'));
    placeDestroyedKeys(at('newest'), at('newest'));
    placeDestroyedKeys(at('none'), at('elsewhere'));
    expect(existsSync(at('elsewhere'))).toBe(false);
  });

  it('is never written over by another', () => {
    writeFileSync(at('older'), 'a key\n');
    writeFileSync(at('data.destroyed-keys'), 'a key\nanother key\n');
    expect(() => placeDestroyedKeys(at('older'), at('data.destroyed-keys'))).toThrow('请确认哪一份是最新的');
    expect(readFileSync(at('data.destroyed-keys'), 'utf8')).toBe('a key\nanother key\n');
  });

  it('is held against the log again after a restore, whatever the vault says of it', async () => {
    const key = { keyId: 'key-1', household: 'household-1', part: 'CONSENT', basis: 'CONSENT_WITHDRAWN', request: {} };
    const open = (): Vault => new Vault(directory.path, { destroyedKeys: at('list') });
    const before = open();
    await before.destroy(key);
    before.setRecorded(key, 2);
    expect(before.unrecorded()).toEqual([]);
    before.close();
    expect(await destroyAgain(directory.path, at('list'), nothingKnown)).toEqual({ unlisted: 0, ahead: 0 });
    const restored = open();
    expect(restored.unrecorded()).toEqual([key]);
    restored.close();
  });

  it('gets back from the log what it lacks, and the vault forgets it', async () => {
    const vault = new Vault(directory.path, { destroyedKeys: at('list') });
    const place = { household: 'household-1', part: 'CONSENT', keyId: 'key-1' };
    vault.put({ ...place, document: { note: 'held' }, residentIds: [], revision: 1 });
    vault.close();
    const keys = new KeysInLog();
    const data = { ...place, basis: 'SUBJECT_REQUEST' };
    const head = { version: 1, division: '330603008201', effectiveOn: '2024-02-01', data } as const;
    for (const [revision, type] of ['PersonalDataEntered', 'SubjectKeyDestroyed'].entries()) {
      keys.add(factOf({ ...head, type }, 'household-household-1', revision));
    }
    expect(await destroyAgain(directory.path, at('list'), { keys, facts: 2 })).toEqual({ unlisted: 1, ahead: 0 });
    const after = new Vault(directory.path, { destroyedKeys: at('list') });
    expect(after.read('household-1', 'CONSENT', 'key-1')).toBeUndefined();
    expect(after.unrecorded()).toEqual([{ ...data, request: { actor: 'clerk' } }]);
    after.close();
  });
});
