import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CorruptLog, type Evidence, Refusal } from '@ledger/domain';
import { syncDirectory, syncDirectoryNow } from '@ledger/durable-files';
import { type AttachmentStore, DEFAULT_LIMIT_BYTES, type Opened, type Stored } from './attachment-store.js';
import { type Extension, extensionOf, extensions, mediaTypeOf, mediaTypes, sniffedMediaType } from './media-types.js';
import { type Uploads, uploadsIn } from './uploads.js';

/**
 * The store of the embedded profile: a file `attachments/<sha256>.<extension>` each, whose bytes anybody can check with
 * `sha256sum`. Only the process that holds the log of the same data directory may open it.
 */
export function openAttachments(
  dataDirectory: string,
  { limitBytes = DEFAULT_LIMIT_BYTES }: { limitBytes?: number } = {},
): AttachmentStore {
  const directory = join(dataDirectory, 'attachments');
  const arriving = join(directory, 'arriving');
  // What is here was never acknowledged: the process that received it has ended.
  rmSync(arriving, { recursive: true, force: true });
  mkdirSync(arriving, { recursive: true });
  // A crash may have left names that are not durable yet, and facts are about to rest on whatever is found here.
  syncDirectoryNow(directory);
  syncDirectoryNow(dataDirectory);
  return new FileStore(directory, arriving, limitBytes);
}

interface Kept {
  readonly path: string;
  readonly attachment: Evidence;
}

class FileStore implements AttachmentStore {
  /** Renamed, but perhaps not yet durable: a fact that refers to it could outlive it. */
  readonly #unsettled = new Set<string>();
  readonly uploads: Uploads;

  constructor(
    private readonly directory: string,
    private readonly arriving: string,
    readonly limitBytes: number,
  ) {
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
    return this.#unsettled.has(sha256) ? undefined : this.#kept(sha256)?.attachment;
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
