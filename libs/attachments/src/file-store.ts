import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CorruptLog, type Evidence, Refusal } from '@ledger/domain';
import { syncDirectory, syncDirectoryNow } from '@ledger/durable-files';
import { type AttachmentStore, DEFAULT_LIMIT_BYTES, type Opened, type Stored } from './attachment-store.js';
import { type Extension, extensionOf, extensions, mediaTypeOf, mediaTypes, sniffedMediaType } from './media-types.js';
import { type Uploads, uploadsIn } from './uploads.js';

export interface FileStoreOptions {
  readonly limitBytes?: number;
  /** Several processes have it open; else the one that holds the log of the same data directory. */
  readonly isShared?: boolean;
}

/** Longer than any request may take to arrive. */
const ABANDONED_AFTER_MS = 24 * 60 * 60_000;

/**
 * A file `attachments/<sha256>.<extension>` each, whose bytes anybody can check with `sha256sum`, in the data directory or, in
 * a cluster, in a directory that all processes share.
 */
export function openAttachments(
  dataDirectory: string,
  { limitBytes = DEFAULT_LIMIT_BYTES, isShared = false }: FileStoreOptions = {},
): AttachmentStore {
  const directory = join(dataDirectory, 'attachments');
  const arriving = join(directory, 'arriving');
  mkdirSync(arriving, { recursive: true });
  removeAbandoned(arriving, isShared ? Date.now() - ABANDONED_AFTER_MS : Infinity);
  // A crash may have left names that are not durable yet, and facts are about to rest on whatever is found here.
  syncDirectoryNow(directory);
  syncDirectoryNow(dataDirectory);
  return new FileStore(directory, arriving, { limitBytes, isShared });
}

/** What is there was never acknowledged; what is new may still be arriving in another process. */
function removeAbandoned(arriving: string, beforeMs: number): void {
  for (const name of readdirSync(arriving)) {
    const path = join(arriving, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && found.mtimeMs < beforeMs) rmSync(path, { recursive: true, force: true });
  }
}

interface Kept {
  readonly path: string;
  readonly attachment: Evidence;
}

class FileStore implements AttachmentStore {
  /** Renamed, but perhaps not yet durable: a fact that refers to it could outlive it. */
  readonly #unsettled = new Set<string>();
  readonly uploads: Uploads;
  readonly limitBytes: number;

  constructor(
    private readonly directory: string,
    private readonly arriving: string,
    private readonly options: Required<FileStoreOptions>,
  ) {
    this.limitBytes = options.limitBytes;
    this.uploads = uploadsIn(directory);
  }

  async put(sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<Stored> {
    const path = join(this.arriving, randomUUID());
    try {
      return await this.#keep(path, await this.#receive(path, sha256, bytes));
    } finally {
      // Gone by now if it was kept.
      await rm(path, { force: true });
    }
  }

  async find(sha256: string): Promise<Evidence | undefined> {
    if (this.#unsettled.has(sha256)) return undefined;
    const kept = this.#kept(sha256);
    // Another process may have renamed it and not made that durable yet.
    if (kept !== undefined && this.options.isShared) await syncDirectory(this.directory);
    return kept?.attachment;
  }

  async open(sha256: string): Promise<Opened | undefined> {
    const kept = this.#kept(sha256);
    if (kept === undefined) return undefined;
    const file = await open(kept.path, 'r');
    try {
      const actual = await hashOf(file);
      if (actual !== sha256) throw new CorruptLog(`the attachment ${kept.path} is damaged: its SHA-256 is ${actual}`);
    } catch (error) {
      await file.close();
      throw error;
    }
    return { attachment: kept.attachment, bytes: file.createReadStream({ start: 0 }) };
  }

  /** Writes and hashes chunk by chunk; resolves when the file is durable under its temporary name. */
  async #receive(path: string, sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<Evidence> {
    const file = await open(path, 'wx');
    try {
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of bytes) {
        size += chunk.length;
        if (size > this.limitBytes) throw new Refusal('ATTACHMENT_TOO_LARGE', { limitBytes: this.limitBytes });
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      const actual = hash.digest('hex');
      if (actual !== sha256) {
        throw new Refusal('ATTACHMENT_HASH_MISMATCH', { expected: sha256, actual, bytes: size }, 'sha256');
      }
      const mediaType = await sniffedMediaType(path);
      if (extensionOf(mediaType) === undefined) {
        throw new Refusal('ATTACHMENT_TYPE_UNKNOWN', { mediaType, allowed: mediaTypes });
      }
      await file.sync();
      return { sha256, mediaType, bytes: size };
    } finally {
      await file.close();
    }
  }

  /**
   * Gives a received file its lasting name. Looking and renaming are one turn of the event loop, so that of two uploads
   * of one hash one is the first. The second replaces the first: the bytes are equal, unless the disk has damaged them.
   */
  async #keep(path: string, received: Evidence): Promise<Stored> {
    const { sha256, mediaType } = received;
    const known = this.#kept(sha256);
    if (known === undefined) this.#unsettled.add(sha256);
    const attachment = known === undefined ? received : { ...received, mediaType: known.attachment.mediaType };
    renameSync(path, known?.path ?? this.#path(sha256, extensionOf(mediaType) as Extension));
    await syncDirectory(this.directory);
    this.#unsettled.delete(sha256);
    return { attachment, created: known === undefined };
  }

  #kept(sha256: string): Kept | undefined {
    for (const extension of extensions) {
      const path = this.#path(sha256, extension);
      const found = statSync(path, { throwIfNoEntry: false });
      if (found !== undefined) {
        return { path, attachment: { sha256, mediaType: mediaTypeOf(extension), bytes: found.size } };
      }
    }
    return undefined;
  }

  #path(sha256: string, extension: Extension): string {
    return join(this.directory, `${sha256}.${extension}`);
  }
}

async function hashOf(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
