// `npm test`: every spec, or those that are named. Those that kill programs while these work, at a rate that they must reach,
// run one after the other and with nothing beside them; all others run two at a time.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const PARTS = [
  ['--testPathIgnorePatterns', '/test/kill/', '--maxWorkers=2'],
  ['--testPathPatterns', '/test/kill/', '--runInBand'],
];

const asked = process.argv.slice(2);
const parts = asked.length > 0 ? [asked] : PARTS;
const directory = mkdtempSync(join(tmpdir(), 'results-'));
const told = join(directory, 'told');
writeFileSync(told, '');
try {
  const results = parts.map((options, part) => run(options, join(directory, `${part}.json`)));
  tellWhatItRanOn();
  const sum = (count) => results.reduce((total, { result }) => total + (result?.[count] ?? 0), 0);
  console.log(`${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed, ${sum('numPendingTests')} skipped`);
  process.exitCode = results.every(isGreen) ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true });
}

function run(options, outputFile) {
  const { status } = spawnSync(process.execPath, [...JEST, ...options, '--json', '--outputFile', outputFile], {
    stdio: 'inherit',
    env: { ...process.env, TOLD_AT_THE_END: told },
  });
  return { status, result: read(outputFile) };
}

/** A run that ended without a result, or that tested nothing, is a failure. */
function isGreen({ status, result }) {
  return status === 0 && result?.success === true && result.numPassedTests > 0;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Each sentence once, with how many suites said it. */
function tellWhatItRanOn() {
  const said = readFileSync(told, 'utf8').split('\n').filter(Boolean);
  for (const sentence of new Set(said)) console.log(`${said.filter((each) => each === sentence).length} × ${sentence}`);
}
