import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** In every way in which a text, or bytes, could stand in a file. */
function needlesOf(wanted: string | Buffer): Buffer[] {
  if (typeof wanted === 'string') {
    const utf8 = Buffer.from(wanted);
    const utf16 = Buffer.from(wanted, 'utf16le');
    return [utf8, utf16, Buffer.from(utf16).swap16(), ...encoded(utf8)];
  }
  return [wanted, ...encoded(wanted)];
}

/** Base64 of a text inside a longer one depends on where it begins: what is the same for each of the three ways. */
function encoded(bytes: Buffer): Buffer[] {
  const base64 = [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    const inner = text.slice(shift === 0 ? 0 : 4, -4);
    return inner.length < 8 ? [] : [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const hex = bytes.toString('hex');
  return [...base64, hex, hex.toUpperCase()].map((text) => Buffer.from(text));
}

/** The files, below these paths, that have one of the texts or byte strings in them; with the name of what was found. */
export function filesWith(paths: readonly string[], wanted: Readonly<Record<string, string | Buffer>>): string[] {
  const needles = Object.entries(wanted).flatMap(([name, text]) => needlesOf(text).map((bytes) => ({ name, bytes })));
  const found = paths.flatMap(filesBelow).flatMap((path) => {
    const bytes = readFileSync(path);
    return needles.filter((needle) => bytes.includes(needle.bytes)).map(({ name }) => `${name} in ${path}`);
  });
  return [...new Set(found)];
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}
