import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DirectoryInUse, openSqliteLog } from '@ledger/eventlog';
import { copiedDemo } from '../support/recorded-demo.js';
import { spawnLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

describe('a start that is to make the demo', () => {
  let directory: ReturnType<typeof temporaryDirectory>;

  beforeEach(() => {
    directory = temporaryDirectory();
  });
  afterEach(() => directory.remove());

  const env = () => ({
    PATH: process.env['PATH'] ?? '',
    PORT: '0',
    LEDGER_DATA: directory.path,
    LEDGER_TOKEN: TOKEN,
    LEDGER_DEMO: 'on',
    LEDGER_LOG_LEVEL: 'warn',
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'stops writing when it is ended by %s, and keeps what is recorded',
    async (signal) => {
      const ledger = spawnLedger(env());
      while (!ledger.output().includes('写入演示数据') && ledger.process.exitCode === null) await sleep(50);
      await sleep(1500);
      ledger.process.kill(signal);
      await once(ledger.process, 'exit');
      expect(ledger.process.signalCode ?? ledger.process.exitCode).toBe(signal === 'SIGKILL' ? signal : 0);
      const facts = await factsOnceFree(directory.path);
      expect(facts).toBeGreaterThan(1);
      expect(facts).toBeLessThan(50_000);
    },
  );

  it('on the directory of another process ends with that sentence', async () => {
    const log = openSqliteLog(directory.path);
    const ledger = spawnLedger(env());
    const [code] = (await once(ledger.process, 'close')) as [number | null];
    await log.close();
    expect(code).toBe(1);
    expect(ledger.output()).toContain('is in use by another ledger process');
  });

  it('serves a demo that is there already, at once and as it is', async () => {
    const copy = await copiedDemo();
    const ledger = await startLedger(copy.path, { env: { LEDGER_DEMO: 'on' } });
    expect(ledger.output()).not.toContain('recording the demo');
    const { body } = await ledger.get<{ rows: object[] }>('/divisions');
    expect(body.rows).toHaveLength(231);
    await ledger.stop();
    copy.remove();
  }, 300_000);
});

/** How many facts a log has, once nobody writes to it any more. */
async function factsOnceFree(directory: string): Promise<number> {
  for (let waitedMs = 0; ; waitedMs += 100) {
    try {
      const log = openSqliteLog(directory);
      const head = await log.head();
      await log.close();
      return head;
    } catch (error) {
      if (!(error instanceof DirectoryInUse) || waitedMs > 5000) throw error;
      await sleep(100);
    }
  }
}
