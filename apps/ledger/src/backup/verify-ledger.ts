import { statSync } from 'node:fs';
import { join } from 'node:path';
import { extensionOf } from '@ledger/attachments';
import { CorruptLog, type Fact } from '@ledger/domain';
import { LOG_FILE, type LogStanding, openUnchanging, verifyCopiedLog } from '@ledger/eventlog';
import { KeysInLog } from '@ledger/vault';
import type { Manifest } from './manifest.js';
import { ATTACHMENTS, stores } from './stores.js';

const TELL_EVERY = 1000;

/** What was found good. */
export interface Verified {
  readonly facts: number;
  /** How often facts name an attachment; each time it was there with its bytes. */
  readonly evidence: number;
  /** What the log says of the keys of the vault. */
  readonly keys: KeysInLog;
}

/**
 * Proves that copied files are a whole ledger: sound databases, a log that contradicts itself nowhere and ends where the
 * manifest says, and every attachment that a fact names. Writes nothing. Throws `CorruptLog`.
 * `fileOf` says where a database lies.
 */
export function verifyLedger(
  directory: string,
  { log, origin, files }: Manifest,
  { fileOf, onProgress }: { fileOf: (store: string) => string; onProgress: (done: number, total: number) => void },
): Verified {
  for (const { name } of files) if (stores.includes(name)) checkIntegrity(fileOf(name), name);
  let evidence = 0;
  const keys = new KeysInLog();
  const standing = verifyCopiedLog(fileOf(LOG_FILE), (fact, position) => {
    keys.add(fact);
    evidence += evidenceOf(fact, position, directory);
    if (position % TELL_EVERY === 0 || position === log.position) onProgress(position, log.position);
  });
  refuseOther(standing, { log, origin });
  return { facts: standing.position, evidence, keys };
}

function checkIntegrity(file: string, name: string): void {
  const db = openUnchanging(file);
  let found: string;
  try {
    found = Object.values(db.prepare('PRAGMA integrity_check(1)').get() ?? {}).join();
  } catch (error) {
    found = String(error);
  } finally {
    db.close();
  }
  if (found !== 'ok') throw new CorruptLog(`${name} is damaged: ${found}`);
}

/** Their bytes have been compared with their names already; here, that there is one for every mention. */
function evidenceOf({ evidence }: Fact, position: number, directory: string): number {
  for (const { sha256, mediaType, bytes } of evidence) {
    const path = join(directory, ATTACHMENTS, `${sha256}.${extensionOf(mediaType)}`);
    if (statSync(path, { throwIfNoEntry: false })?.size === bytes) continue;
    throw new CorruptLog(`the attachment ${sha256} of the fact at position ${position} is missing`);
  }
  return evidence.length;
}

function refuseOther(found: LogStanding, { origin, log }: Pick<Manifest, 'log' | 'origin'>): void {
  if (found.origin === origin && found.position === log.position && found.leaf === log.leaf) return;
  throw new CorruptLog(
    `the log is ${found.origin} up to position ${found.position} with leaf ${found.leaf}, the manifest says ${origin}, ${log.position} and ${log.leaf}`,
  );
}
