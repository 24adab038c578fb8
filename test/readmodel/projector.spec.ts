import { afterEach, describe, expect, it } from '@jest/globals';
import { CorruptLog } from '@ledger/domain';
import { openSqliteLog, openSqliteLogForReading, type RecordedFact } from '@ledger/eventlog';
import { openProjector, Projector, rebuild, runProjector, viewsFile } from '@ledger/readmodel';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { dump, project } from '../support/projected.js';
import { randomLedger } from './random-ledger.js';
import { fact, lines, VillageLedger } from './village-ledger.js';

const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((cleanup) => cleanup()));

function directory(): string {
  const temporary = temporaryDirectory();
  cleanups.push(() => temporary.remove());
  return temporary.path;
}

describe('the projector', () => {
  it('makes the same rows live, in other batches, after restarts, and in a rebuild', async () => {
    const { log } = await randomLedger(11, 1500);
    const live = directory();
    await project(log, live, 100);
    const restarted = directory();
    for (const batches of [1, 3, 2, 7]) await project(log, restarted, 61, batches);
    await project(log, restarted, 400);
    const rebuilt = directory();
    await rebuild(log, viewsFile(rebuilt));
    expect(dump(restarted)).toEqual(dump(live));
    expect(dump(rebuilt)).toEqual(dump(live));
  });

  it('makes the same rows when it keeps almost nothing in memory', async () => {
    const { log } = await randomLedger(12, 600);
    const live = directory();
    await project(log, live, 50);
    const small = directory();
    const opened = await openProjector(log, small);
    opened.close();
    const { DatabaseSync } = await import('node:sqlite');
    const projector = new Projector(new DatabaseSync(viewsFile(small)), 1);
    for (const batch of Array.from({ length: 70 }, (_, i) => i * 10)) projector.apply(await log.readAfter(batch, 10));
    projector.close();
    expect(dump(small)).toEqual(dump(live));
  });

  it('starts where it stopped, in the middle of the log, and counts nothing twice', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    await ledger.book();
    const path = directory();
    expect(await project(ledger.log, path)).toBe(2);
    await ledger.post('2024-01-10', { lines: lines('102', '50102', 5) });
    expect(await project(ledger.log, path)).toBe(3);
    expect(await project(ledger.log, path)).toBe(3);
    expect(dump(path)['voucher']).toHaveLength(1);
  });

  it('leaves nothing of a batch that it cannot apply', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    await ledger.book();
    await ledger.post('2024-01-10', { lines: lines('102', '50102', 5) });
    const path = directory();
    const projector = await openProjector(ledger.log, path);
    const facts = await ledger.log.readAfter(0, 10);
    const torn = facts.with(2, { ...(facts[2] as RecordedFact), fact: '{"type":"Income' });
    expect(() => projector.apply(torn)).toThrow(CorruptLog);
    expect(projector.checkpoint).toBe(0);
    projector.apply(facts);
    expect(projector.checkpoint).toBe(3);
    projector.close();
    expect(dump(path)['voucher']).toHaveLength(1);
  });

  it('stops at a gap in the positions', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    await ledger.book();
    await ledger.post('2024-01-10', { lines: lines('102', '50102', 5) });
    const projector = await openProjector(ledger.log, directory());
    const [first, , third] = await ledger.log.readAfter(0, 3);
    expect(() => projector.apply([first as RecordedFact, third as RecordedFact])).toThrow(
      'position 2 is missing: found 3',
    );
    projector.close();
  });

  it('stops at a fact of a type or version that it does not know', async () => {
    const known = { book: 'b', account: 'a' };
    for (const strange of [
      fact('MeteorFell', '2024-01-10', known),
      { ...fact('AccountRetired', '2024-01-10', known), version: 9 },
    ]) {
      const ledger = new VillageLedger();
      await ledger.open();
      await ledger.append('book-b', strange);
      await expect(project(ledger.log, directory())).rejects.toThrow(CorruptLog);
      await expect(rebuild(ledger.log, viewsFile(directory()))).rejects.toThrow(CorruptLog);
    }
  });

  it('stops at a sum that cannot be kept exactly', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    await ledger.book();
    await ledger.post('2024-01-10', { lines: lines('102', '50102', Number.MAX_SAFE_INTEGER) });
    await ledger.post('2024-01-11', { lines: lines('102', '50102', 1) });
    await expect(project(ledger.log, directory())).rejects.toThrow('can no longer be kept exactly');
  });

  it('takes only whole appends', async () => {
    const ledger = new VillageLedger();
    await ledger.append(
      'origin-x',
      fact('LedgerOpened', '2024-01-01', { name: 'x', demo: true }),
      fact('LedgerOpened', '2024-01-01', {}),
    );
    const projector = await openProjector(ledger.log, directory());
    expect(() => projector.stage([])).not.toThrow();
    const [half] = await ledger.log.readAfter(0, 1);
    expect(() => projector.apply([half as RecordedFact])).toThrow('a batch ends where an append ends');
    projector.close();
  });
});

async function stale(change: string): Promise<{ reason: string[]; path: string; ledger: VillageLedger }> {
  const ledger = new VillageLedger();
  await ledger.open();
  await ledger.book();
  const path = directory();
  await project(ledger.log, path);
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(viewsFile(path));
  db.exec(change);
  db.close();
  const reason: string[] = [];
  const projector = await openProjector(ledger.log, path, (why) => void reason.push(why));
  projector.close();
  return { reason, path, ledger };
}

describe('views that cannot be continued', () => {
  it('are built anew when a view has another version', async () => {
    const { reason, path } = await stale(
      "UPDATE view_version SET version = 0 WHERE name = 'turnover'; DELETE FROM book",
    );
    expect(reason).toEqual(['view turnover has version 0, this program has 4']);
    expect(dump(path)['book']).toHaveLength(1);
  });

  it('are built anew when they are ahead of the log', async () => {
    const { reason } = await stale('UPDATE generation SET position = 9');
    expect(reason).toEqual(['the views are at position 9, the log only at 2']);
  });

  it('are built anew when the log tells another history, as after a backup was put back', async () => {
    const path = directory();
    const [first, second] = [new VillageLedger(), new VillageLedger()];
    for (const ledger of [first, second]) {
      await ledger.open();
      await ledger.book();
    }
    await first.post('2024-01-10', { lines: lines('102', '50102', 1000) });
    await second.post('2024-01-10', { lines: lines('102', '50102', 3000) });
    await project(first.log, path);
    const reason: string[] = [];
    const projector = await openProjector(second.log, path, (why) => void reason.push(why));
    projector.close();
    expect(reason).toEqual(['the log holds another fact at position 3']);
    expect(dump(path)['entry']).toHaveLength(2);
    expect(JSON.stringify(dump(path)['entry'])).toContain('3000');
  });
});

describe('the running projector', () => {
  it('follows the log, reports what it has reached, and stops', async () => {
    const path = directory();
    const log = openSqliteLog(path);
    const ledger = new VillageLedger(log);
    await ledger.open();
    const reading = openSqliteLogForReading(path);
    const reached: number[] = [];
    const errors: unknown[] = [];
    let heard: (() => void) | undefined;
    const until = async (position: number): Promise<void> => {
      while ((reached.at(-1) ?? -1) < position && errors.length === 0) {
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
    };
    const onCheckpoint = (position: number): void => {
      reached.push(position);
      heard?.();
    };
    const run = runProjector({
      log: reading,
      viewsDirectory: path,
      onCheckpoint,
      onError: (error) => void errors.push(error),
    });
    await until(1);
    await ledger.book();
    run.wake();
    await until(2);
    await run.stop();
    await reading.close();
    await log.close();
    expect({ reached, errors }).toEqual({ reached: [0, 1, 2], errors: [] });
  });

  it('ends with the error when the log cannot be added up', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    await ledger.append('meteor-1', fact('MeteorFell', '2024-01-10', {}));
    const error = await new Promise((resolve) => {
      runProjector({ log: ledger.log, viewsDirectory: directory(), onCheckpoint: () => undefined, onError: resolve });
    });
    expect(error).toBeInstanceOf(CorruptLog);
  });

  it('tries again what is not the fault of the log, and says when it is over', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    const { log } = ledger;
    let failing = true;
    const readAfter: typeof log.readAfter = async (position, limit) => {
      if (failing && position === 0 && limit > 1) throw new Error('the disk is full');
      return log.readAfter(position, limit);
    };
    const heard: string[] = [];
    await new Promise<void>((resolve) => {
      const run = runProjector({
        log: { head: () => log.head(), readAfter },
        viewsDirectory: directory(),
        onCheckpoint: (position) => {
          heard.push(`at ${position}`);
          if (position === 1) void run.stop().then(resolve);
        },
        onError: (error) => {
          heard.push(String(error));
          failing = false;
        },
      });
    });
    expect(heard).toEqual(['at 0', 'Error: the disk is full', 'at 0', 'at 1']);
  });
});
