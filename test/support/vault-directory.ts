import { hash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { destroyedKeysOf, masterKeyOf, Vault } from '@ledger/vault';
import { type GivenStores, givenStores, storesIn } from './private-stores.js';

type Options = ConstructorParameters<typeof Vault>[1];

/** Of every process on a server; in a directory the vault makes its own. */
const MASTER_KEY = masterKeyOf(hash('sha256', 'of a test', 'base64'), 'test');

/** The data directory of one test, or what stands for it on a server, and the vaults that were opened over it. */
export interface VaultDirectory {
  /** What the data directory lies in, and the list of destroyed keys beside it. */
  readonly outer: string;
  readonly path: string;
  readonly stores: GivenStores;
  readonly open: (options?: Options) => Vault;
  /** The same vault, as another process has it. */
  readonly another: (options?: Options) => Vault;
  /** As a program that ends: closes the vault that was opened last. */
  readonly close: () => void;
  readonly remove: () => void;
}

export function vaultDirectory(): VaultDirectory {
  const stores = givenStores();
  const path = join(stores.directory, 'data');
  mkdirSync(path);
  const opened: Vault[] = [];
  const openAt = (place: GivenStores['place'], options: Options): Vault => {
    const shared = { masterKey: MASTER_KEY, destroyedKeys: destroyedKeysOf(path) };
    const vault = typeof place === 'string' ? new Vault(path, options) : new Vault(place, { ...shared, ...options });
    opened.push(vault);
    return vault;
  };
  return {
    outer: stores.directory,
    path,
    stores: { ...stores, ...(typeof stores.place === 'string' && storesIn(path)) },
    open: (options = {}) => openAt(stores.place, options),
    another: (options = {}) => openAt(stores.another, options),
    close: () => opened.pop()?.close(),
    remove: () => {
      for (const vault of opened) vault.close();
      stores.remove();
    },
  };
}
