import type { Observable } from 'rxjs';
import type { FactDraft, Provenance } from '@ledger/domain';

/** A fact where the ledger has put it. `fact` is the exact stored text; nobody ever serialises it again. */
export interface RecordedFact {
  /** Dense from 1 over the whole ledger. */
  readonly position: number;
  /** Milliseconds since the epoch, never decreasing along `position`. */
  readonly recordedAtMs: number;
  /** RFC 6962 leaf hash, hex. */
  readonly leaf: string;
  /** How many facts of the same append follow this one. */
  readonly remaining: number;
  readonly fact: string;
}

export const NO_STREAM = -1;

export interface Append {
  readonly stream: string;
  /** The revision that the stream must have, or `NO_STREAM`. There is no "any": every decision rests on a revision. */
  readonly expectedRevision: number;
  /** One to 500 facts, recorded all or not at all. */
  readonly facts: readonly FactDraft[];
  readonly by: Provenance;
  /** What the request asked for; the same command id with another fingerprint is refused. */
  readonly fingerprint: string;
  /**
   * Asked where several processes write, each time before facts are sent; throws where the append is not to be made any
   * more. It is `OutcomeUnknown` then, if they were sent before and nobody answered.
   */
  readonly stillAlone?: () => void;
}

export interface Receipt {
  readonly stream: string;
  /** The revision of the last fact. */
  readonly revision: number;
  /** The position of the last fact; undefined while the order is still being decided elsewhere. */
  readonly position: number | undefined;
  readonly facts: readonly ReceiptFact[];
}

export interface ReceiptFact {
  readonly id: string;
  readonly type: string;
  readonly revision: number;
}

export interface Appended {
  readonly receipt: Receipt;
  /** The exact texts that were recorded, for folding on. Empty for a replay. */
  readonly facts: readonly string[];
  /** True when this command had been recorded before; nothing was written. */
  readonly replayed: boolean;
}

export interface StoredReceipt {
  readonly receipt: Receipt;
  readonly fingerprint: string;
}

/** The stream's revision is not the expected one. Nothing was recorded. */
export class WrongRevision extends Error {
  override readonly name = 'WrongRevision';
  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`${stream} is at revision ${actual}, not ${expected}`);
  }
}

/** The same command id came with another request. Nothing was recorded. */
export class FingerprintMismatch extends Error {
  override readonly name = 'FingerprintMismatch';
}

/** The append may or may not have been recorded; asking for the receipt later, or appending again, finds out. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** The log of facts: one order for the whole ledger, streams with revisions, commands that count once for ever. */
export interface EventLog {
  /**
   * Records facts. Rejects with `WrongRevision`, `FingerprintMismatch`, `Refusal(FACT_TOO_LARGE)` or `OutcomeUnknown`.
   * Resolves only when the facts are durable.
   */
  append(append: Append): Promise<Appended>;
  /** The receipt of a command that was recorded, whenever that was. */
  receiptOf(commandId: string): Promise<StoredReceipt | undefined>;
  /** The position of a receipt, waiting for it where order is decided later. */
  positionOf(receipt: Receipt): Promise<number>;
  /** The revision of a stream's last fact, `NO_STREAM` when it has none. */
  revisionOf(stream: string): Promise<number>;
  /** Facts of a stream from a revision on, in order. */
  readStream(stream: string, fromRevision: number, limit: number): Promise<RecordedFact[]>;
  /** The same as `readStream`, but for the texts alone, whether their place in the order is decided yet or not. */
  readTexts(stream: string, fromRevision: number, limit: number): Promise<string[]>;
  /** Facts after a position, in order; at most `limit`. */
  readAfter(position: number, limit: number): Promise<RecordedFact[]>;
  /** The newest position, 0 for an empty log. */
  head(): Promise<number>;
  /** The last position at or before this one at which an append was whole. */
  wholeAt(position: number): Promise<number>;
  /** The last whole append at or before an instant (ms). */
  positionAt(instantMs: number): Promise<number>;
  /** The log's clock in ms: the machine's, but never before the newest fact, nor before what it has said. */
  now(): number;
  /**
   * Batches of whole appends after a position: first what is there, then what comes, without gaps or repeats. Ends when
   * the log is closed.
   */
  tail(position: number): Observable<readonly RecordedFact[]>;
  close(): Promise<void>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export const MAX_FACTS_IN_APPEND = 500;

/**
 * Of all facts of an append together. EventStoreDB takes 1,048,576 bytes in one append (`MaxAppendSize`), with the types and
 * what stands beside each fact; this leaves room for those of 500 facts. It is the same in every store, so that a ledger
 * can move from one to another.
 */
export const MAX_APPEND_BYTES = 960_000;
