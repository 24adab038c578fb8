import type { Readable } from 'node:stream';
import type { Evidence } from '@ledger/domain';
import type { Uploads } from './uploads.js';

export interface Stored {
  readonly attachment: Evidence;
  /** False when the same bytes had been stored before. */
  readonly created: boolean;
}

export interface Opened {
  readonly attachment: Evidence;
  readonly bytes: Readable;
}

/** Files by the hash of their bytes, without names. What is stored never changes. */
export interface AttachmentStore {
  readonly limitBytes: number;
  readonly uploads: Uploads;
  /**
   * Takes bytes as they come and resolves only when they are durable. Rejects with `Refusal` (`ATTACHMENT_TOO_LARGE`,
   * `ATTACHMENT_HASH_MISMATCH`, `ATTACHMENT_TYPE_UNKNOWN`) or as the bytes do; nothing is left behind then. Does not
   * read further once it has refused.
   */
  put(sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<Stored>;
  /** What a fact says of an attachment; undefined for one that is not stored. */
  find(sha256: string): Promise<Evidence | undefined>;
  /** The bytes, once all of them have been found to be what the hash says; else rejects with `CorruptLog`. */
  open(sha256: string): Promise<Opened | undefined>;
}

/** 20 MiB: a scan of many pages, a photo of any telephone. */
export const DEFAULT_LIMIT_BYTES = 20 * 1024 * 1024;
