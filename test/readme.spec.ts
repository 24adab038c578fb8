import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { itWith } from './support/it-with.js';
import { copiedDemo } from './support/recorded-demo.js';
import { type RunningLedger, startLedger, TOKEN } from './support/running-ledger.js';
import type { temporaryDirectory } from './support/temporary-directory.js';

// The README's calls and answers, run as written against the program as a newcomer starts it: with the demo district.
const readme = readFileSync('README.md', 'utf8');
const section = /<!-- calls -->([\s\S]*?)<!-- \/calls -->/.exec(readme)?.[1] ?? '';
const calls = [...section.matchAll(/```bash\n((?:(?!```)[\s\S])*)```\n+```text\n((?:(?!```)[\s\S])*)```/g)].map(
  ([, script = '', answer = '']) => ({
    script,
    answer,
  }),
);
const definitions = /```bash\n([\s\S]*?)```/.exec(section)?.[1] ?? '';

let directory: ReturnType<typeof temporaryDirectory>;
let ledger: RunningLedger;

beforeAll(async () => {
  directory = await copiedDemo();
  ledger = await startLedger(directory.path, { env: { LEDGER_DEMO: 'on' } });
}, 300_000);

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

it('shows calls with their answers', () => expect(calls.length).toBeGreaterThanOrEqual(8));

itWith('bash', 'curl')('answers the calls of the README as the README says', () => {
  for (const { script, answer } of calls) {
    const env = { PATH: process.env['PATH'] ?? '', LEDGER_URL: ledger.url, LEDGER_TOKEN: TOKEN };
    const run = spawnSync('bash', ['--norc', '-euc', `${definitions}\n${script}`], { env, encoding: 'utf8' });
    expect({ script, stderr: run.stderr, printed: run.stdout.trim() }).toEqual({
      script,
      stderr: '',
      printed: answer.trim(),
    });
  }
});
