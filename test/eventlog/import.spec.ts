import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fingerprintOf } from '@ledger/domain';
import {
  type EventLog,
  FingerprintMismatch,
  type ImportOptions,
  importLog,
  ImportRefused,
  NO_STREAM,
  openEventStoreLog,
  openMemoryLog,
  type SourceLog,
} from '@ledger/eventlog';
import { appendOf, rent } from '../support/appends.js';
import { type GivenEventStore, givenEventStore } from '../support/event-store.js';

let eventStore: GivenEventStore;
let embedded: EventLog;
let options: ImportOptions;
let opened: EventLog[] = [];

beforeAll(async () => {
  eventStore = await givenEventStore();
});
afterAll(() => eventStore.stop());
beforeEach(async () => {
  embedded = openMemoryLog();
  options = { url: eventStore.url, namespace: `import-${randomUUID().slice(0, 8)}` };
  await grow(0);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close()));
});

/** 120 appends to ten streams, one to four facts each, among them some of nearly the largest size. */
async function grow(round: number): Promise<void> {
  for (let i = 0; i < 120; i++) {
    const stream = `ledger-${i % 10}-2024`;
    const facts = Array.from({ length: (i % 4) + 1 }, (_, part) => rent(`第${round}.${i}.${part}户𠮷\ud800`));
    const expectedRevision = await embedded.revisionOf(stream);
    await embedded.append(
      appendOf({ command: `import ${options.namespace} ${round} ${i}`, stream, facts, expectedRevision }),
    );
  }
}

async function openCluster(): Promise<EventLog> {
  const log = await openEventStoreLog({ ...options, sequences: true, tellEveryMs: 50, takeOverAfterMs: 200 });
  opened.push(log);
  return log;
}

/** The log as it is until somebody pulls the plug. */
function breakingAfter(pages: number): SourceLog {
  let left = pages;
  return {
    head: async () => embedded.head(),
    receiptOf: async (commandId) => embedded.receiptOf(commandId),
    readAfter: async (position) => {
      if (left-- === 0) throw new Error('the plug was pulled');
      return embedded.readAfter(position, 40);
    },
  };
}

describe('a log that is taken over into EventStoreDB', () => {
  it('is there byte for byte, with its positions, instants and leaves, and goes on', async () => {
    const moved: [string, number, number][] = [];
    const head = await importLog(embedded, { ...options, onProgress: (...at) => moved.push(at) });
    expect(head).toBe(await embedded.head());
    expect(moved.at(-1)).toStrictEqual(['verified', head, head]);
    const cluster = await openCluster();
    expect(await cluster.readAfter(0, 1000)).toStrictEqual(await embedded.readAfter(0, 1000));
    expect(await cluster.readStream('ledger-3-2024', 0, 100)).toStrictEqual(
      await embedded.readStream('ledger-3-2024', 0, 100),
    );
    const revision = await cluster.revisionOf('ledger-3-2024');
    const { receipt } = await cluster.append(appendOf({ stream: 'ledger-3-2024', expectedRevision: revision }));
    expect(await cluster.positionOf(receipt)).toBe(head + 1);
  });

  it('answers old keys with their first receipts, and refuses them for other requests', async () => {
    await importLog(embedded, options);
    const cluster = await openCluster();
    const asked = appendOf({ command: `import ${options.namespace} 0 3`, stream: 'ledger-3-2024' });
    const first = await embedded.receiptOf(asked.by.commandId);
    const again = await cluster.append({ ...asked, expectedRevision: NO_STREAM });
    expect(again).toMatchObject({ replayed: true, facts: [] });
    expect({ ...again.receipt, position: await cluster.positionOf(again.receipt) }).toStrictEqual(first?.receipt);
    const other = { ...asked, fingerprint: fingerprintOf('POST /vouchers', { amountFen: 1 }) };
    await expect(cluster.append(other)).rejects.toThrow(FingerprintMismatch);
  });

  it.each([1, 3, 5])('is whole in the end, though it was interrupted %i times', async (times) => {
    for (let i = 0; i < times; i++) {
      await expect(importLog(breakingAfter(2), options)).rejects.toThrow('the plug was pulled');
    }
    await importLog(embedded, options);
    const cluster = await openCluster();
    expect(await cluster.readAfter(0, 1000)).toStrictEqual(await embedded.readAfter(0, 1000));
  });

  it('takes over what has come since', async () => {
    await importLog(embedded, options);
    await grow(1);
    await importLog(embedded, options);
    const cluster = await openCluster();
    expect(await cluster.readAfter(0, 1000)).toStrictEqual(await embedded.readAfter(0, 1000));
  });

  it('is not taken over beside another ledger', async () => {
    await importLog(embedded, options);
    embedded = openMemoryLog();
    await grow(2);
    await expect(importLog(embedded, options)).rejects.toThrow(ImportRefused);
  });

  it('is not taken over when EventStoreDB gives back other bytes than it was given', async () => {
    const [first] = await embedded.readAfter(0, 1);
    const lying: SourceLog = {
      head: async () => embedded.head(),
      receiptOf: async (commandId) => embedded.receiptOf(commandId),
      readAfter: async (position, limit) =>
        (await embedded.readAfter(position, limit)).map((fact) =>
          fact.position === first?.position ? { ...fact, fact: fact.fact.replace('第0.0.0户', '第0.0.9户') } : fact,
        ),
    };
    await expect(importLog(lying, options)).rejects.toThrow('the leaf at position 1 does not fit its bytes');
  });
});
