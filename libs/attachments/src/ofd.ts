import { open } from 'node:fs/promises';

/** End of central directory: its fixed part, and the longest comment that may follow it (APPNOTE 4.3.16). */
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;
const END_SIGNATURE = 0x06054b50;
const ENTRY_BYTES = 46;
const ENTRY_SIGNATURE = 0x02014b50;
/** Some ten thousand entries; an invoice has thirty. */
const MAX_DIRECTORY_BYTES = 1_048_576;

/** Whether a zip file is an OFD document: it has an `OFD.xml` at its root (GB/T 33190-2016, 7.1). */
export async function isOfd(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  const read = async (from: number, bytes: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, from);
    return buffer.subarray(0, bytesRead);
  };
  try {
    const { size } = await file.stat();
    const tail = await read(Math.max(0, size - END_BYTES - MAX_COMMENT_BYTES), END_BYTES + MAX_COMMENT_BYTES);
    const end = endOf(tail);
    if (end === undefined || end.bytes > MAX_DIRECTORY_BYTES) return false;
    return namesIn(await read(end.from, end.bytes)).includes('OFD.xml');
  } finally {
    await file.close();
  }
}

function endOf(tail: Buffer): { from: number; bytes: number } | undefined {
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) === END_SIGNATURE) {
      return { bytes: tail.readUInt32LE(at + 12), from: tail.readUInt32LE(at + 16) };
    }
  }
  return undefined;
}

function namesIn(directory: Buffer): string[] {
  const names: string[] = [];
  let at = 0;
  while (at + ENTRY_BYTES <= directory.length && directory.readUInt32LE(at) === ENTRY_SIGNATURE) {
    const nameBytes = directory.readUInt16LE(at + 28);
    names.push(directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes));
    at += ENTRY_BYTES + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return names;
}
