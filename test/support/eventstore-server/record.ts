export interface ProposedEvent {
  id: string;
  type: string;
  isJson: boolean;
  data: Uint8Array;
  metadata: Uint8Array;
}

export interface RecordedEvent extends ProposedEvent {
  stream: string;
  revision: number;
  /** Ticks of 100 ns since 1970, as the protocol wants them. */
  created: bigint;
  /** Where its record begins in the file: positions are sparse and rising, as byte offsets are. */
  position: number;
}

const HEADER_BYTES = 43;

/** An event as it lies in the file; its position is where the record is put. */
export function recordOf(event: Omit<RecordedEvent, 'position'>): Buffer {
  const stream = Buffer.from(event.stream, 'utf8');
  const type = Buffer.from(event.type, 'utf8');
  const { metadata, data } = event;
  const record = Buffer.allocUnsafe(HEADER_BYTES + stream.length + type.length + metadata.length + data.length);
  let at = record.writeUInt32LE(record.length);
  at = record.writeUInt8(event.isJson ? 1 : 0, at);
  at += Buffer.from(event.id.replaceAll('-', ''), 'hex').copy(record, at);
  at = record.writeBigUInt64LE(event.created, at);
  at = record.writeUInt32LE(event.revision, at);
  at = record.writeUInt16LE(stream.length, at);
  at = record.writeUInt32LE(type.length, at);
  at = record.writeUInt32LE(metadata.length, at);
  for (const part of [stream, type, metadata, data]) {
    record.set(part, at);
    at += part.length;
  }
  return record;
}

/** The record that begins at `at` of the bytes, which stand at `position` of the file. */
export function eventAt(bytes: Buffer, at: number, position: number): RecordedEvent {
  const end = at + bytes.readUInt32LE(at);
  const streamEnd = at + HEADER_BYTES + bytes.readUInt16LE(at + 33);
  const typeEnd = streamEnd + bytes.readUInt32LE(at + 35);
  const metadataEnd = typeEnd + bytes.readUInt32LE(at + 39);
  return {
    isJson: bytes.readUInt8(at + 4) === 1,
    id: uuidOf(bytes.toString('hex', at + 5, at + 21)),
    created: bytes.readBigUInt64LE(at + 21),
    revision: bytes.readUInt32LE(at + 29),
    stream: bytes.toString('utf8', at + HEADER_BYTES, streamEnd),
    type: bytes.toString('utf8', streamEnd, typeEnd),
    metadata: bytes.subarray(typeEnd, metadataEnd),
    data: bytes.subarray(metadataEnd, end),
    position,
  };
}

export const lengthAt = (bytes: Buffer, at: number): number => bytes.readUInt32LE(at);

function uuidOf(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
