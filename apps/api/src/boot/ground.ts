import type { Alone, BookingsRun, CommandHandling } from '@ledger/commands';
import type { EventLog } from '@ledger/eventlog';
import type { StorePlace } from '@ledger/private-database';
import type { ReadModel } from '@ledger/readmodel';

/** How far the views are, and whether they go on. */
export interface ViewsStanding {
  /** The position that they have reached; -1 before they can be read. */
  readonly checkpoint: number;
  /** Which generation of them is read; 0 before there is one. */
  readonly generation: number;
  /** Why they stand still, while they do. */
  readonly failure: string | undefined;
  /** Waits until they have reached a position; false when the time is over first or they cannot go on. */
  reached(position: number, withinMs: number): Promise<boolean>;
  /** There is something new. */
  wake(): void;
}

export interface OpenViews {
  readonly views: ReadModel;
  readonly projector: ViewsStanding;
  close(): Promise<void>;
}

/** What a process stands on, in one profile or the other: nothing above it tells them apart. */
export interface Ground {
  readonly log: EventLog;
  /** Where drafts, accounts and personal data are kept. */
  readonly stores: StorePlace;
  /** Turns with other processes that record as well, where there are any. */
  readonly alone?: Alone;
  /** Resolves when there are views to read. */
  openViews(): Promise<OpenViews>;
  /** What books by itself, where it is this process that does. */
  startBookings?(handling: CommandHandling, wake: () => void): Promise<BookingsRun>;
  /** The last of all: after whatever stands on it. */
  close(): Promise<void>;
}

const VIEWS_READY_MS = 30 * 60_000;

/** There are views to read once they have said so for the first time; a rebuild can take minutes. */
export async function untilReadable(projector: ViewsStanding): Promise<void> {
  if (!(await projector.reached(0, VIEWS_READY_MS))) throw new Error(projector.failure ?? 'the views did not open');
}
