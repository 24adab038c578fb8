import { afterEach, beforeEach, describe } from '@jest/globals';
import type { Append, Appended, Clock, EventLog, RecordedFact } from '@ledger/eventlog';
import type { LostAnswer } from '../support/late-log.js';
import { type ScriptedClock, scriptedClock } from '../support/scripted-clock.js';
import { appending } from './contract/appending.js';
import { bytesAndLeaves } from './contract/bytes-and-leaves.js';
import { idempotency } from './contract/idempotency.js';
import { order } from './contract/order.js';
import { reading } from './contract/reading.js';
import { tailing } from './contract/tailing.js';
import { unknownOutcomes } from './contract/unknown-outcomes.js';

export interface Capabilities {
  /** What was recorded is still there when the log is opened again. */
  readonly durable: boolean;
  /** Receipts have no position: order is decided after the answer. */
  readonly latePositions: boolean;
  /** An append can end without telling whether it was recorded. */
  readonly unknownOutcomes: boolean;
}

/** How the suite gets at a log of one kind. Making a harness opens nothing yet. */
export interface Harness {
  readonly capabilities: Capabilities;
  /** An empty log. */
  open(clock: Clock): EventLog;
  /** Closes the log and opens it again. */
  reopen(clock: Clock): Promise<EventLog>;
  /** Closes the log and removes what it left behind. */
  close(): Promise<void>;
  /** The next append ends in `OutcomeUnknown`; only where outcomes can be unknown. */
  loseNextAnswer(outcome: LostAnswer): void;
}

/** What a case works with: a log that is empty when the case begins. */
export interface Contract {
  readonly capabilities: Capabilities;
  readonly log: EventLog;
  readonly clock: ScriptedClock;
  reopen(): Promise<void>;
  loseNextAnswer(outcome: LostAnswer): void;
  /** Appends, and waits until the facts have their place in the order. */
  record(append: Append): Promise<Appended>;
  everything(): Promise<RecordedFact[]>;
}

/** Every promise of the port `EventLog`, to be kept by every adapter. */
export function eventLogContract(name: string, openHarness: () => Harness): void {
  describe(name, () => {
    let harness: Harness;
    let log: EventLog;
    let clock: ScriptedClock;

    beforeEach(() => {
      harness = openHarness();
      clock = scriptedClock('2024-03-15T01:00:00.000Z');
      log = harness.open(clock);
    });
    afterEach(() => harness.close());

    const contract: Contract = {
      capabilities: openHarness().capabilities,
      get log() {
        return log;
      },
      get clock() {
        return clock;
      },
      reopen: async () => {
        log = await harness.reopen(clock);
      },
      loseNextAnswer: (outcome) => harness.loseNextAnswer(outcome),
      record: async (append) => {
        const appended = await log.append(append);
        await log.positionOf(appended.receipt);
        return appended;
      },
      everything: () => log.readAfter(0, 100_000),
    };

    describe('appending', () => appending(contract));
    describe('order', () => order(contract));
    describe('idempotency', () => idempotency(contract));
    describe('reading', () => reading(contract));
    describe('the live tail', () => tailing(contract));
    describe('bytes and leaves', () => bytesAndLeaves(contract));
    if (contract.capabilities.unknownOutcomes) describe('lost answers', () => unknownOutcomes(contract));
  });
}
