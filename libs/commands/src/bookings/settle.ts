import { type Command, readFact, Refusal } from '@ledger/domain';
import type { EventLog, RecordedFact } from '@ledger/eventlog';
import type { Handled } from '../command-handling.js';
import {
  type BookedIn,
  type Booking,
  type BookingSource,
  outcomeCommand,
  outcomeId,
  postingCommand,
} from './booking.js';
import { isPassing } from './untold.js';

/** What is needed to book what facts ask for. */
export interface BookingDesk {
  readonly log: EventLog;
  readonly sources: readonly BookingSource[];
  readonly handle: (command: Command) => Promise<Handled>;
}

const READ = 1000;

/** Answers the bookings that one fact asks for, each with a voucher or a refusal and the outcome on the asking stream. */
export function settling({ log, sources, handle }: BookingDesk): (recorded: RecordedFact) => Promise<void> {
  const source = new Map(sources.flatMap((each) => each.types.map((type) => [type, each] as const)));
  const asks = new RegExp(`"type":"(?:${[...source.keys()].join('|')})"`);
  return async (recorded) => {
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
}

/**
 * Books all that the facts after a position ask for, and gives the position at which nothing is left. For a program that
 * records while nobody else does: what it records next then stands after these bookings, every time.
 */
export async function settleBookings(desk: BookingDesk, after: number): Promise<number> {
  const settle = settling(desk);
  for (let position = after; ;) {
    const facts = await desk.log.readAfter(position, READ);
    for (const recorded of facts) await settle(recorded);
    const last = facts.at(-1);
    if (last === undefined) return position;
    position = last.position;
  }
}

/** Posts a booking and says what its stream is to be told. Throws what has nothing to do with the booking. */
async function post(booking: Booking, handle: () => Promise<Handled>, log: EventLog): Promise<Command> {
  try {
    const { receipt } = await handle();
    return booking.booked(await bookedIn(log, receipt));
  } catch (error) {
    if (error instanceof Refusal && !isPassing(error)) return booking.refused(error);
    throw error;
  }
}

async function bookedIn(log: EventLog, { stream, revision }: Handled['receipt']): Promise<BookedIn> {
  const [recorded] = await log.readStream(stream, revision, 1);
  if (recorded === undefined) throw new RangeError(`${stream} has no revision ${revision}`);
  const { book, period, voucherNo } = readFact(recorded.fact).data as BookedIn;
  return { book, period, voucherNo };
}
