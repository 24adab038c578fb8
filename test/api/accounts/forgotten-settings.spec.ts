import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { addressOf, type SpawnedLedger, spawnLedger } from '../../support/running-ledger.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

let directory: ReturnType<typeof temporaryDirectory>;
let running: SpawnedLedger | undefined;

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(async () => {
  await stop();
  directory.remove();
});

async function start(settings: Record<string, string>): Promise<{ url: string; printed: string }> {
  await stop();
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', LEDGER_DATA: directory.path, LEDGER_LOG_LEVEL: 'warn' };
  running = spawnLedger({ ...env, ...settings });
  return { url: await addressOf(running), printed: running.output() };
}

async function stop(): Promise<void> {
  const child = running?.process;
  running = undefined;
  if (child === undefined || child.exitCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}

it('goes on with accounts and without a demo where the settings of a ledger with accounts are forgotten', async () => {
  expect((await start({ LEDGER_DEMO: 'off' })).printed).toContain('one-time password');
  const forgotten: Record<string, string>[] = [{}, { LEDGER_DEMO: 'on' }];
  for (const settings of forgotten) {
    const { url, printed } = await start(settings);
    expect(printed).toContain('POST');
    expect(printed).not.toMatch(/access token|demo/);
    const { status } = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'admin', password: 'not the password of anybody' }),
    });
    expect(status).toBe(401);
    expect(existsSync(join(directory.path, 'token'))).toBe(false);
  }
});

it('takes one token beside accounts where that is asked in so many words', async () => {
  await start({ LEDGER_DEMO: 'off' });
  const { printed } = await start({ LEDGER_DEMO: 'off', LEDGER_ACCESS: 'token' });
  expect(printed).toContain('access token');
});
