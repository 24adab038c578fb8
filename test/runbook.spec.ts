import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { LedgerWithPapers } from './support/backed-up-ledger.js';
import { itWith } from './support/it-with.js';
import { startFlags, TOKEN } from './support/running-ledger.js';
import { temporaryDirectory } from './support/temporary-directory.js';

// The commands of the runbook, run as written beside a ledger at work. Only `npm` is another: it starts the program as it is
// built, because building it anew takes a while.
// Like the true one it starts its program as a child, which a signal to npm does not end.
const runbook = readFileSync('docs/runbook.md', 'utf8');

function commandsOf(section: string): string {
  const text = new RegExp(`<!-- ${section} -->([\\s\\S]*?)<!-- /${section} -->`).exec(runbook)?.[1] ?? '';
  return [...text.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, script = '']) => script).join('\n');
}

const directory = temporaryDirectory();
const at = (name: string): string => join(directory.path, name);
const backups = at('backups');
let papers: LedgerWithPapers;

beforeAll(async () => {
  papers = await LedgerWithPapers.start(directory.path);
  mkdirSync(backups);
  mkdirSync(at('bin'));
  const node = [process.execPath, ...startFlags()].map((word) => `'${word}'`).join(' ');
  const npm = `#!/bin/sh
case "$*" in
  start) ${node} '${resolve('dist/apps/api/src/main.js')}'; exit ;;
  'run --silent ledger -- '*) shift 4; exec ${node} '${resolve('dist/apps/ledger/src/main.js')}' "$@" ;;
esac
exit 64
`;
  writeFileSync(at('bin/npm'), npm);
  chmodSync(at('bin/npm'), 0o700);
});
afterAll(async () => {
  await papers.ledger.stop();
  directory.remove();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

async function running(section: string, port = 0): Promise<{ status: number | null; output: string }> {
  const env = {
    PATH: `${at('bin')}:${process.env['PATH'] ?? ''}`,
    LEDGER_DATA: at('data'),
    LEDGER_BACKUPS: backups,
    LEDGER_DEMO: 'off',
    LEDGER_TOKEN: TOKEN,
    LEDGER_URL: papers.ledger.url,
    LEDGER_LOG_LEVEL: 'warn',
    DRILL: at('drill'),
    YEAR: '2024',
    DRILL_PORT: String(port),
  };
  const options = { env, encoding: 'utf8', timeout: 60_000 } as const;
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--norc', '-euo', 'pipefail', '-c', commandsOf(section)],
    options,
  );
  return { status, output: stdout + stderr };
}

it('logs the backup of every day where the user of the ledger may write', () => {
  const [, data = '', log = ''] = /^\d+ \d+ \* \* \* LEDGER_DATA=(\S+) .* >> (\S+) 2>&1$/m.exec(runbook) ?? [];
  expect(dirname(log)).toBe(dirname(data));
});

it('has commands for the daily backup and for the drill', () => {
  expect(commandsOf('daily')).toContain('docs/daily-backup.sh');
  expect(commandsOf('drill')).toContain('restore --from');
});

itWith(
  'bash',
  'flock',
  'find',
)('makes the day’s backup by its script, and refuses a second one of the day', async () => {
  mkdirSync(join(backups, '2024-01-31.part'));
  const first = await running('daily');
  expect(first).toEqual({ status: 0, output: expect.stringContaining('备份完好') });
  const [today = ''] = readdirSync(backups).filter((name) => /^\d{4}-\d\d-\d\d$/.test(name));
  expect(readdirSync(backups).toSorted()).toEqual(['.lock', today]);
  expect(readdirSync(join(backups, today, 'attachments'))).toHaveLength(6);
  expect(await running('daily')).toMatchObject({ status: 1, output: expect.stringContaining('已存在且不为空') });
});

function dailyScript(env: Record<string, string>): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync('bash', ['docs/daily-backup.sh'], { env, encoding: 'utf8' });
  return { status, stderr };
}

itWith('bash')('says which directory the script needs, and that it is not there', () => {
  expect(dailyScript({})).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^未备份:请设置LEDGER_DATA.*No backup was made: set LEDGER_DATA, [^\n]*\n$/),
  });
  const missing = at('no-such-disk');
  expect(dailyScript({ LEDGER_DATA: at('data'), LEDGER_BACKUPS: missing })).toEqual({
    status: 1,
    stderr: expect.stringMatching(
      new RegExp(`^未备份:LEDGER_BACKUPS=${missing} 不是目录.*LEDGER_BACKUPS=${missing} is no directory[^\\n]*\\n$`),
    ),
  });
});

itWith(
  'bash',
  'curl',
  'find',
  'cmp',
)(
  'rehearses a restore: both ledgers answer the same bytes',
  async () => {
    await papers.enter('after-the-backup');
    const port = await freePort();
    const { status, output } = await running('drill', port);
    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output.match(/相同 same: /g)).toHaveLength(4);
    expect(output).toContain('相同 same: divisions/330603000000/income?from=2024-01&to=2024-12&');
    expect(readdirSync(directory.path).filter((name) => name.startsWith('drill'))).toEqual([]);
    await expect(fetch(`http://127.0.0.1:${port}/health/ready`)).rejects.toThrow('fetch failed');
  },
  120_000,
);
