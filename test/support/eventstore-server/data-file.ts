import {
  closeSync,
  fdatasync,
  fstatSync,
  ftruncateSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  write,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { eventsOfFrame, wholeFrameLength } from './frames.js';
import type { RecordedEvent } from './record.js';

const written = promisify(write);
const synced = promisify(fdatasync);
const CHUNK_BYTES = 8 * 1024 * 1024;
// A file begins with its name, so that no event stands at position 0, and no other file is taken for one of ours.
const SIGNATURE = Buffer.from('eventstore-test1');

/** The one append-only file: written and synced at its end, read anywhere. */
export class DataFile {
  readonly #descriptor: number;
  #size: number;
  /** How many bytes of a frame that was not written to its end were cut off when the file was opened. */
  readonly cutOffBytes: number;

  constructor(
    path: string,
    private readonly sync: boolean,
    replay: (event: RecordedEvent & { length: number }) => void,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    this.#descriptor = openSync(path, 'a+');
    const found = fstatSync(this.#descriptor).size;
    this.#size = found < SIGNATURE.length ? this.#begin() : this.#replay(found, replay);
    this.cutOffBytes = found < SIGNATURE.length ? 0 : found - this.#size;
    if (this.cutOffBytes > 0) ftruncateSync(this.#descriptor, this.#size);
  }

  get size(): number {
    return this.#size;
  }

  /** Writes at the end, and comes back when the bytes are on the disk. */
  async append(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length;)
      done += (await written(this.#descriptor, bytes, done, bytes.length - done, null)).bytesWritten;
    if (this.sync) await synced(this.#descriptor);
    this.#size += bytes.length;
  }

  read(position: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const read = readSync(this.#descriptor, bytes, done, length - done, position + done);
      if (read === 0) break;
      done += read;
    }
    return bytes.subarray(0, done);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #begin(): number {
    ftruncateSync(this.#descriptor, 0);
    for (let done = 0; done < SIGNATURE.length;) done += writeSync(this.#descriptor, SIGNATURE, done);
    fsyncSync(this.#descriptor);
    return SIGNATURE.length;
  }

  /** Hands over every event of every whole frame, and answers where the last of these ends. */
  #replay(found: number, replay: (event: RecordedEvent & { length: number }) => void): number {
    if (!this.read(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error('the data file is of another program');
    let start = SIGNATURE.length;
    for (let wanted = CHUNK_BYTES; start < found;) {
      const bytes = this.read(start, Math.min(wanted, found - start));
      let at = 0;
      let length = wholeFrameLength(bytes, at);
      while (typeof length === 'number') {
        for (const event of eventsOfFrame(bytes, at, start + at)) replay(event);
        at += length;
        length = wholeFrameLength(bytes, at);
      }
      start += at;
      if (length === 'torn' || start - at + bytes.length === found) break;
      wanted = at === 0 ? wanted * 2 : CHUNK_BYTES;
    }
    return start;
  }
}
