import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncDirectoryNow } from '@ledger/durable-files';
import { BadDatabase } from '@ledger/private-database';
import { BadDestroyedKeys, type KeysInLog, Vault, VAULT_FILE } from '@ledger/vault';
import { CommandFailed } from '../command-failed.js';
import { copyHashed, hashOfFile } from './hashed-file.js';
import type { Manifest } from './manifest.js';

/**
 * A vault of an earlier day has keys that were destroyed since: without the list, who asked to be forgotten would be
 * back. So it must be there, or the operator says that there never was one.
 */
export function refuseForgottenErasures(
  { files }: Manifest,
  { list, nothingDestroyed }: { list: string; nothingDestroyed: boolean },
): void {
  if (nothingDestroyed || existsSync(list) || !files.some(({ name }) => name === VAULT_FILE)) return;
  throw new CommandFailed(
    `备份中有个人信息库,但找不到已销毁密钥清单${list},未恢复:没有它,已删除的个人信息会重新出现。请用--destroyed-keys指明清单;确实从未删除过个人信息的,加--nothing-destroyed。` +
      ` The backup has a vault of personal data, but the list of destroyed keys, ${list}, is not there, so nothing was restored: without it, erased people would be back. Name the list by --destroyed-keys; if nobody was ever erased, say --nothing-destroyed.`,
  );
}

/** A list that is named and not there is a slip of the pen, and not a ledger without erasures. */
export function refuseMissing(list: string | undefined): void {
  if (list === undefined || existsSync(list)) return;
  throw new CommandFailed(
    `找不到已销毁密钥清单${list},未恢复。请核对--destroyed-keys。` +
      ` The list of destroyed keys, ${list}, is not there, so nothing was restored. Check --destroyed-keys.`,
  );
}

/** The list comes to where the restored ledger looks for it at every start; another one there is not written over. */
export function placeDestroyedKeys(list: string, lasting: string): void {
  if (list === lasting || !existsSync(list)) return;
  if (existsSync(lasting)) {
    if (hashOfFile(list, unheard) === hashOfFile(lasting, unheard)) return;
    throw new CommandFailed(
      `${lasting} 已有另一份已销毁密钥清单,未恢复。请确认哪一份是最新的,把另一份改名后再恢复。` +
        ` ${lasting} is another list of destroyed keys, so nothing was restored. Find out which is the newest, rename the other, and try again.`,
    );
  }
  copyHashed(list, lasting, unheard);
  syncDirectoryNow(dirname(lasting));
}

export interface SetBack {
  /** How many destroyed keys the list lacked. */
  readonly unlisted: number;
  /** How many keys the log does not name. */
  readonly ahead: number;
}

/**
 * Destroys in a restored vault what has been destroyed since, before anything can read it: what the list names, and what
 * the log says and the list lacks. The vault was copied after the log, so it goes back to what this log knows; what it
 * takes to be recorded may not be in it: the ledger's start looks again.
 */
export async function destroyAgain(
  directory: string,
  list: string,
  { keys, facts }: { readonly keys: KeysInLog; readonly facts: number },
): Promise<SetBack> {
  try {
    const vault = new Vault(directory, { destroyedKeys: list });
    const { length: unlisted } = await vault.destroyUnlisted(keys.destroyed());
    const ahead = vault.setBackTo(keys);
    vault.setCompared(facts);
    vault.close();
    return { unlisted, ahead };
  } catch (error) {
    if (error instanceof BadDestroyedKeys || error instanceof BadDatabase) throw new CommandFailed(error.message);
    throw error;
  }
}

const unheard = (): void => undefined;
