import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { hashOfFile, type OnBytes } from './hashed-file.js';
import { type Manifest, notWhole, unlisted } from './manifest.js';

/** Finds every byte of a backup, or of what was restored from it, to be what the manifest says: none missing, none more. */
export function checkFiles(
  directory: string,
  { files }: Manifest,
  { besides = unlisted, onBytes }: { besides?: readonly string[]; onBytes: OnBytes },
): void {
  const listed = new Set([...files.map(({ name }) => name), ...besides]);
  const there = filesIn(directory);
  const added = [...there].find((name) => !listed.has(name));
  if (added !== undefined) throw notWhole(directory, `多出文件${added}`, `the file ${added} is not one of it`);
  for (const { name, bytes, sha256 } of files) {
    if (!there.has(name)) throw notWhole(directory, `缺少文件${name}`, `the file ${name} is missing`);
    const path = join(directory, name);
    const { size } = statSync(path);
    const actual = size === bytes ? hashOfFile(path, onBytes) : undefined;
    if (actual === sha256) continue;
    throw notWhole(
      directory,
      actual === undefined
        ? `文件${name}应为${bytes}字节,实为${size}字节`
        : `文件${name}的SHA-256应为${sha256},实为${actual}`,
      actual === undefined
        ? `${name} has ${size} bytes instead of ${bytes}`
        : `the SHA-256 of ${name} is ${actual} instead of ${sha256}`,
    );
  }
}

function filesIn(directory: string): Set<string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(
    (entry) => !entry.isDirectory(),
  );
  const named = (entry: Dirent): string => relative(directory, join(entry.parentPath, entry.name)).replaceAll(sep, '/');
  // A link leads to bytes that are not in the backup.
  const odd = entries.find((entry) => !entry.isFile());
  if (odd !== undefined) throw notWhole(directory, `${named(odd)}不是普通文件`, `${named(odd)} is no regular file`);
  return new Set(entries.map(named));
}
