import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DRAFTS_STORE } from '@ledger/drafts';
import { DirectoryInUse, type ProcessLock, takeWriterLock } from '@ledger/eventlog';
import { IDENTITY_STORE } from '@ledger/identity';
import { openPrivateDatabase, type SharedStores, type StoreTables } from '@ledger/private-database';
import { destroyedKeysOf, VAULT_STORE } from '@ledger/vault';
import type { Command } from 'commander';
import { CommandFailed } from '../command-failed.js';
import { existingLedger, withDataDirectory } from '../data-directory.js';
import { withSharedStores } from '../private-stores.js';

const STORES = [IDENTITY_STORE, DRAFTS_STORE, VAULT_STORE];

export function migrateStoresCommand(program: Command): void {
  withDataDirectory(program.command('migrate-stores'))
    .description(
      '把账号、草稿、个人信息迁入集群(先停账本) · moves accounts, drafts and personal data into a cluster; stop the ledger first',
    )
    .action(async ({ data }: { data: string }) => {
      const directory = existingLedger(data);
      const lock = lockOf(directory);
      try {
        const said = await withSharedStores((stores) => STORES.flatMap((store) => moved(store, directory, stores)));
        console.log([...said, ...keysOf(directory)].join('\n'));
      } finally {
        lock.release();
      }
    });
}

/** Each of them whole or not at all; what is in the cluster already stays as it is. */
function moved(store: StoreTables, directory: string, stores: SharedStores): string[] {
  if (!existsSync(join(directory, store.file))) return [];
  const from = openPrivateDatabase(directory, store);
  const [zh, en] = store.name;
  try {
    const rows = stores.takeOver(store, from);
    return rows === undefined
      ? [`${zh}未迁:集群中已有内容。The ${en} was not moved: the cluster has one with rows in it.`]
      : [`${zh}已迁入:${rows}行。The ${en} was moved: ${rows} rows.`];
  } finally {
    from.close();
  }
}

function keysOf(directory: string): string[] {
  if (!existsSync(join(directory, VAULT_STORE.file))) return [];
  const list = destroyedKeysOf(directory, process.env['LEDGER_DESTROYED_KEYS']);
  return [
    `下一步:集群各进程的LEDGER_VAULT_KEY用${join(directory, 'vault.key')}中的密钥(原用LEDGER_VAULT_KEY的照旧),LEDGER_DESTROYED_KEYS用${list}(各进程共用的同一文件;没有则为新文件)。`,
    `Next: give every process of the cluster the key in ${join(directory, 'vault.key')} as LEDGER_VAULT_KEY (or the one that it had there before), and ${list} as LEDGER_DESTROYED_KEYS, one file for all of them; a new one where there is none.`,
  ];
}

function lockOf(directory: string): ProcessLock {
  try {
    return takeWriterLock(directory);
  } catch (error) {
    if (!(error instanceof DirectoryInUse)) throw error;
    throw new CommandFailed(
      `账本正在运行(${directory}),未迁。请先停止账本。The ledger runs in ${directory}, so nothing was moved; stop it first.`,
    );
  }
}
