import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type EventStoreLog,
  NO_STREAM,
  openEventStoreLog,
  OutcomeUnknown,
  type RecordedFact,
  WrongRevision,
} from '@ledger/eventlog';
import { leafOf } from '@ledger/transparency';
import { appendOf, rent } from '../support/appends.js';
import { givenProtocolServer } from '../support/event-store.js';
import type { CallFault, Fault } from '../support/eventstore-server/faults.js';

const STREAM = 'ledger-qianmei-2024';

const eventStore = await givenProtocolServer({ nodes: 2 });
const { url, faults, server } = eventStore;
let namespace: string;
let log: EventStoreLog;

const open = async (persistMs?: number): Promise<EventStoreLog> =>
  openEventStoreLog({
    url,
    namespace,
    sequences: true,
    callMs: 250,
    tellEveryMs: 50,
    takeOverAfterMs: 300,
    orderWithinMs: 5_000,
    ...(persistMs === undefined ? {} : { persistMs }),
  });

afterAll(() => eventStore.stop());
beforeEach(async () => {
  namespace = `faults-${randomUUID().slice(0, 8)}`;
  log = await open();
});
afterEach(async () => {
  faults.clear();
  await log.close();
});

/** Appends of two facts to one stream, one after the other, each ordered before the next. */
async function record(appends: number, from = NO_STREAM): Promise<void> {
  for (let revision = from; revision < from + 2 * appends; revision += 2) {
    const facts = [rent(`第${revision}户`), rent('二')];
    const { receipt, replayed } = await log.append(appendOf({ stream: STREAM, expectedRevision: revision, facts }));
    expect(replayed).toBe(false);
    await log.positionOf(receipt);
  }
}

/** The stream and the order have each fact once, in their places, under the leaves of their bytes. */
async function wholeOrder(): Promise<RecordedFact[]> {
  const ordered = await log.readAfter(0, 1000);
  expect(ordered.map(({ position }) => position)).toStrictEqual(ordered.map((_, i) => i + 1));
  for (const { position, recordedAtMs, leaf, fact } of ordered) expect(leaf).toBe(leafOf(position, recordedAtMs, fact));
  expect(await log.readStream(STREAM, 0, 1000)).toStrictEqual(ordered);
  return ordered;
}

const befalls = (fault: Fault, stream: 'fact/' | 'command-' | 'order' | 'clock'): void =>
  faults.set({ ...fault, streamPrefix: `${namespace}/${stream}` });

const unanswered = ['unavailable', 'deadline-exceeded', 'timed-out', 'no-answer', 'connection-cut'] as const;
const lostAppends = unanswered.flatMap((name): [CallFault, boolean][] =>
  name === 'unavailable'
    ? [[name, false]]
    : [
        [name, false],
        [name, true],
      ],
);

describe.each(['command-', 'fact/'] as const)('an append to %s', (stream) => {
  it.each(lostAppends)('that ends with %s (recorded: %p) is recorded exactly once', async (name, recorded) => {
    befalls({ name, recorded, calls: ['batch-append'], times: 2, after: 1 }, stream);
    await record(4);
    expect(faults.struck(name)).toBeGreaterThan(0);
    expect(await wholeOrder()).toHaveLength(8);
  });

  it('that goes to a node which no longer leads goes to the one that does', async () => {
    await record(1);
    befalls({ name: 'not-leader', calls: ['batch-append'] }, stream);
    await record(2, 1);
    expect(faults.struck('not-leader')).toBeGreaterThan(0);
    expect(await wholeOrder()).toHaveLength(6);
  });
});

describe('an append by one who is alone no longer', () => {
  const over = new Error('the turn is over');

  it('is not sent, and nothing of it is recorded', async () => {
    const append = appendOf({ stream: STREAM, expectedRevision: NO_STREAM });
    const stillAlone = (): never => {
      throw over;
    };
    await expect(log.append({ ...append, stillAlone })).rejects.toBe(over);
    expect(await log.revisionOf(STREAM)).toBe(NO_STREAM);
    const { replayed } = await log.append(append);
    expect(replayed).toBe(false);
  });

  it('is not sent again after a lost answer: its outcome is unknown, and a repetition finds it out', async () => {
    befalls({ name: 'no-answer', recorded: false, calls: ['batch-append'], times: 1 }, 'fact/');
    const append = appendOf({ stream: STREAM, expectedRevision: NO_STREAM });
    let asked = 0;
    const stillAlone = (): void => {
      if (asked++ > 0) throw over;
    };
    await expect(log.append({ ...append, stillAlone })).rejects.toBeInstanceOf(OutcomeUnknown);
    expect([asked, await log.revisionOf(STREAM)]).toEqual([2, NO_STREAM]);
    await expect(log.append(append)).resolves.toMatchObject({ replayed: false });
  });
});

describe('appends that are under way together', () => {
  it.each(['unavailable', 'timed-out', 'connection-cut'] as const)(
    'are each recorded exactly once when %s ends the call that they share',
    async (name) => {
      const recorded = name !== 'unavailable';
      befalls({ name, recorded, calls: ['batch-append'], times: 3, after: 5 }, 'fact/');
      const appends = Array.from({ length: 30 }, (_, i) => appendOf({ stream: `ledger-${i}-2024` }));
      const answers = await Promise.all(appends.map(async (append) => log.append(append)));
      expect(faults.struck(name)).toBeGreaterThan(0);
      expect(answers.filter(({ replayed }) => replayed)).toHaveLength(0);
      const positions = await Promise.all(answers.map(async ({ receipt }) => log.positionOf(receipt)));
      expect(positions.toSorted((a, b) => a - b)).toStrictEqual(positions.map((_, i) => i + 1));
      expect(await log.readAfter(0, 1000)).toHaveLength(30);
    },
  );
});

describe('a stream that is said to be elsewhere though it is not', () => {
  it('is the stream of a command: the claim is made again', async () => {
    befalls({ name: 'wrong-expected-revision', calls: ['batch-append'] }, 'command-');
    await record(2);
    expect(await wholeOrder()).toHaveLength(4);
  });

  it('is the stream of the facts: nothing is recorded, and deciding again is', async () => {
    befalls({ name: 'wrong-expected-revision', calls: ['batch-append'] }, 'fact/');
    const append = appendOf({ stream: STREAM });
    await expect(log.append(append)).rejects.toThrow(WrongRevision);
    expect(await log.revisionOf(STREAM)).toBe(NO_STREAM);
    expect(await log.receiptOf(append.by.commandId)).toBeUndefined();
    const { receipt, replayed } = await log.append(append);
    expect([receipt.revision, replayed]).toStrictEqual([0, false]);
  });

  it('is the order: another epoch goes on with it', async () => {
    await record(1);
    befalls({ name: 'wrong-expected-revision', calls: ['batch-append'], times: 2 }, 'order');
    await record(3, 1);
    expect(await wholeOrder()).toHaveLength(8);
  });
});

describe('whoever decides the order', () => {
  it.each(lostAppends)('goes on after %s (recorded: %p)', async (name, recorded) => {
    await record(1);
    befalls({ name, recorded, calls: ['batch-append'], times: 2 }, 'order');
    await record(4, 1);
    expect(faults.struck(name)).toBeGreaterThan(0);
    expect(await wholeOrder()).toHaveLength(10);
  });

  it('gives an event that is delivered twice one position', async () => {
    faults.set({ name: 'duplicate-delivery', calls: ['subscribe'], times: 20 });
    await record(6);
    expect(faults.struck('duplicate-delivery')).toBeGreaterThan(0);
    expect(await wholeOrder()).toHaveLength(12);
  });

  it('follows on where it was when its subscription is dropped', async () => {
    await record(2);
    faults.set({ name: 'subscription-dropped', times: 3 });
    await record(4, 3);
    expect(faults.struck('subscription-dropped')).toBeGreaterThan(0);
    expect(await wholeOrder()).toHaveLength(12);
  });

  it('is waited for when what it hears comes slowly', async () => {
    faults.set({ name: 'slow-subscription', delayMs: 40, times: Infinity });
    await record(5);
    expect(await wholeOrder()).toHaveLength(10);
  });
});

describe('a read', () => {
  it.each(['unavailable', 'deadline-exceeded', 'no-answer', 'connection-cut', 'read-cut'] as const)(
    'is asked again after %s',
    async (name) => {
      await record(3);
      const struck = faults.struck(name);
      faults.set({ name, calls: ['read'], times: 3 });
      expect(await wholeOrder()).toHaveLength(6);
      expect(faults.struck(name)).toBe(struck + 3);
    },
  );
});

describe('an append without any answer for too long', () => {
  it('ends unknown within its time, and is recorded when it is repeated', async () => {
    await log.close();
    log = await open(600);
    const append = appendOf({ stream: STREAM });
    befalls({ name: 'no-answer', recorded: false, calls: ['batch-append'], times: Infinity }, 'fact/');
    const asked = performance.now();
    await expect(log.append(append)).rejects.toThrow(OutcomeUnknown);
    expect(performance.now() - asked).toBeLessThan(5_000);
    faults.clear();
    expect(await log.append(append)).toMatchObject({ replayed: false, receipt: { revision: 0 } });
    expect(await log.readTexts(STREAM, 0, 10)).toHaveLength(1);
  });

  it('ends unknown too when nobody answers what became of it', async () => {
    await log.close();
    log = await open(1_000);
    const append = appendOf({ stream: STREAM });
    befalls({ name: 'no-answer', recorded: true, calls: ['batch-append'], times: Infinity }, 'fact/');
    befalls({ name: 'unavailable', calls: ['read'], times: Infinity }, 'command-');
    await expect(log.append(append)).rejects.toThrow(OutcomeUnknown);
    faults.clear();
    expect(await log.append(append)).toMatchObject({ replayed: true, receipt: { revision: 0 } });
  });

  it('is answered all the same when it was recorded', async () => {
    befalls({ name: 'no-answer', recorded: true, calls: ['batch-append'], times: Infinity }, 'fact/');
    expect(await log.append(appendOf({ stream: STREAM }))).toMatchObject({ replayed: false, receipt: { revision: 0 } });
    expect(await log.readTexts(STREAM, 0, 10)).toHaveLength(1);
  });
});

describe('a cluster whose leader changes again and again', () => {
  it('loses and repeats nothing', async () => {
    let leader = 0;
    const elections = setInterval(() => server.elect((leader = 1 - leader)), 400);
    try {
      await record(20);
    } finally {
      clearInterval(elections);
    }
    expect(await wholeOrder()).toHaveLength(40);
  });
});
