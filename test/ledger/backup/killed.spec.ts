import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UNVERIFIED_LOG } from '@ledger/eventlog';
import { killedWhen, operator } from '../../support/operator.js';
import { copiedDemo } from '../../support/recorded-demo.js';
import { spawnLedger } from '../../support/running-ledger.js';
import { pdf } from '../../support/sample-files.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const PAPERS = 60;
const PAPER_BYTES = 1_000_000;

const directory = temporaryDirectory();
const at = (name: string): string => join(directory.path, name);
let data: Awaited<ReturnType<typeof copiedDemo>>;

// Large enough that there is a middle of everything to be killed in.
beforeAll(async () => {
  data = await copiedDemo();
  mkdirSync(join(data.path, 'attachments'), { recursive: true });
  for (let n = 0; n < PAPERS; n++) {
    const { sha256, bytes } = pdf(`paper ${n}`, PAPER_BYTES);
    writeFileSync(join(data.path, 'attachments', `${sha256}.pdf`), bytes);
  }
}, 300_000);
afterAll(() => {
  data.remove();
  directory.remove();
});

const sizeOf = (name: string): number => statSync(at(name), { throwIfNoEntry: false })?.size ?? 0;
const papersIn = (name: string): number => (existsSync(at(name)) ? readdirSync(at(name)).length : 0);
const backingUp = (): string[] => ['backup', '--data', data.path, '--to', at('backup')];
const restoring = (): string[] => ['restore', '--from', at('backup'), '--to', at('restored')];

describe('a backup that is killed', () => {
  it.each([
    ['when its folder was made', () => existsSync(at('backup.part'))],
    ['when the log has begun', () => sizeOf('backup.part/log.db') > 0],
    ['in the middle of the log', () => sizeOf('backup.part/log.db') > 40_000_000],
    ['when the papers have begun', () => papersIn('backup.part/attachments') > 0],
    ['in the middle of the papers', () => papersIn('backup.part/attachments') > PAPERS / 2],
  ])('%s leaves no folder that looks whole, and the next one is made', async (_, reached) => {
    await killedWhen(reached, backingUp());
    expect(readdirSync(directory.path)).toEqual(['backup.part']);
    const asBackup = operator(['verify-backup', '--from', at('backup.part')]);
    expect(asBackup).toEqual({ status: 1, output: expect.stringContaining('无法读取manifest.json') });
    const again = operator(backingUp());
    expect(again).toEqual({ status: 1, output: expect.stringContaining('或曾被中断') });
    rmSync(at('backup.part'), { recursive: true });
  });

  it('is made whole afterwards', () => {
    expect(operator(backingUp())).toMatchObject({ status: 0 });
    expect(operator(['verify-backup', '--from', at('backup')])).toMatchObject({ status: 0 });
  });
});

describe('a restore that is killed', () => {
  it.each([
    ['when its folder was made', () => existsSync(at('restored.part'))],
    ['in the middle of the log', () => sizeOf(`restored.part/${UNVERIFIED_LOG}`) > 40_000_000],
    ['in the middle of the papers', () => papersIn('restored.part/attachments') > PAPERS / 2],
    ['when all is copied and nothing verified', () => papersIn('restored.part/attachments') === PAPERS],
  ])('%s leaves nothing that a ledger starts on', async (_, reached) => {
    await killedWhen(reached, restoring());
    expect(readdirSync(directory.path).toSorted()).toEqual(['backup', 'restored.part']);
    expect(existsSync(at('restored.part/log.db'))).toBe(false);
    // The log comes before the papers; whoever takes the part for a data directory is told.
    if (existsSync(at(`restored.part/${UNVERIFIED_LOG}`))) {
      const env = { LEDGER_DATA: at('restored.part'), LEDGER_DEMO: 'off', PORT: '0', PATH: process.env['PATH'] ?? '' };
      const started = spawnLedger(env);
      await new Promise((resolve) => started.process.once('close', resolve));
      expect(started.output()).toContain('是一次未完成的恢复');
      expect(started.process.exitCode).toBe(1);
    }
    expect(operator(restoring())).toEqual({ status: 1, output: expect.stringContaining('或曾被中断') });
    rmSync(at('restored.part'), { recursive: true });
  });

  it('is made whole afterwards', () => {
    expect(operator(restoring())).toMatchObject({ status: 0 });
  });
});
