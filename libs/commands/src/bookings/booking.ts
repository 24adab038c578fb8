import {
  BookPosting,
  type Command,
  commandIdOf,
  type Fact,
  fingerprintOf,
  type Refusal,
  type VoucherRef,
} from '@ledger/domain';

/** What a fact of another stream wants to stand in a book, and what its stream is told of the outcome. */
export interface Booking {
  /**
   * Names the booking for ever: whatever is tried again, and after whatever crash, there is one voucher of a name. A
   * fact that only asks once more for what was refused names the same.
   */
  readonly name: string;
  readonly posting: Omit<BookPosting, 'context'>;
  booked(ref: BookedIn): Command;
  refused(refusal: Refusal): Command;
}

export interface BookedIn extends VoucherRef {
  readonly book: string;
}

/** The bookings that a fact asks for; most facts ask for none. */
export interface BookingSource {
  /** The types of facts that ask for any. */
  readonly types: readonly string[];
  bookingsOf(fact: Fact): readonly Booking[];
}

/** The principal of what the ledger does by itself; no token carries it. */
export const BOOKKEEPER = 'process:bookings';

/** The command that posts a booking: its id derives from the booking's name alone. */
export function postingCommand({ name, posting }: Booking, cause: Fact): BookPosting {
  return asked(Object.assign(new BookPosting(), posting), `booking\n${name}`, cause);
}

/** The command that tells of an outcome: once for each fact that asked. */
export function outcomeCommand(command: Command, booking: Booking, cause: Fact): Command {
  return asked(command, outcomeKey(booking, cause), cause);
}

/** The id of the command that tells of an outcome, whatever the outcome is. */
export function outcomeId(booking: Booking, cause: Fact): string {
  return commandIdOf(BOOKKEEPER, outcomeKey(booking, cause));
}

function outcomeKey({ name }: Booking, cause: Fact): string {
  return `outcome\n${cause.id}\n${name}`;
}

function asked<C extends Command>(command: C, key: string, cause: Fact): C {
  const context = {
    actor: BOOKKEEPER,
    idempotencyKey: key,
    commandId: commandIdOf(BOOKKEEPER, key),
    fingerprint: fingerprintOf(command.constructor.name, key),
    causationId: cause.id,
    correlationId: cause.correlationId,
  };
  return Object.assign(command, { context });
}
