import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StorePlace } from '@ledger/private-database';
import { BadVaultKey, keepNext, makeNextKey, type MasterKey, masterKeyIn } from './master-key.js';
import { leaveNoTrace, openVaultStore, VAULT_FILE } from './schema.js';
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
export function rotateMasterKey(place: StorePlace, { given, probe = () => undefined }: Rotation = {}): number {
  if (typeof place === 'string' && !existsSync(join(place, VAULT_FILE))) return 0;
  const db = openVaultStore(place);
  try {
    const rows = new VaultRows(db);
    const known = rows.master();
    if (known === undefined) return 0;
    const keys = keysOf(place, given, known.masterId);
    const { current } = keys;
    if (current?.id !== known.masterId) throw wrongKey(typeof place === 'string' ? place : 'PostgreSQL');
    const next = keys.makeNext();
    probe('rewrap');
    const rewrapped = db.inTransaction(() => {
      const digestKey = unseal(current.key, known.digestKey, DIGEST_KEY);
      rows.setMaster(next.id, seal(next.key, digestKey, DIGEST_KEY));
      const alive = rows.keys();
      for (const row of alive) {
        const key = unseal(current.key, row.wrapped, placeOfKey(row));
        rows.setWrapped(row.keyId, seal(next.key, key, placeOfKey(row)));
      }
      probe('commit');
      return alive.length;
    });
    leaveNoTrace(db);
    probe('keep');
    keys.keep();
    return rewrapped;
  } finally {
    db.close();
  }
}

interface Keys {
  readonly current: MasterKey | undefined;
  makeNext(): MasterKey;
  keep(): void;
}

/** A server has no keys beside it: they are given. */
function keysOf(place: StorePlace, given: Rotation['given'], inUse: string): Keys {
  if (given !== undefined) return { current: given.current, makeNext: () => given.next, keep: () => undefined };
  if (typeof place !== 'string') throw wrongKey('PostgreSQL');
  return {
    current: masterKeyIn(place, inUse),
    makeNext: () => makeNextKey(place),
    keep: () => keepNext(place),
  };
}

function wrongKey(where: string): BadVaultKey {
  return new BadVaultKey(
    `${where} 的主密钥缺失或不符,未更换。请先恢复vault.key,或把正在使用的密钥放入LEDGER_VAULT_KEY。` +
      ` The master key of ${where} is missing or another one, so nothing was changed. Put back vault.key, or the key in use into LEDGER_VAULT_KEY.`,
  );
}
