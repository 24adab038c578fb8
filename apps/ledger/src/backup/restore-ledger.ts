import { renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOG_FILE, UNVERIFIED_LOG } from '@ledger/eventlog';
import { checkFiles } from './check-files.js';
import { copyHashed } from './hashed-file.js';
import { type Manifest, readManifest } from './manifest.js';
import { makeDirectories, newFolder, refuseInside, refuseOccupied } from './new-folder.js';
import { refuseTooSmall } from './room.js';
import { type Verified, verifyLedger } from './verify-ledger.js';
import { counted } from './write-backup.js';

export interface Restored extends Verified {
  readonly manifest: Manifest;
  readonly sha256: string;
}

export interface Watching {
  readonly onBytes: (done: number, total: number) => void;
  readonly onFacts: (done: number, total: number) => void;
}

/**
 * Makes a data directory of a backup. Nothing is written before every byte of the backup is found to be what its manifest
 * says; the directory appears under its name only when the copy has been verified too, bytes and meaning.
 * `finish` is given the copy before that, to do what must be done before a ledger may start on it.
 */
export async function restoreLedger(
  { from, target }: { from: string; target: string },
  { onBytes, onFacts }: Watching,
  finish: (part: string, verified: Verified) => void | Promise<void>,
): Promise<Restored> {
  refuseOccupied(target);
  refuseInside(target, from);
  const { manifest, sha256 } = readManifest(from);
  const bytes = bytesOf(manifest);
  refuseTooSmall(dirname(target), bytes);
  // Read, copied, and read again as it lies there.
  const onMore = counted(3 * bytes, onBytes);
  checkFiles(from, manifest, { onBytes: onMore });
  return newFolder(target, async (part) => {
    const placeOf = (name: string): string => join(part, name === LOG_FILE ? UNVERIFIED_LOG : name);
    const names = manifest.files.map(({ name }) => name);
    const sync = makeDirectories(part, names);
    for (const name of names) copyHashed(join(from, name), placeOf(name), onMore);
    sync();
    checkFiles(part, placed(manifest), { besides: [], onBytes: onMore });
    const verified = verifyLedger(part, manifest, { fileOf: placeOf, onProgress: onFacts });
    await finish(part, verified);
    renameSync(placeOf(LOG_FILE), join(part, LOG_FILE));
    return { ...verified, manifest, sha256 };
  });
}

/** Proves that a backup could be restored, without writing anything. */
export function verifyBackup(from: string, { onBytes, onFacts }: Watching): Restored {
  const { manifest, sha256 } = readManifest(from);
  checkFiles(from, manifest, { onBytes: counted(bytesOf(manifest), onBytes) });
  const fileOf = (name: string): string => join(from, name);
  return { ...verifyLedger(from, manifest, { fileOf, onProgress: onFacts }), manifest, sha256 };
}

/** The manifest as the files lie while they are not verified. */
function placed(manifest: Manifest): Manifest {
  const files = manifest.files.map((file) => (file.name === LOG_FILE ? { ...file, name: UNVERIFIED_LOG } : file));
  return { ...manifest, files };
}

function bytesOf({ files }: Manifest): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
