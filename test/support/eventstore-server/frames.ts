import { crc32 } from 'node:zlib';
import { type RecordedEvent, eventAt, lengthAt, recordOf } from './record.js';

/** What is appended together lies in one frame with its checksum, so that half of it can never be taken for a whole. */
export interface Frame {
  bytes: Buffer;
  events: (RecordedEvent & { length: number })[];
}

export const FRAME_HEADER_BYTES = 8;

/** The frame of one append that will begin at `start` of the file. */
export function frameOf(events: readonly Omit<RecordedEvent, 'position'>[], start: number): Frame {
  const records = events.map(recordOf);
  const body = Buffer.concat(records);
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  header.writeUInt32LE(body.length);
  header.writeUInt32LE(crc32(body), 4);
  let position = start + FRAME_HEADER_BYTES;
  const placed = records.map((record, index) => {
    const event = { ...events[index]!, position, length: record.length };
    position += record.length;
    return event;
  });
  return { bytes: Buffer.concat([header, body]), events: placed };
}

/** The bytes of the whole frame that begins at `at`, or undefined where there is none, or only a part of one. */
export function wholeFrameLength(bytes: Buffer, at: number): number | 'torn' | 'more' {
  if (at + FRAME_HEADER_BYTES > bytes.length) return 'more';
  const length = bytes.readUInt32LE(at);
  const end = at + FRAME_HEADER_BYTES + length;
  if (length === 0) return 'torn';
  if (end > bytes.length) return 'more';
  return crc32(bytes.subarray(at + FRAME_HEADER_BYTES, end)) === bytes.readUInt32LE(at + 4) ? end - at : 'torn';
}

export function* eventsOfFrame(
  bytes: Buffer,
  at: number,
  start: number,
): Generator<RecordedEvent & { length: number }> {
  const end = at + FRAME_HEADER_BYTES + bytes.readUInt32LE(at);
  for (let offset = at + FRAME_HEADER_BYTES; offset < end;) {
    const length = lengthAt(bytes, offset);
    yield { ...eventAt(bytes, offset, start + offset - at), length };
    offset += length;
  }
}
