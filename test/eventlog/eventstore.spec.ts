import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { type EventLog, openEventStoreLog } from '@ledger/eventlog';
import { type GivenEventStore, givenEventStore } from '../support/event-store.js';
import { eventLogContract } from './contract.js';
import type { Harness } from './contract/harness.js';

let eventStore: GivenEventStore;

beforeAll(async () => {
  eventStore = await givenEventStore();
});
afterAll(() => eventStore.stop());

eventLogContract('the log in EventStoreDB', (): Harness => {
  let log: EventLog | undefined;
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
    return log;
  };
  return {
    capabilities: { durable: true, latePositions: true, unknownOutcomes: false },
    open,
    reopen: async (clock) => {
      await log?.close();
      return open(clock);
    },
    close: async () => log?.close(),
    loseNextAnswer: () => {
      throw new Error('not yet');
    },
  };
});
