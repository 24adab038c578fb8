import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Vault } from '@ledger/vault';
import {
  destroyAgain,
  destroyedKeysOf,
  placeDestroyedKeys,
  refuseForgottenErasures,
  refuseMissing,
} from '../../../apps/ledger/src/backup/destroyed-keys.js';
import type { Manifest } from '../../../apps/ledger/src/backup/manifest.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

const at = (name: string): string => join(directory.path, name);

function backupOf(...names: string[]): Manifest {
  const files = names.map((name) => ({ name, bytes: 1, sha256: '' }));
  const log = { position: 1, leaf: '', recordedAt: '' };
  return { format: 1, origin: 'keqiao', log, madeAt: '', madeWith: { node: '', sqlite: '' }, formats: {}, files };
}

describe('the list of destroyed keys', () => {
  it('lies beside the data directory, unless the environment says where', () => {
    expect(destroyedKeysOf('/srv/ledger/data', {})).toBe('/srv/ledger/data.destroyed-keys');
    expect(destroyedKeysOf('/srv/ledger/data', { LEDGER_DESTROYED_KEYS: '/safe/list' })).toBe('/safe/list');
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
    destroyAgain(directory.path, at('list'));
    const restored = open();
    expect(restored.unrecorded()).toEqual([key]);
    restored.close();
  });
});
