import { existsSync, linkSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { CommandFailed } from '../command-failed.js';
import { copyHashed, hashOfFile, type OnBytes } from './hashed-file.js';
import type { KeptFile } from './manifest.js';
import { makeDirectories } from './new-folder.js';
import { ATTACHMENTS, hashIn, isAttachment } from './stores.js';

export interface AttachmentsToCopy {
  /** Below the directory of attachments. */
  readonly names: readonly string[];
  readonly bytes: number;
  /** Of these, how many bytes an earlier backup has, so that they take no room a second time. */
  readonly linkedBytes: number;
}

export function attachmentsIn(directory: string, previous: string | undefined): AttachmentsToCopy {
  const folder = join(directory, ATTACHMENTS);
  const names = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => name.replaceAll(sep, '/'))
        .filter(isAttachment)
        .toSorted()
    : [];
  let bytes = 0;
  let linkedBytes = 0;
  for (const name of names) {
    const { size } = statSync(join(folder, name));
    bytes += size;
    if (earlier(previous, name) !== undefined) linkedBytes += size;
  }
  return { names, bytes, linkedBytes };
}

/**
 * Copies attachments, or links those that an earlier backup has. Every byte is read either way: a file whose bytes are
 * not what its name says would be of no use on the day when it is needed.
 */
export function copyAttachments(
  { names }: AttachmentsToCopy,
  { directory, part, previous }: { directory: string; part: string; previous: string | undefined },
  onBytes: OnBytes,
): KeptFile[] {
  const places = names.map((name) => `${ATTACHMENTS}/${name}`);
  const sync = makeDirectories(part, places);
  const kept = names.map((name): KeptFile => {
    const from = join(directory, ATTACHMENTS, name);
    const to = join(part, ATTACHMENTS, name);
    const sha256 = linked(earlier(previous, name), to, onBytes) ?? copyHashed(from, to, onBytes);
    if (sha256 !== (hashIn(name) ?? sha256)) throw damaged(from, sha256);
    return { name: `${ATTACHMENTS}/${name}`, bytes: statSync(to).size, sha256 };
  });
  sync();
  return kept;
}

function earlier(previous: string | undefined, name: string): string | undefined {
  if (previous === undefined || hashIn(name) === undefined) return undefined;
  const path = join(previous, ATTACHMENTS, name);
  return existsSync(path) ? path : undefined;
}

/** The hash of a file that is now the earlier one's second name; undefined where it has to be copied. */
function linked(from: string | undefined, to: string, onBytes: OnBytes): string | undefined {
  if (from === undefined) return undefined;
  try {
    linkSync(from, to);
  } catch {
    // Another disk, a file system without links, too many of them.
    return undefined;
  }
  const sha256 = hashOfFile(to, onBytes);
  if (to.includes(sha256)) return sha256;
  // Damaged in the earlier backup: this one gets it from the ledger.
  rmSync(to);
  return undefined;
}

function damaged(path: string, sha256: string): CommandFailed {
  return new CommandFailed(
    `附件${path}已损坏:其SHA-256为${sha256},与文件名不符,未备份。请用PUT /attachments/{sha256}重新上传原件,或从以前的备份拷回该文件,再备份。` +
      ` The attachment ${path} is damaged: its SHA-256 is ${sha256}, not its name, so no backup was made. Upload the original again with PUT /attachments/{sha256}, or copy that file back from an earlier backup, and try again.`,
  );
}
