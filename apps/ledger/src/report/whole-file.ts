import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CommandFailed } from '../command-failed.js';

/** Writes a file so that under its name there are never half its bytes, whatever happens meanwhile. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(partial, 'w');
    try {
      await file.writeFile(bytes);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    // What is left of it does no harm under that name; the first error is the one to tell.
    await rm(partial, { force: true }).catch(() => undefined);
    throw new CommandFailed(
      `无法写入${path}:${String(error)}。请检查目录、权限和磁盘空间后重试。` +
        ` Cannot write ${path}: ${String(error)}. Check the directory, permissions and the room on the disk, and try again.`,
    );
  }
}
