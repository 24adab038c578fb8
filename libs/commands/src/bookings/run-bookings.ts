import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { type Command, readFact, Refusal } from '@ledger/domain';
import type { EventLog, RecordedFact } from '@ledger/eventlog';
import { firstValueFrom, fromEvent, takeUntil } from 'rxjs';
import type { Handled } from '../command-handling.js';
import {
  type BookedIn,
  type Booking,
  type BookingSource,
  outcomeCommand,
  outcomeId,
  postingCommand,
} from './booking.js';

/** How far the process has come: the leaf tells this log from every other. */
export interface BookingsCheckpoint {
  readonly position: number;
  readonly leaf: string;
}

export interface BookingsRun {
  /** Everything up to this position is booked, or listed as refused. */
  readonly position: number;
  /** Resolves when nothing of it is under way. */
  stop(): Promise<void>;
}

const RETRY_MS = 1000;
/** Refusals that say nothing of the booking: somebody wrote first, or an answer got lost. */
const PASSING: ReadonlySet<string> = new Set(['CONCURRENT_CHANGE', 'OUTCOME_UNKNOWN', 'REVISION_STALE']);

/**
 * The process manager for money that crosses streams. It reads the log; each fact that asks for bookings is answered by a
 * voucher in a book's year and an outcome on the asking stream, in two commands whose ids derive from the request. A
 * crash anywhere repeats nothing, because the commands are then recognised, and loses nothing, because the fact is read
 * again. `saved` is only a shortcut past what is done: without it, or with one of another log, all is gone through again.
 * `onError` hears of what stops it for a second, such as a full disk.
 */
export async function runBookings(options: {
  log: EventLog;
  sources: readonly BookingSource[];
  handle: (command: Command) => Promise<Handled>;
  saved: BookingsCheckpoint | undefined;
  save: (checkpoint: BookingsCheckpoint) => void;
  onError: (error: unknown) => void;
}): Promise<BookingsRun> {
  const { log, sources, handle, saved, save, onError } = options;
  const source = new Map(sources.flatMap((each) => each.types.map((type) => [type, each] as const)));
  const asks = new RegExp(`"type":"(?:${[...source.keys()].join('|')})"`);
  let position = saved !== undefined && (await isOf(log, saved)) ? saved.position : 0;
  const stopping = new AbortController();
  const stopped = fromEvent(stopping.signal, 'abort');

  const settle = async (recorded: RecordedFact): Promise<void> => {
    // Nearly every fact asks for nothing; looking for its type in the text is cheaper than parsing it.
    if (!asks.test(recorded.fact)) return;
    const fact = readFact(recorded.fact);
    for (const booking of source.get(fact.type)?.bookingsOf(fact) ?? []) {
      // What was refused is not asked again by reading the log again: the rules may have changed their answer since.
      if ((await log.receiptOf(outcomeId(booking, fact))) !== undefined) continue;
      const outcome = await post(booking, () => handle(postingCommand(booking, fact)), log);
      await handle(outcomeCommand(outcome, booking, fact));
    }
  };
  const follow = async (): Promise<void> => {
    // One batch at a time: what is recorded meanwhile waits in the log, not in memory.
    const batch = await firstValueFrom(log.tail(position).pipe(takeUntil(stopped)), { defaultValue: [] });
    // The log was closed.
    if (batch.length === 0) stopping.abort();
    for (const recorded of batch) {
      if (stopping.signal.aborted) return;
      await settle(recorded);
      position = recorded.position;
    }
    const last = batch.at(-1);
    if (last !== undefined) save({ position: last.position, leaf: last.leaf });
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
  const stop = async (): Promise<void> => {
    stopping.abort();
    await ended;
  };
  return {
    get position() {
      return position;
    },
    stop,
  };
}

async function isOf(log: EventLog, { position, leaf }: BookingsCheckpoint): Promise<boolean> {
  if (position === 0) return true;
  const [reached] = await log.readAfter(position - 1, 1);
  return reached?.leaf === leaf;
}

/** Posts a booking and says what its stream is to be told. Throws what has nothing to do with the booking. */
async function post(booking: Booking, handle: () => Promise<Handled>, log: EventLog): Promise<Command> {
  try {
    const { receipt } = await handle();
    return booking.booked(await bookedIn(log, receipt));
  } catch (error) {
    if (error instanceof Refusal && !PASSING.has(error.code)) return booking.refused(error);
    throw error;
  }
}

async function bookedIn(log: EventLog, { stream, revision }: Handled['receipt']): Promise<BookedIn> {
  const [recorded] = await log.readStream(stream, revision, 1);
  if (recorded === undefined) throw new RangeError(`${stream} has no revision ${revision}`);
  const { book, period, voucherNo } = readFact(recorded.fact).data as BookedIn;
  return { book, period, voucherNo };
}
