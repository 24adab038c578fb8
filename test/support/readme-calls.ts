import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { TOKEN } from './running-ledger.js';

const readme = readFileSync('README.md', 'utf8');
const section = /<!-- calls -->([\s\S]*?)<!-- \/calls -->/.exec(readme)?.[1] ?? '';
const definitions = /```bash\n([\s\S]*?)```/.exec(section)?.[1] ?? '';

/** The README's calls with the answers that it prints below them. */
export const calls = [...section.matchAll(/```bash\n((?:(?!```)[\s\S])*)```\n+```text\n((?:(?!```)[\s\S])*)```/g)].map(
  ([, script = '', answer = '']) => ({ script, answer }),
);

/** Each call, as written, must be answered by this ledger as the README says. */
export function answersReadme(url: string): void {
  for (const { script, answer } of calls) {
    const env = { PATH: process.env['PATH'] ?? '', LEDGER_URL: url, LEDGER_TOKEN: TOKEN };
    const run = spawnSync('bash', ['--norc', '-euc', `${definitions}\n${script}`], { env, encoding: 'utf8' });
    expect({ script, stderr: run.stderr, printed: run.stdout.trim() }).toEqual({
      script,
      stderr: '',
      printed: answer.trim(),
    });
  }
}
