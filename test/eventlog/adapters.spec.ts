import { afterAll, describe, expect, it } from '@jest/globals';
import { type EventLog, openMemoryLog, openSqliteLog } from '@ledger/eventlog';
import { appendOf, rent } from '../support/appends.js';
import { type LateLog, openLateLog } from '../support/late-log.js';
import { scriptedClock } from '../../apps/ledger/src/demo/recording/scripted-clock.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { eventLogContract } from './contract.js';
import type { Capabilities, Harness } from './contract/harness.js';

const EMBEDDED: Capabilities = { durable: false, latePositions: false, unknownOutcomes: false };
const notLost = (): never => {
  throw new Error('this log loses no answers');
};
const notDurable = async (): Promise<never> => {
  throw new Error('this log forgets when it is closed');
};

eventLogContract('the log in memory', (): Harness => {
  let log: EventLog | undefined;
  return {
    capabilities: EMBEDDED,
    open: (clock) => (log = openMemoryLog(clock)),
    reopen: notDurable,
    close: async () => log?.close(),
    loseNextAnswer: notLost,
  };
});

eventLogContract('the log in SQLite', (): Harness => {
  let directory: ReturnType<typeof temporaryDirectory> | undefined;
  let log: EventLog | undefined;
  return {
    capabilities: { ...EMBEDDED, durable: true },
    open: (clock) => {
      directory = temporaryDirectory();
      return (log = openSqliteLog(directory.path, { clock }));
    },
    reopen: async (clock) => {
      await log?.close();
      return (log = openSqliteLog(directory?.path ?? '', { clock }));
    },
    close: async () => {
      await log?.close();
      directory?.remove();
    },
    loseNextAnswer: notLost,
  };
});

eventLogContract('a log that decides the order later and loses answers', (): Harness => {
  let log: LateLog | undefined;
  return {
    capabilities: { durable: false, latePositions: true, unknownOutcomes: true },
    open: (clock) => (log = openLateLog(clock)),
    reopen: notDurable,
    close: async () => log?.close(),
    loseNextAnswer: (outcome) => log?.loseNextAnswer(outcome),
  };
});

describe('the same appends in memory and in SQLite', () => {
  const directory = temporaryDirectory();
  const clock = scriptedClock(Date.parse('2024-03-15T01:00:00.000Z'));
  const logs = [openMemoryLog(clock), openSqliteLog(directory.path, { clock })] as const;

  afterAll(async () => {
    await Promise.all(logs.map((log) => log.close()));
    directory.remove();
  });

  it('get the same positions, instants and leaves', async () => {
    for (let i = 0; i < 60; i++) {
      // Every seventh minute the machine's clock jumps back.
      clock.set(Date.UTC(2024, 2, 15, 1, i % 7 === 6 ? i - 5 : i, 0, i));
      const facts = Array.from({ length: (i % 4) + 1 }, (_, part) => rent(`${'𠮷\ud800'.repeat(i)}第${part}户`));
      // Every third append goes on from a revision that two of these streams do not have.
      const expectedRevision = i % 3 === 2 ? 0 : -1;
      const append = appendOf({ stream: `ledger-${i % 20}-2024`, facts, expectedRevision });
      const [inMemory, onDisk] = await Promise.allSettled(logs.map((log) => log.append(append)));
      expect(onDisk).toStrictEqual(inMemory);
    }
    const [inMemory, onDisk] = await Promise.all(logs.map((log) => log.readAfter(0, 1000)));
    expect(inMemory?.length).toBeGreaterThan(40);
    expect(onDisk).toStrictEqual(inMemory);
  });
});
