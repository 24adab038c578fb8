import { spawnSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';

// The program is built beside the one that is there, and takes its place when it is whole: a ledger that runs, or a command
// of the operator, never finds half of it.
const built = mkdtempSync('dist-');
const before = `${built}-before`;

// What stops the compiler stops this too, but only after it has tidied up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => undefined);

const config = `${built}/tsconfig.json`;
writeFileSync(config, JSON.stringify({ extends: '../tsconfig.build.json', compilerOptions: { outDir: '.' } }));
const { status } = spawnSync('nest', ['build', 'api', '--path', config], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (status === 0) {
  rmSync(config);
  takePlace();
}
for (const folder of [built, before]) rmSync(folder, { recursive: true, force: true });
process.exitCode = status ?? 1;

/** Another build may take the place between the two steps; the last one stays. */
function takePlace() {
  for (let tries = 0; tries < 10; tries++) {
    renamed('dist', before);
    if (renamed(built, 'dist')) return;
    rmSync(before, { recursive: true, force: true });
  }
  throw new Error('the place of dist is taken again and again: other builds are going on');
}

function renamed(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(error.code)) return false;
    throw error;
  }
}
