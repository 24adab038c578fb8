import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './temporary-directory.js';

/** SHA-256 (hex) of each of the given byte strings, computed by the `sha256sum` command, which knows nothing of us. */
export function sha256sum(contents: readonly Buffer[]): string[] {
  const directory = temporaryDirectory();
  try {
    const names = contents.map((_, i) => String(i));
    names.forEach((name, i) => writeFileSync(join(directory.path, name), contents[i] ?? ''));
    const lines = execFileSync('sha256sum', names, { cwd: directory.path, encoding: 'utf8' }).trimEnd().split('\n');
    return lines.map((line) => line.slice(0, 64));
  } finally {
    directory.remove();
  }
}
