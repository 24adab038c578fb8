import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DirectoryInUse, type ProcessLock, takeWriterLock } from '@ledger/eventlog';
import { BadDatabase, type SharedStores } from '@ledger/private-database';
import { BadConfiguration, secretSetting } from '@ledger/settings';
import { BadVaultKey, masterKeyOf, rotateMasterKey, type Rotation } from '@ledger/vault';
import type { Command } from 'commander';
import { CommandFailed } from '../command-failed.js';
import { existingLedger, withDataDirectory } from '../data-directory.js';
import { isInCluster, withSharedStores } from '../private-stores.js';

export function vaultRotateCommand(program: Command): void {
  withDataDirectory(program.command('vault-rotate'))
    .description('更换个人信息库的主密钥(先停账本)· another master key for personal data; stop the ledger first')
    .option('--old-key-kept', '现用的vault.key已另存 · a copy of the vault.key in use has been put away')
    .action(async ({ data, oldKeyKept = false }: { data: string; oldKeyKept?: boolean }) => {
      try {
        console.log(isInCluster() ? await withSharedStores(rotateShared) : rotateIn(existingLedger(data), oldKeyKept));
      } catch (error) {
        const foreseen = [BadVaultKey, BadDatabase, BadConfiguration].some((kind) => error instanceof kind);
        throw foreseen ? new CommandFailed((error as Error).message) : error;
      }
    });
}

function rotateIn(directory: string, oldKeyKept: boolean): string {
  const lock = lockOf(directory);
  try {
    const given = givenKeys(process.env);
    if (given === undefined && !oldKeyKept) refuseOnlyCopy(join(directory, 'vault.key'));
    return said(rotateMasterKey(directory, given === undefined ? {} : { given }), given !== undefined);
  } finally {
    lock.release();
  }
}

/** Processes that run on with the key of before are sealed from then on, so none of them writes what nobody can read. */
function rotateShared(stores: SharedStores): string {
  const given = givenKeys(process.env);
  return said(rotateMasterKey(stores, given === undefined ? {} : { given }), true);
}

function lockOf(directory: string): ProcessLock {
  try {
    return takeWriterLock(directory);
  } catch (error) {
    throw error instanceof DirectoryInUse ? running(directory) : error;
  }
}

/** Where the key comes from the environment, the one that follows does too. */
function givenKeys(env: NodeJS.ProcessEnv): Rotation['given'] {
  const [current, next] = [secretSetting(env, 'LEDGER_VAULT_KEY'), secretSetting(env, 'LEDGER_VAULT_KEY_NEXT')];
  if (current === undefined) return undefined;
  if (next === undefined) {
    throw new CommandFailed(
      '主密钥来自LEDGER_VAULT_KEY,请把新密钥(32字节的base64)放入LEDGER_VAULT_KEY_NEXT后重试。' +
        ' The master key comes from LEDGER_VAULT_KEY; put the one that follows, 32 bytes in base64, into LEDGER_VAULT_KEY_NEXT.',
    );
  }
  return { current: masterKeyOf(current, 'LEDGER_VAULT_KEY'), next: masterKeyOf(next, 'LEDGER_VAULT_KEY_NEXT') };
}

/** The file is written over, and the key that was in it is the only one that reads the backups of before. */
function refuseOnlyCopy(path: string): void {
  if (!existsSync(path)) return;
  throw new CommandFailed(
    `更换后${path}中是新密钥,更换之前的备份要用现在这一个才读得出。请先把它另存,再加 --old-key-kept 重试;未作任何改动。` +
      ` The key that follows will take the place of the one in ${path}, which alone reads the backups of before. Put a copy of it away, then ask again with --old-key-kept; nothing was changed.`,
  );
}

const BACKUPS =
  '请立即做一份新备份;更换之前的备份要用旧密钥才读得出,旧密钥与它们同存同毁。' +
  'Make a backup now; those of before are read with the old key only: keep it as long as them, and destroy it with them.';

function said(keys: number, fromEnvironment: boolean): string {
  if (keys === 0) return '没有需要更换的密钥。There is no key to wrap anew.';
  const where = fromEnvironment
    ? '请把LEDGER_VAULT_KEY改为新密钥再启动。Start the ledger with the new key in LEDGER_VAULT_KEY.'
    : '新密钥在vault.key中,请另行备存,不与数据备份放在一起。The new key is in vault.key; keep a copy of it apart from the backups.';
  const many = keys === 1 ? '1 key is' : `${keys} keys are`;
  return `已用新主密钥重新包裹${keys}个密钥。${many} under another master key. ${where}\n${BACKUPS}`;
}

function running(directory: string): CommandFailed {
  return new CommandFailed(
    `账本正在运行(${directory}),未更换。请先停止账本。The ledger runs in ${directory}, so nothing was changed; stop it first.`,
  );
}
