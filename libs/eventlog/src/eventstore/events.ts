/** A place in the transaction file of EventStoreDB: sparse, and growing along it. */
export interface FilePosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** An event as the store holds it; `metadata` is whatever JSON it was written with. */
export interface StoredEvent {
  readonly stream: string;
  readonly id: string;
  readonly revision: number;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: unknown;
  readonly position: FilePosition;
}

/** What stands in a stream: an event, or a link with the event that it points to (undefined when that is gone). */
export interface ReadEvent {
  readonly entry: StoredEvent;
  readonly target: StoredEvent | undefined;
}

export interface NewEvent {
  readonly id?: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata?: object;
}

/** The stream was not at the expected revision; nothing was written. */
export class StreamMoved extends Error {
  override readonly name = 'StreamMoved';
}

/** Nobody can say whether it was written. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}
