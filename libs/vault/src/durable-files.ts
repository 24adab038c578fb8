import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o600;

/** Writes text to a file that only its owner can read, and waits until it would survive a power cut. */
export function writeDurably(path: string, text: string, flags: 'a' | 'w' | 'wx'): void {
  const file = openSync(path, flags, OWNER_ONLY);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  syncDirectoryOf(path);
}

/** A new name is durable when its directory is. Windows has no such call, and needs none. */
export function syncDirectoryOf(path: string): void {
  if (process.platform === 'win32') return;
  const directory = openSync(dirname(path), 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
