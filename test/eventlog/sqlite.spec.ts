import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Append,
  DirectoryInUse,
  type EventLog,
  type Moment,
  openSqliteLog,
  openSqliteLogForReading,
  type Probe,
  WrongRevision,
} from '@ledger/eventlog';
import { appendOf, rent } from '../support/appends.js';
import { endStarted, started } from '../support/started-processes.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

let directory: ReturnType<typeof temporaryDirectory>;
const opened: Pick<EventLog, 'close'>[] = [];

const open = (probe?: Probe): EventLog => {
  const log = openSqliteLog(directory.path, probe === undefined ? {} : { probe });
  opened.push(log);
  return log;
};
const openForReading = () => {
  const log = openSqliteLogForReading(directory.path);
  opened.push(log);
  return log;
};
const inVillage = (village: string, said: Partial<Append> = {}): Append =>
  appendOf({ stream: `ledger-${village}-2024`, ...said });
const villages = (count: number) => Array.from({ length: count }, (_, i) => `village-${i}`);
const positionsOf = async (log: Pick<EventLog, 'readAfter'>) =>
  (await log.readAfter(0, 100_000)).map(({ position }) => position);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

/** The runs of equal moments, as `[moment, how many]`. */
const runs = (moments: readonly Moment[]): [Moment, number][] => {
  const counted: [Moment, number][] = [];
  for (const moment of moments) {
    const last = counted.at(-1);
    if (last?.[0] === moment) last[1]++;
    else counted.push([moment, 1]);
  }
  return counted;
};
const watched = (): { log: EventLog; moments: Moment[] } => {
  const moments: Moment[] = [];
  return { moments, log: open((moment) => void (moment === 'inside-append' || moments.push(moment))) };
};

const diskFull = () => Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });

const file = () => join(directory.path, 'log.db');

const makeForeign = () => {
  mkdirSync(directory.path, { recursive: true });
  const db = new DatabaseSync(file());
  db.exec('CREATE TABLE entries (id INTEGER); PRAGMA user_version = 2');
  db.close();
  return readFileSync(file());
};

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(async () => {
  await endStarted();
  await Promise.all(opened.splice(0).map((log) => log.close()));
  directory.remove();
});

/** Another process that writes to the same directory; its lines are what it was told is recorded. */
function writingProcess(): { child: ChildProcess; lines: AsyncIterableIterator<string> } {
  const child = started(
    spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        `--import=${new URL('../support/typescript-hooks.mjs', import.meta.url).href}`,
        fileURLToPath(new URL('../support/writing-process.ts', import.meta.url)),
        directory.path,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    ),
  );
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

describe('one writer for a directory', () => {
  it('refuses a second writer with a sentence in both languages', () => {
    open();
    expect(() => open()).toThrow(DirectoryInUse);
    expect(() => open()).toThrow(/数据目录.*正被另一个账本进程使用.*is in use by another ledger process/);
  });

  it('lets the next writer in when the first has closed', async () => {
    const log = open();
    await log.append(inVillage('qianmei'));
    await log.close();
    expect(await open().head()).toBe(1);
  });

  it('does not blame another writer when the lock cannot be opened at all', () => {
    mkdirSync(join(directory.path, 'writer.lock'));
    expect(() => open()).toThrow('unable to open database file');
  });

  it('can be closed twice', async () => {
    const log = open();
    await log.close();
    await log.close();
    await expect(log.append(inVillage('qianmei'))).rejects.toThrow('not open');
  });

  it('refuses a writer while another process writes; when that is killed, nothing acknowledged is lost', async () => {
    const { child, lines } = writingProcess();
    expect((await lines.next()).value).toBe('open');
    expect(() => open()).toThrow(DirectoryInUse);

    const acknowledged: [commandId: string, position: number][] = [];
    for await (const line of lines) {
      const [commandId = '', position] = line.split(' ');
      acknowledged.push([commandId, Number(position)]);
      if (acknowledged.length === 200) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

    const log = open();
    for (const [commandId, position] of acknowledged) {
      expect((await log.receiptOf(commandId))?.receipt.position).toBe(position);
    }
    const head = await log.head();
    expect(await positionsOf(log)).toStrictEqual(upTo(head));
    expect(await log.wholeAt(head)).toBe(head);
    await log.append(inVillage('qianmei'));
    expect(await log.head()).toBe(head + 1);
  });
});

describe('commits in groups', () => {
  it('shares one transaction among appends that arrive together', async () => {
    const { log, moments } = watched();
    await Promise.all(villages(64).map((village) => log.append(inVillage(village))));
    expect(runs(moments)).toStrictEqual([
      ['before-commit', 64],
      ['after-commit', 64],
    ]);
  });

  it('takes at most 256 into one transaction, and answers them before the next', async () => {
    const { log, moments } = watched();
    const answered: number[] = [];
    const appends = villages(300).map(async (village) => {
      await log.append(inVillage(village));
      answered.push(runs(moments).length);
    });
    await Promise.all(appends);
    expect(runs(moments)).toStrictEqual([
      ['before-commit', 256],
      ['after-commit', 256],
      ['before-commit', 44],
      ['after-commit', 44],
    ]);
    expect(answered.filter((groups) => groups === 2)).toHaveLength(256);
  });

  it('does not let a refused append harm its neighbours', async () => {
    const log = open();
    const appends = [
      inVillage('qianmei', { facts: [rent('一月'), rent('二月')] }),
      inVillage('xinwei', { expectedRevision: 5, facts: [rent('一月'), rent('二月')] }),
      inVillage('lizhu'),
      inVillage('qianmei', { expectedRevision: 1 }),
      inVillage('lizhu'),
    ];
    const outcomes = await Promise.allSettled(appends.map((append) => log.append(append)));
    expect(outcomes.map((o) => (o.status === 'fulfilled' ? o.value.receipt.position : o.reason.name))).toStrictEqual([
      2,
      'WrongRevision',
      3,
      4,
      'WrongRevision',
    ]);
    expect(await positionsOf(log)).toStrictEqual([1, 2, 3, 4]);
  });

  it('records what was asked for before the log was closed', async () => {
    const log = open();
    const appends = villages(5).map((village) => log.append(inVillage(village)));
    await log.close();
    expect(await Promise.all(appends)).toHaveLength(5);
    expect(await open().head()).toBe(5);
  });
});

describe('what is acknowledged', () => {
  it('is there for another connection before the answer comes', async () => {
    const log = open();
    const reading = openForReading();
    await Promise.all(
      villages(100).map(async (village) => {
        const append = inVillage(village);
        const { receipt } = await log.append(append);
        expect((await reading.receiptOf(append.by.commandId))?.receipt).toStrictEqual(receipt);
      }),
    );
    expect(await positionsOf(reading)).toStrictEqual(upTo(100));
  });

  it('cannot be seen before the commit, and can be from then on', async () => {
    const seen: [Moment, number][] = [];
    const log = open((moment) => seen.push([moment, count()]));
    const watching = new DatabaseSync(join(directory.path, 'log.db'), { readOnly: true });
    const counting = watching.prepare('SELECT count(*) AS facts FROM facts');
    const count = (): number => Number(counting.get()?.['facts']);
    await Promise.all([
      log.append(inVillage('qianmei', { facts: [rent('一月'), rent('二月')] })),
      log.append(inVillage('lizhu')),
    ]);
    watching.close();
    expect(seen).toStrictEqual([
      ['inside-append', 0],
      ['inside-append', 0],
      ['before-commit', 0],
      ['inside-append', 0],
      ['before-commit', 0],
      ['after-commit', 3],
      ['after-commit', 3],
    ]);
  });
});

describe('a commit that fails', () => {
  it.each<Moment>(['inside-append', 'before-commit'])(
    'leaves nothing of its group when the disk is full %s',
    async (at) => {
      let full = false;
      const log = open((moment, { stream }) => {
        if (full && moment === at && stream === 'ledger-village-3-2024') throw diskFull();
      });
      await log.append(inVillage('qianmei'));
      full = true;
      const group = villages(6).map((village) => inVillage(village, { facts: [rent('一月'), rent('二月')] }));
      for (const outcome of await Promise.allSettled(group.map((append) => log.append(append)))) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'database or disk is full' } });
      }
      expect(await positionsOf(log)).toStrictEqual([1]);
      for (const { by, stream } of group) {
        expect(await log.receiptOf(by.commandId)).toBeUndefined();
        expect(await log.readStream(stream, 0, 10)).toStrictEqual([]);
      }

      full = false;
      await expect(log.append(inVillage('village-1', { expectedRevision: 1 }))).rejects.toThrow(WrongRevision);
      const retried = await Promise.all(group.map((append) => log.append(append)));
      expect(retried.map(({ replayed, receipt }) => [replayed, receipt.position])).toStrictEqual(
        group.map((_, i) => [false, 3 + 2 * i]),
      );
      expect(await positionsOf(log)).toStrictEqual(upTo(13));
      expect(await positionsOf(openForReading())).toStrictEqual(upTo(13));
    },
  );

  it('wakes no reader of the tail, and the next one that succeeds does', async () => {
    let full = true;
    const log = open((moment) => {
      if (full && moment === 'before-commit') throw diskFull();
    });
    const seen: number[] = [];
    log.tail(0).subscribe((batch) => seen.push(...batch.map(({ position }) => position)));
    await expect(log.append(inVillage('qianmei'))).rejects.toThrow('full');
    full = false;
    await log.append(inVillage('lizhu'));
    while (seen.length === 0) await new Promise(setImmediate);
    expect(seen).toStrictEqual([1]);
  });
});

describe('a log of another format', () => {
  it('is refused for writing and reading, and not a byte of it is changed', () => {
    const before = makeForeign();
    expect(() => open()).toThrow('the log has format 2; this program reads format 1');
    expect(() => openForReading()).toThrow('the log has format 2; this program reads format 1');
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  it('does not keep the directory locked after it was refused', () => {
    makeForeign();
    expect(() => open()).toThrow('format 2');
    expect(() => open()).toThrow('format 2');
  });
});

describe('a log opened for reading', () => {
  it('reads next to the writer, and follows it', async () => {
    const log = open();
    const append = inVillage('qianmei', { facts: [rent('一月'), rent('二月')] });
    await log.append(append);
    const reading = openForReading();
    expect(await reading.readAfter(0, 10)).toStrictEqual(await log.readAfter(0, 10));
    expect(await reading.readStream(append.stream, 1, 10)).toStrictEqual(await log.readStream(append.stream, 1, 10));
    expect(await reading.receiptOf(append.by.commandId)).toStrictEqual(await log.receiptOf(append.by.commandId));
    expect(reading.now()).toBeGreaterThanOrEqual((await log.readAfter(1, 1))[0]?.recordedAtMs ?? Infinity);

    const seen: number[] = [];
    reading.tail(0).subscribe((batch) => seen.push(...batch.map(({ position }) => position)));
    await log.append(inVillage('lizhu'));
    while (seen.length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(seen).toStrictEqual([1, 2, 3]);
  });

  it('cannot write: it has no way to append, and changes no byte', async () => {
    const log = open();
    await Promise.all(villages(10).map((village) => log.append(inVillage(village))));
    await log.close();
    const before = readFileSync(file());
    const reading = openForReading();
    expect(Object.keys(reading)).not.toContain('append');
    expect(await reading.readAfter(0, 100)).toHaveLength(10);
    await reading.close();
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  it('refuses a directory without a log, and makes none', () => {
    expect(() => openForReading()).toThrow('unable to open database file');
    expect(() => openForReading()).toThrow('unable to open database file');
  });
});

describe('the tables', () => {
  it('hold one fact a revision of a stream, whatever the code believes', async () => {
    const log = open();
    await log.append(inVillage('qianmei'));
    await log.close();
    const db = new DatabaseSync(join(directory.path, 'log.db'));
    expect(() =>
      db.exec('INSERT INTO facts SELECT 2, recorded_at, stream, revision, remaining, leaf, fact FROM facts'),
    ).toThrow('UNIQUE constraint failed: facts.stream, facts.revision');
    expect(db.prepare('PRAGMA journal_mode').get()?.['journal_mode']).toBe('wal');
    db.close();
  });
});
