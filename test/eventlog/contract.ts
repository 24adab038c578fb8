import { afterEach, beforeEach, describe } from '@jest/globals';
import type { EventLog } from '@ledger/eventlog';
import { type ScriptedClock, scriptedClock } from '../../apps/ledger/src/demo/recording/scripted-clock.js';
import { appending } from './contract/appending.js';
import { bytesAndLeaves } from './contract/bytes-and-leaves.js';
import type { Contract, Harness } from './contract/harness.js';
import { idempotency } from './contract/idempotency.js';
import { order } from './contract/order.js';
import { reading } from './contract/reading.js';
import { tailing } from './contract/tailing.js';
import { unknownOutcomes } from './contract/unknown-outcomes.js';

/** Every promise of the port `EventLog`, to be kept by every adapter. */
export function eventLogContract(name: string, openHarness: () => Harness): void {
  describe(name, () => {
    let harness: Harness;
    let log: EventLog;
    let clock: ScriptedClock;

    beforeEach(async () => {
      harness = openHarness();
      clock = scriptedClock(Date.parse('2024-03-15T01:00:00.000Z'));
      log = await harness.open(clock);
    });
    afterEach(() => harness.close());

    const contract: Contract = {
      capabilities: openHarness().capabilities,
      get log() {
        return log;
      },
      clock: { set: (instant) => clock.set(Date.parse(instant)) },
      reopen: async () => {
        log = await harness.reopen(clock);
      },
      loseNextAnswer: async (outcome) => harness.loseNextAnswer(outcome),
      record: async (append) => {
        const appended = await log.append(append);
        await log.positionOf(appended.receipt);
        return appended;
      },
      everything: () => log.readAfter(0, 100_000),
    };

    describe('appending', () => {
      appending(contract);
    });
    describe('order', () => {
      order(contract);
    });
    describe('idempotency', () => {
      idempotency(contract);
    });
    describe('reading', () => {
      reading(contract);
    });
    describe('the live tail', () => {
      tailing(contract);
    });
    describe('bytes and leaves', () => {
      bytesAndLeaves(contract);
    });
    if (contract.capabilities.unknownOutcomes)
      describe('lost answers', () => {
        unknownOutcomes(contract);
      });
  });
}
