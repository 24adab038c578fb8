import { hash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncDirectoryNow, writeDurably } from '@ledger/durable-files';
import { isOpenToOthers } from '@ledger/private-database';
import { KEY_BYTES } from './sealing.js';

/** What wraps the keys of the households. It is never part of a backup. */
export interface MasterKey {
  readonly key: Buffer;
  /** Tells one from another, and nothing of the key: the beginning of a digest of 256 random bits. */
  readonly id: string;
}

/** The master key cannot be used as it is; the sentence, in both languages, says why and what to do about it. */
export class BadVaultKey extends Error {
  override readonly name = 'BadVaultKey';
}

const FILE = 'vault.key';
const NEXT = 'vault.key.next';

/** 32 bytes in base64, as in the file and in `LEDGER_VAULT_KEY`. */
export function masterKeyOf(base64: string, from: string): MasterKey {
  const key = Buffer.from(base64.trim(), 'base64');
  if (key.length !== KEY_BYTES || key.toString('base64') !== base64.trim()) {
    throw new BadVaultKey(
      `${from} 须为32字节的base64。请用备存的主密钥。${from} must be 32 bytes in base64; use the master key that was kept.`,
    );
  }
  return { key, id: hash('sha256', Buffer.concat([Buffer.from('vault master key\n'), key]), 'hex').slice(0, 32) };
}

/**
 * The key in the data directory, undefined where there is none. `inUse` is the id of the key that wraps what the vault
 * holds: after a rotation that did not come to its end it says which of the two files is the right one. While that is not
 * known, as without `vault.db`, both stay: either may be the only one that opens it.
 */
export function masterKeyIn(directory: string, inUse: string | undefined): MasterKey | undefined {
  const next = keyIn(join(directory, NEXT));
  if (next !== undefined && next.id === inUse) keepNext(directory);
  const key = keyIn(join(directory, FILE));
  if (next !== undefined && next.id !== inUse && key !== undefined && key.id === inUse) rmSync(join(directory, NEXT));
  return key;
}

/** Makes a key that only the owner of the file can read; fails where there is one. */
export function makeMasterKey(directory: string): MasterKey {
  return written(join(directory, FILE), 'wx');
}

/** The key that is to follow, beside the one in use. */
export function makeNextKey(directory: string): MasterKey {
  return written(join(directory, NEXT), 'w');
}

/** The key that follows takes the place of the one before. */
export function keepNext(directory: string): void {
  renameSync(join(directory, NEXT), join(directory, FILE));
  syncDirectoryNow(directory);
}

function written(path: string, flags: 'w' | 'wx'): MasterKey {
  const base64 = randomBytes(KEY_BYTES).toString('base64');
  writeDurably(path, `${base64}\n`, flags);
  return masterKeyOf(base64, path);
}

function keyIn(path: string): MasterKey | undefined {
  if (!existsSync(path)) return undefined;
  if (isOpenToOthers(path)) {
    throw new BadVaultKey(
      `${path} 其他用户可读,未启动。请执行 chmod 600 ${path},并考虑更换主密钥(vault-rotate)。` +
        ` Others can read ${path}, so it is not used. Run chmod 600 ${path}, and think of another master key (vault-rotate).`,
    );
  }
  return masterKeyOf(readFileSync(path, 'utf8'), path);
}
