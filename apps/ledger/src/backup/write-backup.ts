import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOG_FILE, openUnchanging, standingOfCopy } from '@ledger/eventlog';
import { type AttachmentsToCopy, attachmentsIn, copyAttachments } from './copy-attachments.js';
import { copyDatabase } from './copy-database.js';
import { hashOfFile, type OnBytes } from './hashed-file.js';
import { BACKUP_FORMAT, type KeptFile, type Manifest, writeManifest } from './manifest.js';
import { newFolder, refuseInside, refuseOccupied } from './new-folder.js';
import { refuseTooSmall } from './room.js';
import { storesIn } from './stores.js';

export interface Backup {
  readonly manifest: Manifest;
  readonly sha256: string;
}

export interface BackupQuestion {
  readonly directory: string;
  readonly target: string;
  /** An earlier backup, whose attachments are linked to instead of copied. */
  readonly previous?: string;
}

/**
 * Copies a ledger into a new folder, also while it runs: no lock is taken, and nobody who writes waits for it. The
 * databases come first, in the order of `stores`, then the attachments, so that whatever the copied log names is there.
 */
export async function writeBackup(
  { directory, target, previous }: BackupQuestion,
  onProgress: (doneBytes: number, totalBytes: number) => void,
): Promise<Backup> {
  refuseOccupied(target);
  refuseInside(target, directory);
  const estimate = attachmentsIn(directory, previous);
  const databaseBytes = storesIn(directory).reduce((sum, name) => sum + sizeOf(join(directory, name)), 0);
  refuseTooSmall(dirname(target), databaseBytes + estimate.bytes - estimate.linkedBytes);
  // Databases are read twice: to be copied, and to be hashed as they lie there.
  const onBytes = counted(2 * databaseBytes + estimate.bytes, onProgress);
  return newFolder(target, async (part) => {
    const files: KeptFile[] = [];
    for (const name of storesIn(directory)) {
      const copy = join(part, name);
      await copyDatabase(join(directory, name), copy, onBytes);
      files.push({ name, bytes: statSync(copy).size, sha256: hashOfFile(copy, onBytes) });
    }
    // Listed anew: what the log names now may have arrived after the estimate.
    const attachments: AttachmentsToCopy = attachmentsIn(directory, previous);
    files.push(...copyAttachments(attachments, { directory, part, previous }, onBytes));
    const manifest = manifestOf(part, files);
    return { manifest, sha256: writeManifest(part, manifest) };
  });
}

function manifestOf(part: string, files: readonly KeptFile[]): Manifest {
  const { origin, position, leaf, recordedAtMs } = standingOfCopy(join(part, LOG_FILE));
  return {
    format: BACKUP_FORMAT,
    origin,
    log: { position, leaf, recordedAt: new Date(recordedAtMs).toISOString() },
    madeAt: new Date().toISOString(),
    madeWith: { node: process.versions.node, sqlite: process.versions['sqlite'] ?? '' },
    formats: Object.fromEntries(storesIn(part).map((name) => [name, formatOf(join(part, name))])),
    files,
  };
}

function formatOf(file: string): number {
  const db = openUnchanging(file);
  try {
    return (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
  } finally {
    db.close();
  }
}

/** A database with what is not yet put back into it: at most so much is copied. */
function sizeOf(file: string): number {
  return [file, `${file}-wal`].reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}

/** Adds up; what has grown since it was estimated makes the whole larger, never more than whole. */
export function counted(totalBytes: number, onProgress: (doneBytes: number, totalBytes: number) => void): OnBytes {
  let doneBytes = 0;
  return (bytes) => {
    doneBytes += bytes;
    onProgress(doneBytes, Math.max(totalBytes, doneBytes));
  };
}
