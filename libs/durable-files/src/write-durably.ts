import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncDirectoryNow } from './sync-directory.js';

/** Writes some of the bytes, as the system does when a disk is nearly full, and says how many. */
export type Write = (file: number, bytes: Buffer) => number;

const OWNER_ONLY = 0o600;

/**
 * Writes text to a file that only its owner can read, and waits until it would survive a power cut. All of it or, where
 * that fails, nothing.
 */
export function writeDurably(path: string, text: string, flags: 'a' | 'w' | 'wx', write: Write = writeSync): void {
  const file = openSync(path, flags, OWNER_ONLY);
  const before = fstatSync(file).size;
  try {
    let rest = Buffer.from(text);
    while (rest.length > 0) rest = rest.subarray(write(file, rest));
    fsyncSync(file);
  } catch (error) {
    if (flags === 'a') ftruncateSync(file, before);
    else rmSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
  syncDirectoryNow(dirname(path));
}
