import type { Append, Appended, Clock, EventLog, RecordedFact } from '@ledger/eventlog';
import type { LostAnswer } from '../../support/late-log.js';

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
  open(clock: Clock): EventLog | Promise<EventLog>;
  /** Closes the log and opens it again. */
  reopen(clock: Clock): Promise<EventLog>;
  /** Closes the log and removes what it left behind. */
  close(): Promise<void>;
  /** The next append ends in `OutcomeUnknown`; only where outcomes can be unknown. */
  loseNextAnswer(outcome: LostAnswer): void | Promise<void>;
}

/** What a case works with: a log that is empty when the case begins. */
export interface Contract {
  readonly capabilities: Capabilities;
  readonly log: EventLog;
  /** The clock of the log, set to an instant as ISO 8601 writes it. */
  readonly clock: { set(instant: string): void };
  reopen(): Promise<void>;
  loseNextAnswer(outcome: LostAnswer): Promise<void>;
  /** Appends, and waits until the facts have their place in the order. */
  record(append: Append): Promise<Appended>;
  everything(): Promise<RecordedFact[]>;
}
