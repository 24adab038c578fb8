import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { attachmentsIn } from '../backup/copy-attachments.js';
import { copyHashed } from '../backup/hashed-file.js';
import { makeDirectories } from '../backup/new-folder.js';
import { ATTACHMENTS, hashIn } from '../backup/stores.js';
import { CommandFailed } from '../command-failed.js';

/** The names of the attachments of a ledger in files. */
export function attachmentsOf(directory: string): readonly string[] {
  return attachmentsIn(directory, undefined).names;
}

/** Copies what is not in the shared directory yet, each file whole or not at all; gives how many there are. */
export function shareAttachments(
  directory: string,
  shared: string,
  onCopied: (done: number, of: number) => void,
): number {
  const names = attachmentsOf(directory);
  const sync = makeDirectories(shared, [`${ATTACHMENTS}/.`, ...names.map((name) => `${ATTACHMENTS}/${name}`)]);
  names.forEach((name, index) => {
    const [from, to] = [join(directory, ATTACHMENTS, name), join(shared, ATTACHMENTS, name)];
    if (!existsSync(to)) copyWhole(from, to, hashIn(name));
    onCopied(index + 1, names.length);
  });
  sync();
  return names.length;
}

function copyWhole(from: string, to: string, sha256: string | undefined): void {
  const part = `${to}.part`;
  // Of a run that was interrupted.
  rmSync(part, { force: true });
  try {
    const copied = copyHashed(from, part, () => undefined);
    if (copied !== (sha256 ?? copied)) {
      throw new CommandFailed(
        `附件${from}已损坏:其SHA-256为${copied},与文件名不符。请从备份拷回该文件后重新执行。` +
          ` The attachment ${from} is damaged: its SHA-256 is ${copied}, not its name. Copy it back from a backup and run this again.`,
      );
    }
    renameSync(part, to);
  } finally {
    rmSync(part, { force: true });
  }
}
