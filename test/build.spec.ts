import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { itWith } from './support/it-with.js';
import { temporaryDirectory } from './support/temporary-directory.js';

const MAIN = 'dist/apps/ledger/src/main.js';

// The build and the operator's commands in a folder of their own, with a compiler that only says what it is told to.
let directory: ReturnType<typeof temporaryDirectory>;
const at = (name: string): string => join(directory.path, name);

beforeEach(() => {
  directory = temporaryDirectory();
  for (const name of ['package.json', 'build.mjs']) cpSync(name, at(name));
  mkdirSync(at('bin'));
  mkdirSync(dirname(at(MAIN)), { recursive: true });
  writeFileSync(at(MAIN), `console.log('the old program', process.argv.slice(2).join(' '))`);
});
afterEach(() => directory.remove());

/** Writes what there is into the folder of the tsconfig that it is given: `nest build api --path <folder>/tsconfig.json`. */
function compiler(more = ''): Record<string, string> {
  writeFileSync(
    at('bin/nest'),
    `#!/bin/sh
folder=$(dirname "$4")/apps/ledger/src
mkdir -p "$folder"
echo "console.log('the new program', process.argv.slice(2).join(' '))" > "$folder/main.js"
echo building
${more}
`,
  );
  chmodSync(at('bin/nest'), 0o700);
  return { PATH: `${at('bin')}:${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
}

function build(env: Record<string, string>): number | null {
  return spawnSync(process.execPath, ['build.mjs'], { cwd: directory.path, env }).status;
}

function npm(env: Record<string, string>): string {
  const where = { cwd: directory.path, env: { ...env, HOME: directory.path }, encoding: 'utf8' } as const;
  return spawnSync('npm', ['run', '--silent', 'ledger', '--', 'verify'], where).stdout;
}

const foldersOfBuilds = (): string[] => readdirSync(directory.path).filter((name) => name.startsWith('dist'));
const program = (): string => readFileSync(at(MAIN), 'utf8');

describe('a build', () => {
  it('takes the place of the program as a whole, and nothing of the old one stays', () => {
    writeFileSync(at('dist/removed-since.js'), '');
    expect(build(compiler())).toBe(0);
    expect(program()).toContain('the new program');
    expect(existsSync(at('dist/removed-since.js'))).toBe(false);
    expect(foldersOfBuilds()).toEqual(['dist']);
  });

  it('leaves the old program as it is when it fails', () => {
    expect(build(compiler('exit 3'))).toBe(3);
    expect(program()).toContain('the old program');
    expect(foldersOfBuilds()).toEqual(['dist']);
  });

  it('leaves the old program to whoever runs it meanwhile, and nothing behind when it is stopped', async () => {
    const building = spawn(process.execPath, ['build.mjs'], {
      cwd: directory.path,
      env: compiler('exec sleep 60'),
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise((started) => building.stdout.once('data', started));
    expect(program()).toContain('the old program');
    expect(foldersOfBuilds()).toHaveLength(2);
    const ended = new Promise((exit) => building.once('exit', exit));
    process.kill(-(building.pid ?? 0), 'SIGINT');
    expect(await ended).not.toBe(0);
    expect(program()).toContain('the old program');
    expect(foldersOfBuilds()).toEqual(['dist']);
  });
});

describe('a command of the operator', () => {
  itWith('npm')('runs the program that is built, without building', () => {
    expect(npm(compiler())).toBe('the old program verify\n');
  });

  itWith('npm')('builds it where there is none yet', () => {
    const env = compiler();
    rmSync(at('dist'), { recursive: true });
    expect(npm(env)).toBe('building\nthe new program verify\n');
  });
});
