import { fileTypeFromFile } from 'file-type';
import { isOfd } from './ofd.js';

/** What may be attached, by the extension that a stored file gets: papers, photos of them, and tables. */
const TYPES = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  tif: 'image/tiff',
  heic: 'image/heic',
  // The format of electronic invoices (GB/T 33190).
  ofd: 'application/ofd',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

export type Extension = keyof typeof TYPES;

export const extensions = Object.keys(TYPES) as readonly Extension[];
export const mediaTypes: readonly string[] = Object.values(TYPES);

export function mediaTypeOf(extension: Extension): string {
  return TYPES[extension];
}

export function extensionOf(mediaType: string): Extension | undefined {
  return extensions.find((extension) => TYPES[extension] === mediaType);
}

/** The media type that a file's bytes show, whatever anybody says of it. */
export async function sniffedMediaType(path: string): Promise<string> {
  const found = (await fileTypeFromFile(path))?.mime ?? 'application/octet-stream';
  return found === 'application/zip' && (await isOfd(path)) ? TYPES.ofd : found;
}
