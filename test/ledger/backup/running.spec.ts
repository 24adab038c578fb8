import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Manifest } from '../../../apps/ledger/src/backup/manifest.js';
import { refuseTooSmall } from '../../../apps/ledger/src/backup/room.js';
import { LedgerWithPapers } from '../../support/backed-up-ledger.js';
import { type Ended, onFullDisk, operating, operator } from '../../support/operator.js';
import { pdf } from '../../support/sample-files.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const directory = temporaryDirectory();
const at = (name: string): string => join(directory.path, name);
let papers: LedgerWithPapers;

beforeAll(async () => {
  papers = await LedgerWithPapers.start(directory.path);
});
afterAll(async () => {
  await papers.ledger.stop();
  directory.remove();
});

const backingUp = (to: string, ...more: string[]): Ended =>
  operator(['backup', '--data', at('data'), '--to', to, ...more]);
const manifestOf = (backup: string): Manifest => JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'));
/** Every database of the ledger but its views: one that the backup does not know of is missed here. */
const databases = (): string[] => readdirSync(at('data')).filter((name) => /^(?!views-).*\.db$/.test(name));
const rightsOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

const leavesNothing = (name: string): void =>
  expect(readdirSync(directory.path).filter((entry) => entry.startsWith(name))).toEqual([]);

function isGood(backup: string): Manifest {
  const { status, output } = operator(['verify-backup', '--from', backup]);
  expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('备份完好') });
  return manifestOf(backup);
}

describe('a backup of a running ledger', () => {
  it('says what it holds, what is kept apart, and what to do next', async () => {
    const { status, output } = backingUp(at('first'));
    expect({ status, output }).toMatchObject({ status: 0 });
    const { head } = (await papers.ledger.get<{ head: number }>('/health/ready')).body;
    expect(output).toContain(`账本ledger.local至第${head}条事实,${databases().length + 6}个文件`);
    expect(output).toContain(`verify-backup --from ${at('first')}`);
    expect(isGood(at('first')).log.position).toBe(head);
  });

  it('is its owner’s alone, and holds no key, no views and nothing of the moment', () => {
    const entries = readdirSync(at('first')).toSorted();
    expect(entries).toEqual(['attachments', ...databases(), 'manifest.json', 'manifest.json.sha256'].toSorted());
    expect([at('first'), join(at('first'), 'attachments')].map(rightsOf)).toEqual(['700', '700']);
    const files = entries.filter((name) => name !== 'attachments').map((name) => join(at('first'), name));
    files.push(...readdirSync(at('first/attachments')).map((name) => at(`first/attachments/${name}`)));
    expect([...new Set(files.map(rightsOf))]).toEqual(['600']);
  });

  it('never has the token or the key of the vault, and names those that are there', () => {
    const secret = 'a-secret-that-is-never-copied';
    for (const name of ['token', 'vault.key']) writeFileSync(at(`data/${name}`), secret, { mode: 0o600 });
    writeFileSync(at('data.destroyed-keys'), `${secret}\n`);
    const { output } = backingUp(at('apart'));
    for (const name of ['data/token', 'data/vault.key', 'data.destroyed-keys']) expect(output).toContain(at(name));
    expect(output).not.toContain(secret);
    for (const name of readdirSync(at('apart'), { recursive: true, encoding: 'utf8' })) {
      if (statSync(at(`apart/${name}`)).isFile())
        expect(readFileSync(at(`apart/${name}`)).includes(secret)).toBe(false);
    }
    for (const name of ['data/token', 'data/vault.key', 'data.destroyed-keys']) rmSync(at(name));
  });

  it('has, however fast people write, every paper that its log names', async () => {
    const load = new AbortController();
    let written = 0;
    let slowestMs = 0;
    const writing = Array.from({ length: 6 }, async (_, client) => {
      for (let n = 0; !load.signal.aborted; n++) {
        const startedMs = performance.now();
        await papers.enter(`busy-${client}-${n}`, pdf(`busy ${client} ${n}`, 20_000));
        slowestMs = Math.max(slowestMs, performance.now() - startedMs);
        written++;
      }
    });
    const positions: number[] = [];
    for (let round = 0; round < 5; round++) {
      const { ended } = operating(['backup', '--data', at('data'), '--to', at(`busy-${round}`)]);
      expect(await ended).toMatchObject({ status: 0 });
    }
    load.abort();
    await Promise.all(writing);
    for (let round = 0; round < 5; round++) {
      const { log, files } = isGood(at(`busy-${round}`));
      positions.push(log.position);
      expect(files.length).toBeGreaterThan(7);
    }
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(new Set(positions).size).toBe(5);
    expect(written).toBeGreaterThan(50);
    process.stdout.write(
      `BACKUP: ${written} papers booked during 5 backups, the slowest took ${slowestMs.toFixed(0)} ms\n`,
    );
  }, 120_000);

  it('goes on beside a rebuild of the views', async () => {
    const rebuild = operating(['rebuild', '--data', at('data')]);
    const backup = operating(['backup', '--data', at('data'), '--to', at('beside')]);
    expect(await backup.ended).toMatchObject({ status: 0 });
    expect(await rebuild.ended).toMatchObject({ status: 0 });
    isGood(at('beside'));
  });

  it('takes papers that an earlier one has as links, and copies what is damaged there', async () => {
    await papers.enter('after-the-first');
    const damaged = at(`first/attachments/${readdirSync(at('first/attachments'))[0]}`);
    writeFileSync(damaged, 'not what it was');
    expect(backingUp(at('linked'), '--previous', at('first'))).toMatchObject({ status: 0 });
    const manifest = isGood(at('linked'));
    const links = manifest.files.map(({ name }) => statSync(at(`linked/${name}`)).nlink);
    // Five of the first six; the sixth was damaged.
    expect(links.filter((count) => count === 2)).toHaveLength(5);
    expect(operator(['verify-backup', '--from', at('first')])).toMatchObject({
      status: 1,
      output: expect.stringContaining('不是完整无误的备份'),
    });
  });
});

describe('a backup that cannot be made', () => {
  it.each([
    { of: 'where one is already', to: () => at('apart'), says: '已存在且不为空' },
    { of: 'inside of what it copies', to: () => at('data/backup'), says: '请写到其外' },
    { of: 'where no disk is mounted', to: () => at('nowhere/backup'), says: '请先挂载' },
  ])('says why: $of', ({ to, says }) => {
    const before = readdirSync(at('data')).toSorted();
    const { status, output } = backingUp(to());
    expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining(says) });
    expect(readdirSync(at('data')).toSorted()).toEqual(before);
  });

  it('says that another one is under way, or was interrupted', () => {
    mkdirSync(at('twice.part'));
    expect(backingUp(at('twice'))).toEqual({ status: 1, output: expect.stringContaining('或曾被中断') });
    rmSync(at('twice.part'), { recursive: true });
    expect(backingUp(at('twice'))).toMatchObject({ status: 0 });
  });

  it('says how much room is needed where there is too little', () => {
    expect(() => refuseTooSmall('/backups', 1_234_500_000, 1_000_000_000)).toThrow('需要1234.5MB,只有1000.0MB');
    expect(() => refuseTooSmall('/backups', 1_000, 1_000)).not.toThrow();
  });

  it('leaves nothing where the disk fills up under the log', () => {
    const { status, output } = onFullDisk(100_000, ['backup', '--data', at('data'), '--to', at('full')]);
    expect({ status, output }).toEqual({
      status: 1,
      output: expect.stringContaining('无法读写,未备份,未留下任何内容'),
    });
    leavesNothing('full');
  });

  it('leaves nothing where the disk fills up under an attachment', async () => {
    const bytes = 8_000_000;
    expect(statSync(at('data/log.db')).size).toBeLessThan(bytes - 1_000_000);
    await papers.store(pdf('large', bytes));
    const { status, output } = onFullDisk(bytes - 1_000_000, ['backup', '--data', at('data'), '--to', at('full')]);
    expect({ status, output }).toEqual({
      status: 1,
      output: expect.stringContaining('无法读写,未备份,未留下任何内容'),
    });
    leavesNothing('full');
    expect(existsSync(at('data/log.db'))).toBe(true);
  });
});
