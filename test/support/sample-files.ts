import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export interface SampleFile {
  readonly bytes: Buffer;
  readonly sha256: string;
}

export function sampleFile(...parts: readonly (Buffer | string)[]): SampleFile {
  const bytes = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** A PDF of exactly so many bytes, or of the shortest that says what it is; the note tells one from another. */
export function pdf(note = '', bytes = 0): SampleFile {
  const text = `%PDF-1.7\n% ${note}\n`;
  return sampleFile(text, Buffer.alloc(Math.max(0, bytes - text.length), 0x20));
}

const contentTypes = (main: string) =>
  `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.${main}.main+xml"/></Types>`;

/** The smallest file of every kind that may be attached, by its media type. */
export const attachable: Readonly<Record<string, SampleFile>> = {
  'application/pdf': pdf(),
  'image/jpeg': sampleFile(Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')),
  'image/png': sampleFile(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  ),
  'image/webp': sampleFile('RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0', Buffer.alloc(24)),
  'image/tiff': sampleFile('II*\0\x08\0\0\0', Buffer.alloc(16)),
  'image/heic': sampleFile('\0\0\0\x18ftypheic\0\0\0\0mif1heic', Buffer.alloc(16)),
  'application/ofd': zip({ 'Doc_0/Document.xml': '<Document/>', 'OFD.xml': '<OFD/>' }),
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': zip({
    '[Content_Types].xml': contentTypes('spreadsheetml.sheet'),
    'xl/workbook.xml': '<workbook/>',
  }),
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': zip({
    '[Content_Types].xml': contentTypes('wordprocessingml.document'),
    'word/document.xml': '<document/>',
  }),
};

/** What may not be attached, by the media type that its bytes show. */
export const notAttachable: Readonly<Record<string, SampleFile>> = {
  'image/gif': sampleFile('GIF89a\x01\0\x01\0\0\0\0;'),
  'application/zip': zip({ 'notes/OFD.xml': '<OFD/>', 'readme.txt': 'x' }),
  'application/x-msdownload': sampleFile('MZ', Buffer.alloc(200)),
  'application/octet-stream': sampleFile('<html><script>alert(1)</script></html>'),
};

/** A zip file whose entries are stored as they are (APPNOTE 4.3). */
export function zip(entries: Readonly<Record<string, string>>): SampleFile {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(entries)) {
    const content = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), content]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\0'), common, place, Buffer.from(name));
    locals.push(local);
    at += local.length;
  }
  const bytes = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(locals.length, 8);
  end.writeUInt16LE(locals.length, 10);
  end.writeUInt32LE(bytes.length, 12);
  end.writeUInt32LE(at, 16);
  return sampleFile(...locals, bytes, end);
}
