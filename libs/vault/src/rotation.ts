import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inTransaction } from '@ledger/private-database';
import { BadVaultKey, keepNext, makeNextKey, type MasterKey, masterKeyIn } from './master-key.js';
import { leaveNoTrace, openVaultFile, VAULT_FILE } from './schema.js';
import { seal, unseal } from './sealing.js';
import { DIGEST_KEY, placeOfKey } from './vault.js';
import { VaultRows } from './vault-rows.js';

export interface Rotation {
  /** The key in use and the one that follows, where they do not stand in the data directory. */
  readonly given?: { readonly current: MasterKey; readonly next: MasterKey } | undefined;
  /** Told of each step before it is taken; a test dies there. */
  readonly probe?: (step: 'rewrap' | 'commit' | 'keep') => void;
}

/**
 * Wraps every key anew under another master key, all in one transaction; gives their number. The key that follows is on
 * disk before, and takes the place of the other one after: a crash at any moment leaves a vault that opens. The ledger
 * must not run. What is sealed under the keys of the households is not touched.
 */
export function rotateMasterKey(directory: string, { given, probe = () => undefined }: Rotation = {}): number {
  const path = join(directory, VAULT_FILE);
  if (!existsSync(path)) return 0;
  const db = openVaultFile(path);
  try {
    const rows = new VaultRows(db);
    const known = rows.master();
    if (known === undefined) return 0;
    const current = given?.current ?? masterKeyIn(directory, known.masterId);
    if (current?.id !== known.masterId) throw wrongKey(directory);
    const next = given?.next ?? makeNextKey(directory);
    probe('rewrap');
    const rewrapped = inTransaction(db, () => {
      const digestKey = unseal(current.key, known.digestKey, DIGEST_KEY);
      rows.setMaster(next.id, seal(next.key, digestKey, DIGEST_KEY));
      const keys = rows.keys();
      for (const row of keys) {
        const key = unseal(current.key, row.wrapped, placeOfKey(row));
        rows.setWrapped(row.keyId, seal(next.key, key, placeOfKey(row)));
      }
      probe('commit');
      return keys.length;
    });
    leaveNoTrace(db);
    probe('keep');
    if (given === undefined) keepNext(directory);
    return rewrapped;
  } finally {
    db.close();
  }
}

function wrongKey(directory: string): BadVaultKey {
  return new BadVaultKey(
    `${directory} 的主密钥缺失或不符,未更换。请先恢复vault.key,或把正在使用的密钥放入LEDGER_VAULT_KEY。` +
      ` The master key of ${directory} is missing or another one, so nothing was changed. Put back vault.key, or the key in use into LEDGER_VAULT_KEY.`,
  );
}
