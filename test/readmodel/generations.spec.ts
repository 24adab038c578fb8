import { existsSync, readdirSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { CorruptLog } from '@ledger/domain';
import type { EventLog } from '@ledger/eventlog';
import {
  buildGeneration,
  dropGenerationsBefore,
  everything,
  followGenerations,
  openProjector,
  type ReadableLog,
  RebuildUnderWay,
  runProjector,
  viewsFile,
} from '@ledger/readmodel';
import { dump, project } from '../support/projected.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { randomLedger } from './random-ledger.js';
import { fact, lines, VillageLedger } from './village-ledger.js';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function directory(): string {
  const temporary = temporaryDirectory();
  cleanups.push(() => temporary.remove());
  return temporary.path;
}

const viewFiles = (path: string): string[] =>
  readdirSync(path)
    .filter((name) => /^views-\d+\.db(\.building)?$/.test(name))
    .toSorted();

/** The log as it was when it had so many facts. */
function asItWasAt(log: EventLog, head: number): ReadableLog {
  return {
    head: async () => head,
    readAfter: async (position, limit) => log.readAfter(position, Math.max(0, Math.min(limit, head - position))),
  };
}

/** A village with one book and some income, and its views as generation 1. */
async function village(): Promise<{ ledger: VillageLedger; path: string; earn: () => Promise<number> }> {
  const ledger = new VillageLedger();
  await ledger.open();
  await ledger.book();
  const earn = (): Promise<number> => ledger.post('2024-01-10', { lines: lines('102', '50102', 5) });
  await earn();
  const path = directory();
  await project(ledger.log, path);
  return { ledger, path, earn };
}

describe('a rebuild', () => {
  it('makes the next generation with the same rows, and leaves the one that serves as it is', async () => {
    const { log } = await randomLedger(21, 800);
    const path = directory();
    await project(log, path, 70);
    const live = dump(path);
    expect(await buildGeneration(log, path)).toEqual({ generation: 2, position: await log.head() });
    expect(viewsFile(path)).toBe(join(path, 'views-2.db'));
    expect(dump(path)).toEqual(live);
    expect(viewFiles(path)).toEqual(['views-1.db', 'views-2.db']);
  });

  it('removes what a killed one has left, which nobody takes for a generation', async () => {
    const { ledger, path } = await village();
    for (const left of ['views-2.db.building', 'views-2.db.building-wal']) writeFileSync(join(path, left), 'half');
    expect(viewsFile(path)).toBe(join(path, 'views-1.db'));
    expect(await buildGeneration(ledger.log, path)).toMatchObject({ generation: 2 });
    expect(viewFiles(path)).toEqual(['views-1.db', 'views-2.db']);
  });

  it('is refused while another one is at it', async () => {
    const { ledger, path } = await village();
    const first = heldBack(ledger.log);
    const building = buildGeneration(first.log, path);
    await expect(buildGeneration(ledger.log, path)).rejects.toThrow(RebuildUnderWay);
    await expect(buildGeneration(ledger.log, path)).rejects.toThrow('正在重建');
    first.release();
    expect(await building).toMatchObject({ generation: 2 });
    expect(await buildGeneration(ledger.log, path)).toMatchObject({ generation: 3 });
  });

  it('leaves everything as it was when the log cannot be added up', async () => {
    const { ledger, path } = await village();
    await ledger.append('meteor-1', fact('MeteorFell', '2024-01-10', {}));
    await expect(buildGeneration(ledger.log, path)).rejects.toThrow(CorruptLog);
    expect(viewFiles(path)).toEqual(['views-1.db']);
    expect(dump(path)['voucher']).toHaveLength(1);
  });

  it('leaves everything as it was when it cannot write', async () => {
    const { ledger, path } = await village();
    const log: ReadableLog = {
      head: async () => ledger.log.head(),
      readAfter: async (position, limit) => {
        // As a file system in trouble would: the file loses its pages under the hand that writes them.
        truncateSync(join(path, 'views-2.db.building'), 0);
        return ledger.log.readAfter(position, limit);
      },
    };
    await expect(buildGeneration(log, path)).rejects.toMatchObject({ code: 'ERR_SQLITE_ERROR' });
    expect(viewFiles(path)).toEqual(['views-1.db']);
    expect(dump(path)['voucher']).toHaveLength(1);
    expect(await buildGeneration(ledger.log, path)).toMatchObject({ generation: 2 });
  });
});

describe('a projector that starts', () => {
  it('continues the newest complete generation and removes what was left unfinished', async () => {
    const { ledger, path } = await village();
    await buildGeneration(ledger.log, path);
    writeFileSync(join(path, 'views-3.db.building'), 'half');
    const projector = await openProjector(ledger.log, path);
    expect([projector.generation, projector.checkpoint]).toEqual([2, 3]);
    projector.close();
    expect(viewFiles(path).filter((name) => name.includes('building'))).toEqual([]);
  });

  it.each([
    {
      of: 'a newer program',
      spoil: (file: string) => change(file, "UPDATE view_version SET version = 99 WHERE name = 'turnover'"),
    },
    { of: 'another log', spoil: (file: string) => change(file, "UPDATE generation SET leaf = 'of another log'") },
    { of: 'a damaged disk', spoil: (file: string) => writeFileSync(file, 'no database'.repeat(1000)) },
  ])('goes on with the one before when the newest is of $of, and leaves that one as it is', async ({ spoil }) => {
    const { ledger, path } = await village();
    await buildGeneration(ledger.log, path);
    spoil(join(path, 'views-2.db'));
    const bytes = statSync(join(path, 'views-2.db')).size;
    const projector = await openProjector(ledger.log, path);
    expect([projector.generation, projector.checkpoint]).toEqual([1, 3]);
    projector.close();
    expect(statSync(join(path, 'views-2.db')).size).toBe(bytes);
  });

  it('builds the next one when the only one is damaged', async () => {
    const { ledger, path } = await village();
    writeFileSync(viewsFile(path), 'no database'.repeat(1000));
    const reasons: string[] = [];
    const projector = await openProjector(ledger.log, path, (reason) => void reasons.push(reason));
    expect(projector.generation).toBe(2);
    projector.close();
    expect(reasons).toEqual(['the file is damaged: Error: file is not a database']);
  });

  it('waits for a rebuild under way when there is nothing to go on with', async () => {
    const { log } = await randomLedger(22, 50);
    const path = directory();
    const rebuild = heldBack(log);
    const building = buildGeneration(rebuild.log, path);
    const opening = openProjector(log, path);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(viewFiles(path)).toEqual(['views-1.db.building']);
    rebuild.release();
    await building;
    const projector = await opening;
    expect([projector.generation, projector.checkpoint]).toEqual([1, await log.head()]);
    projector.close();
  });
});

describe('a running projector', () => {
  it('goes over to a newer generation, and the files of the one before stay until its readers have left it', async () => {
    const { ledger, path, earn } = await village();
    const running = run(ledger.log, path);
    await running.until(({ position }) => position === 3);
    await buildGeneration(ledger.log, path);
    await running.until(({ generation }) => generation === 2);
    await earn();
    running.wake();
    await running.until(({ position }) => position === 4);
    expect(existsSync(join(path, 'views-1.db'))).toBe(true);
    await running.stop();
    dropGenerationsBefore(path, 2);
    expect(viewFiles(path)).toEqual(['views-2.db']);
    expect(dump(path)['voucher']).toHaveLength(2);
    expect(running.told).toEqual(['3 of 1', '3 of 2', '4 of 2']);
  });

  it('brings it up to the one that serves before it goes over, so that positions never step back', async () => {
    const { log } = await randomLedger(23, 6000);
    const path = directory();
    const running = run(log, path);
    const head = await log.head();
    await running.until(({ position }) => position === head);
    await buildGeneration(asItWasAt(log, 500), path);
    await running.until(({ generation }) => generation === 2);
    await running.stop();
    expect(running.told.at(-1)).toBe(`${head} of 2`);
    const positions = running.told.map((said) => Number(said.split(' ')[0]));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(dump(path)['generation']).toMatchObject([[0, expect.anything(), expect.anything(), head]]);
  });

  it('never steps back either when it takes up an older one again after an error', async () => {
    const { log } = await randomLedger(24, 900);
    const path = directory();
    const head = await log.head();
    let failing = false;
    const unsteady: ReadableLog = {
      head: async () => log.head(),
      readAfter: async (position, limit) => {
        if (failing && position === head) {
          await buildGeneration(asItWasAt(log, 300), path);
          failing = false;
          throw new Error('the disk is full');
        }
        return log.readAfter(position, limit);
      },
    };
    const running = run(unsteady, path);
    await running.until(({ position }) => position === head);
    failing = true;
    await running.until(({ generation }) => generation === 2);
    await running.stop();
    expect(running.errors).toEqual(['Error: the disk is full']);
    expect(running.told).toEqual(['0 of 1', `${head} of 1`, `${head} of 2`]);
  });

  it('lets a generation be that it cannot continue, and goes on with its own', async () => {
    const { ledger, path, earn } = await village();
    const elsewhere = directory();
    await project(ledger.log, elsewhere);
    change(viewsFile(elsewhere), "UPDATE view_version SET version = 99 WHERE name = 'turnover'");
    const warnings = jest.spyOn(process, 'emitWarning').mockReturnValue();
    cleanups.push(() => warnings.mockRestore());
    const running = run(ledger.log, path);
    await running.until(({ position }) => position === 3);
    renameSync(viewsFile(elsewhere), join(path, 'views-2.db'));
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(warnings.mock.calls).toEqual([
      ['generation 2 of the views is left as it is: view turnover has version 99, this program has 4'],
    ]);
    await earn();
    running.wake();
    await running.until(({ position }) => position === 4);
    await running.stop();
    expect(running.told).toEqual(['3 of 1', '4 of 1']);
    expect(running.errors).toEqual([]);
  });
});

describe('readers of the views', () => {
  it('go over between two questions, and stay where they are when the other generation cannot be opened', async () => {
    const { ledger, path } = await village();
    const at = { asOf: '2024-12-31', knownAt: 3 };
    const { views, goTo } = followGenerations(path);
    expect(() => views.checkpoint()).toThrow('no generation of the views has been opened yet');
    goTo(1);
    await buildGeneration(ledger.log, path);
    change(join(path, 'views-2.db'), "UPDATE book SET name = '另一代'");
    const name = (): string | undefined => views.books({ books: 'all' }, at, everything)[0]?.name;
    const before = name();
    expect(before).not.toBe('另一代');
    goTo(2);
    dropGenerationsBefore(path, 2);
    expect(name()).toBe('另一代');
    expect(() => goTo(3)).toThrow('unable to open database file');
    expect(name()).toBe('另一代');
    views.close();
  });
});

function change(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

/** A log whose first page is handed out only when it is released. */
function heldBack(log: ReadableLog): { log: ReadableLog; release: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const readAfter: ReadableLog['readAfter'] = async (position, limit) => {
    await promise;
    return log.readAfter(position, limit);
  };
  return { log: { head: async () => log.head(), readAfter }, release: resolve };
}

/** A projector that runs over a directory, and everything that it says. */
function run(log: ReadableLog, path: string) {
  const told: string[] = [];
  const errors: string[] = [];
  let heard: (() => void) | undefined;
  let last = { position: -1, generation: 0 };
  const projector = runProjector({
    log,
    viewsDirectory: path,
    onCheckpoint: (position, generation) => {
      last = { position, generation };
      told.push(`${position} of ${generation}`);
      heard?.();
    },
    onError: (error) => void errors.push(String(error)),
  });
  cleanups.push(() => projector.stop());
  return {
    told,
    errors,
    wake: () => projector.wake(),
    stop: () => projector.stop(),
    until: async (reached: (said: typeof last) => boolean): Promise<void> => {
      while (!reached(last)) {
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
    },
  };
}
