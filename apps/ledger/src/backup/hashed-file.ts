import { createHash } from 'node:crypto';
import { closeSync, fdatasyncSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

/** Hears how many more bytes are done. */
export type OnBytes = (bytes: number) => void;

export const OWNER_ONLY = 0o600;
export const OWNER_ONLY_DIRECTORY = 0o700;
const CHUNK_BYTES = 1_048_576;
/**
 * As often as this a copy goes to disk while it is written. Gigabytes that wait for one sync at the end would fill the disk's
 * queue with it, and the commits of a running ledger would wait behind them for a second.
 */
export const SYNC_EVERY_BYTES = 8 * 1_048_576;

/** The SHA-256 (hex) of a file's bytes. */
export function hashOfFile(path: string, onBytes: OnBytes): string {
  return throughFile(path, onBytes, () => undefined);
}

/** Copies a file and gives the SHA-256 of what was read; resolves into a new file, on disk, that only its owner reads. */
export function copyHashed(from: string, to: string, onBytes: OnBytes): string {
  const target = openSync(to, 'wx', OWNER_ONLY);
  try {
    let waitingBytes = 0;
    const sha256 = throughFile(from, onBytes, (chunk) => {
      for (let at = 0; at < chunk.length;) at += writeSync(target, chunk, at);
      waitingBytes += chunk.length;
      if (waitingBytes < SYNC_EVERY_BYTES) return;
      fdatasyncSync(target);
      waitingBytes = 0;
    });
    fsyncSync(target);
    return sha256;
  } finally {
    closeSync(target);
  }
}

function throughFile(path: string, onBytes: OnBytes, take: (chunk: Uint8Array) => void): string {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const bytes = readSync(file, buffer);
      if (bytes === 0) return hash.digest('hex');
      const chunk = buffer.subarray(0, bytes);
      hash.update(chunk);
      take(chunk);
      onBytes(bytes);
    }
  } finally {
    closeSync(file);
  }
}
