import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine has the command of GNU coreutils. */
export const hasSha256sum = spawnSync('sha256sum', ['--version']).status === 0;

/** SHA-256 (hex) of each of the given byte strings, computed by the `sha256sum` command, which knows nothing of us. */
export function sha256sum(contents: readonly Buffer[]): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'ledger-sha256sum-'));
  try {
    const names = contents.map((_, i) => String(i));
    names.forEach((name, i) => writeFileSync(join(directory, name), contents[i] ?? ''));
    const lines = execFileSync('sha256sum', names, { cwd: directory, encoding: 'utf8' }).trimEnd().split('\n');
    return lines.map((line) => line.slice(0, 64));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
