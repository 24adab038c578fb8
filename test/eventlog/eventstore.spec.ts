import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import {
  type Append,
  type EventLog,
  NO_STREAM,
  openEventStoreLog,
  openSqliteLog,
  type RecordedFact,
  wholeAppends,
} from '@ledger/eventlog';
import { scriptedClock } from '../../apps/ledger/src/demo/recording/scripted-clock.js';
import { appendOf, rent } from '../support/appends.js';
import { givenEventStore } from '../support/event-store.js';
import type { LostAnswer } from '../support/late-log.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { eventLogContract } from './contract.js';
import type { Harness } from './contract/harness.js';

const eventStore = await givenEventStore();
afterAll(() => eventStore.stop());

/** A real node cannot be told to lose an answer. */
const { faults } = eventStore;

eventLogContract('the log in EventStoreDB', (): Harness => {
  let log: EventLog | undefined;
  const lost: LostAnswer[] = [];
  const namespace = `contract-${randomUUID().slice(0, 8)}`;
  const open: Harness['open'] = async (clock) => {
    log = await openEventStoreLog({
      url: eventStore.url,
      namespace,
      clock,
      sequences: true,
      persistMs: 0,
      tellEveryMs: 20,
      takeOverAfterMs: 100,
      onError: (error) => console.error(error),
    });
    return { ...log, append: losing(log) };
  };
  /** What has been recorded already makes its claim in vain and is not appended again: then that answer is lost. */
  const losing = (of: EventLog) => async (append: Append) => {
    const outcome = lost.shift();
    if (outcome !== undefined) {
      const known = await of.receiptOf(append.by.commandId);
      faults?.set({
        name: 'deadline-exceeded',
        calls: ['batch-append'],
        streamPrefix: `${namespace}/${known === undefined ? 'fact/' : 'command-'}`,
        recorded: outcome === 'recorded',
      });
    }
    return of.append(append);
  };
  return {
    capabilities: { durable: true, latePositions: true, unknownOutcomes: faults !== undefined },
    open,
    reopen: async (clock) => {
      await log?.close();
      return open(clock);
    },
    close: async () => log?.close(),
    loseNextAnswer: (outcome) => void lost.push(outcome),
  };
});

describe('the same appends in EventStoreDB and in SQLite', () => {
  it('get the same bytes, positions, instants and leaves', async () => {
    const directory = temporaryDirectory();
    const clock = scriptedClock(Date.parse('2024-03-15T01:00:00.000Z'));
    const cluster = await openEventStoreLog({
      url: eventStore.url,
      namespace: `leaves-${randomUUID().slice(0, 8)}`,
      clock,
      sequences: true,
    });
    const embedded = openSqliteLog(directory.path, { clock });
    try {
      for (let i = 0; i < 60; i++) {
        clock.set(Date.UTC(2024, 2, 15, 1, i, 0, i));
        const facts = Array.from({ length: (i % 4) + 1 }, (_, part) => rent(`${'𠮷\ud800'.repeat(i)}第${part}户`));
        // Every third append goes on from a revision that two of these streams do not have.
        const expectedRevision = i % 3 === 2 ? 0 : NO_STREAM;
        const append = appendOf({ stream: `ledger-${i % 20}-2024`, facts, expectedRevision });
        const [inCluster, onDisk] = await Promise.allSettled([cluster.append(append), embedded.append(append)]);
        if (inCluster.status === 'rejected' || onDisk.status === 'rejected') {
          expect(inCluster).toStrictEqual(onDisk);
          continue;
        }
        const position = await cluster.positionOf(inCluster.value.receipt);
        expect({ ...inCluster.value, receipt: { ...inCluster.value.receipt, position } }).toStrictEqual(onDisk.value);
      }
      const recorded = await cluster.readAfter(0, 1000);
      expect(recorded.length).toBeGreaterThan(40);
      expect(recorded).toStrictEqual(await embedded.readAfter(0, 1000));
    } finally {
      await Promise.all([cluster.close(), embedded.close()]);
      directory.remove();
    }
  });
});

describe('facts that are read page by page', () => {
  it('are all there once, wherever pages end, and however the log grows meanwhile', async () => {
    const namespace = `pages-${randomUUID().slice(0, 8)}`;
    const open = () => openEventStoreLog({ url: eventStore.url, namespace, sequences: true, takeOverAfterMs: 100 });
    let log = await open();
    const record = async (appends: number): Promise<void> => {
      await Promise.all(
        Array.from({ length: appends }, async (_, i) => {
          const facts = Array.from({ length: (i % 3) + 1 }, (__, part) => rent(`第${part}户`));
          const append = appendOf({ stream: `ledger-${randomUUID()}-2024`, facts });
          await log.positionOf((await log.append(append)).receipt);
        }),
      );
    };
    await record(120);
    // Another epoch: a mark stands between the facts.
    await log.close();
    log = await open();
    await record(90);
    try {
      const byAppend = await readInPages(log, 100, wholeAppends, () => record(60));
      const byFact = await readInPages(
        log,
        100,
        (facts) => facts,
        () => record(60),
      );
      const inOne = await log.readAfter(0, 1000);
      expect(inOne.map(({ position }) => position)).toStrictEqual(inOne.map((_, i) => i + 1));
      expect(byFact).toStrictEqual(inOne);
      expect(byAppend).toStrictEqual(inOne.slice(0, byAppend.length));
      expect(byAppend.length).toBeGreaterThan(500);
    } finally {
      await log.close();
    }
  });
});

/** Reads to the end, which `grow` moves on when it is first reached. */
async function readInPages(
  log: EventLog,
  limit: number,
  cut: (facts: readonly RecordedFact[]) => readonly RecordedFact[],
  grow: () => Promise<void>,
): Promise<RecordedFact[]> {
  const facts: RecordedFact[] = [];
  for (let grown = false; ;) {
    const page = cut(await log.readAfter(facts.at(-1)?.position ?? 0, limit));
    facts.push(...page);
    if (page.length > 0) continue;
    if (grown) return facts;
    grown = true;
    await grow();
  }
}
