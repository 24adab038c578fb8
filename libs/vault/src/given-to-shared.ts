import { BadDestroyedKeys } from './destroyed-keys.js';
import { BadVaultKey, type MasterKey } from './master-key.js';

interface Given {
  readonly masterKey?: MasterKey | undefined;
  readonly destroyedKeys?: string | undefined;
}

/** What a server must be told: nothing of it may stand where a copy of its rows does. */
export function listOfShared({ masterKey, destroyedKeys }: Given): string {
  if (masterKey === undefined) throw keyNotGiven();
  if (destroyedKeys !== undefined) return destroyedKeys;
  throw new BadDestroyedKeys(
    '集群须以LEDGER_DESTROYED_KEYS指明已销毁密钥清单(各进程共用的同一文件,不随数据库备份),未启动。' +
      ' In a cluster LEDGER_DESTROYED_KEYS must name the list of destroyed keys, one file for all processes that no backup of the database takes along, so nothing was started.',
  );
}

export function keyNotGiven(): BadVaultKey {
  return new BadVaultKey(
    '集群的个人信息主密钥须由LEDGER_VAULT_KEY或LEDGER_VAULT_KEY_FILE给出(32字节的base64,各进程相同,不存入数据库),未启动。' +
      ' In a cluster the master key for personal data must come from LEDGER_VAULT_KEY or LEDGER_VAULT_KEY_FILE (32 bytes in base64, the same for every process, never in the database), so nothing was started.',
  );
}
