import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { itWith } from './support/it-with.js';
import { type RunningLedger, startLedger } from './support/running-ledger.js';
import { temporaryDirectory } from './support/temporary-directory.js';

// The calls of docs/accounts.md in one shell, as somebody types them one after the other, on a ledger that starts empty.
const [, section = ''] =
  /<!-- calls -->([\s\S]*?)<!-- \/calls -->/.exec(readFileSync('docs/accounts.md', 'utf8')) ?? [];
const steps = [...section.matchAll(/```bash\n((?:(?!```)[\s\S])*)```(?:\n+```text\n((?:(?!```)[\s\S])*)```)?/g)].map(
  ([, script = '', answer = '']) => ({ script, answer: answer.trim() }),
);
const END = '—— end of a step ——';

const directory = temporaryDirectory();
let ledger: RunningLedger;

beforeAll(async () => {
  ledger = await startLedger(directory.path, { env: { LEDGER_ACCESS: 'accounts' } });
});
afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

it('shows calls with their answers', () => {
  expect(steps.filter(({ answer }) => answer !== '').length).toBeGreaterThanOrEqual(15);
});

itWith('bash', 'curl')('shows why somebody could not be given an account or a role', () => {
  const [hire = ''] = /refused\(\) [\s\S]*?\nhire\(\) [\s\S]*?\n}/.exec(section) ?? [];
  const script = `${steps[0]?.script}\nADMIN=nobody\n${hire}\nhire clerk-1 VILLAGE_CLERK 330603008299`;
  const env = { PATH: process.env['PATH'] ?? '', LEDGER_URL: ledger.url };
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-euc', script], { env, encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(stderr.match(/"messageZh":"访问令牌缺失/g)).toHaveLength(2);
});

itWith('bash', 'curl')('leads from the one-time password of the first start to personal data that is erased', () => {
  const [, password = ''] = /one-time password\s+(\S+)/.exec(ledger.output()) ?? [];
  const [, likeness = ''] = /ONE_TIME:-([x-]+)/.exec(section) ?? [];
  expect(password.replaceAll(/[^-]/g, 'x')).toBe(likeness);
  const env = { PATH: process.env['PATH'] ?? '', LEDGER_URL: ledger.url, ONE_TIME: password };
  const script = steps.map((step) => `${step.script}\necho '${END}'`).join('\n');
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-euc', script], { env, encoding: 'utf8' });
  // A token is another one every time.
  const shown = stdout.replaceAll(/"token":"[\w-]{20,}"/g, '"token":"……"');
  const printed = shown.split(`${END}\n`).map((text) => text.trim());
  expect({ stderr, printed: printed.slice(0, -1) }).toEqual({ stderr: '', printed: steps.map(({ answer }) => answer) });
});
