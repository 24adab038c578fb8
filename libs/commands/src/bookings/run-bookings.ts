import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { EventLog } from '@ledger/eventlog';
import { firstValueFrom, fromEvent, takeUntil } from 'rxjs';
import { type BookingDesk, settling } from './settle.js';
import { Untold, type UntoldBooking } from './untold.js';

/** How far the process has come: the leaf tells this log from every other. */
export interface BookingsCheckpoint {
  readonly position: number;
  readonly leaf: string;
}

/** What the process reads, asks, remembers and complains to. */
export interface BookingsPorts extends BookingDesk {
  readonly saved: BookingsCheckpoint | undefined;
  readonly save: (checkpoint: BookingsCheckpoint) => void;
  readonly onError: (error: unknown) => void;
}

export interface BookingsRun {
  /** Everything up to this position is booked, or listed as refused. */
  readonly position: number;
  /** What holds the position back: tried again as facts are recorded, and a matter for whoever runs the ledger. */
  readonly untold: readonly UntoldBooking[];
  /** Resolves when nothing of it is under way. */
  stop(): Promise<void>;
}

const RETRY_MS = 1000;

/**
 * The process manager for money that crosses streams. It reads the log; each fact that asks for bookings is answered by a
 * voucher in a book's year and an outcome on the asking stream, in two commands whose ids derive from the request. A
 * crash anywhere repeats nothing, because the commands are then recognised, and loses nothing, because the fact is read
 * again. `saved` is only a shortcut past what is done: without it, or with one of another log, all is gone through again.
 * `onError` hears of what stops it for a second, such as a full disk, and once of an outcome that cannot be told: others go
 * on, and the checkpoint stays before it, so that it is tried again after every start.
 */
export async function runBookings(ports: BookingsPorts): Promise<BookingsRun> {
  const { log, saved, save, onError } = ports;
  let position = saved !== undefined && (await isOf(log, saved)) ? saved.position : 0;
  const stopping = new AbortController();
  const stopped = fromEvent(stopping.signal, 'abort');

  const untold = new Untold(settling(ports), onError);
  const follow = async (): Promise<void> => {
    // One batch at a time: what is recorded meanwhile waits in the log, not in memory.
    const batch = await firstValueFrom(log.tail(position).pipe(takeUntil(stopped)), { defaultValue: [] });
    // The log was closed.
    if (batch.length === 0) return stopping.abort();
    await untold.again();
    for (const recorded of batch) {
      if (stopping.signal.aborted) return;
      await untold.settleOrKeep(recorded);
      position = recorded.position;
    }
    const last = batch.at(-1);
    if (last !== undefined && untold.list.length === 0) save({ position: last.position, leaf: last.leaf });
    // A log that answers at once would never let go of the thread on the way through all of it.
    await nextTurn();
  };
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await follow();
      } catch (error) {
        onError(error);
        await sleep(RETRY_MS);
      }
    }
  };
  const ended = loop();
  return {
    get position() {
      return Math.min(position, ...untold.list.map((each) => each.position - 1));
    },
    get untold() {
      return untold.list;
    },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

async function isOf(log: EventLog, { position, leaf }: BookingsCheckpoint): Promise<boolean> {
  if (position === 0) return true;
  const [reached] = await log.readAfter(position - 1, 1);
  return reached?.leaf === leaf;
}
