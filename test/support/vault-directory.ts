import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Vault } from '@ledger/vault';
import { temporaryDirectory } from './temporary-directory.js';

type Options = ConstructorParameters<typeof Vault>[1];

/** The data directory of one test, and the vaults that were opened over it. */
export interface VaultDirectory {
  /** What the data directory lies in, and the list of destroyed keys beside it. */
  readonly outer: string;
  readonly path: string;
  readonly open: (options?: Options) => Vault;
  /** As a program that ends: closes the vault that was opened last. */
  readonly close: () => void;
  readonly remove: () => void;
}

export function vaultDirectory(): VaultDirectory {
  const outer = temporaryDirectory();
  const path = join(outer.path, 'data');
  mkdirSync(path);
  const opened: Vault[] = [];
  return {
    outer: outer.path,
    path,
    open: (options = {}) => {
      const vault = new Vault(path, options);
      opened.push(vault);
      return vault;
    },
    close: () => opened.pop()?.close(),
    remove: () => {
      for (const vault of opened) vault.close();
      outer.remove();
    },
  };
}
