import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DRAFTS_FILE } from '@ledger/drafts';
import { LOG_FILE } from '@ledger/eventlog';
import { IDENTITY_FILE } from '@ledger/identity';
import { VAULT_FILE } from '@ledger/vault';

export const ATTACHMENTS = 'attachments';

/**
 * The databases of a ledger, in the order in which they are copied. Each copy is of one moment, and these moments follow
 * each other, so the order decides what can be missing:
 * - Drafts before the log: a draft that is approved in between is copied as still waiting, and approving it again finds
 *   its posting in the log. The other way round it would be copied as posted, by a log that does not have it.
 * - The log before attachments and vault: what a fact names was there before the fact, and files are never removed. What
 *   was erased from the vault in between stays erased; what was entered in between, the restore takes out again.
 * - Accounts at the end: who may do what is facts; an account without its grants may do nothing.
 */
export const stores: readonly string[] = [DRAFTS_FILE, LOG_FILE, VAULT_FILE, IDENTITY_FILE];

/** Never in a backup: what opens the ledger or the vault, beside what it opens, would protect nothing. */
export const keptApart: readonly string[] = ['token', 'vault.key', 'vault.key.next'];

export function storesIn(directory: string): string[] {
  return stores.filter((name) => existsSync(join(directory, name)));
}

const STORED = /^([0-9a-f]{64})\.[a-z]+$/;
/** Who has uploaded what: an empty file each, without which nobody could name what no fact names yet. */
const UPLOAD = /^uploads\/[a-z0-9-]+\/[0-9a-f]{64}$/;

/** Whether a name below the directory of attachments is one of theirs; whatever else lies there is of the moment. */
export function isAttachment(name: string): boolean {
  return STORED.test(name) || UPLOAD.test(name);
}

/** The SHA-256 that a stored file must have, by its name. */
export function hashIn(name: string): string | undefined {
  return STORED.exec(name)?.[1];
}
