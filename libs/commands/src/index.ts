import type { Command } from '@ledger/domain';
import type { Aggregate, CommandClass } from './aggregate.js';
import { accessAggregate } from './access-aggregate.js';
import { assetAggregate } from './asset-aggregate.js';
import { assetBookings } from './bookings/asset-bookings.js';
import { shareBookings } from './bookings/share-bookings.js';
import { householdAggregate } from './household-aggregate.js';
import { indicatorAggregate } from './indicator-aggregate.js';
import { ledgerAggregate } from './ledger-years.js';
import { projectAggregate } from './project-aggregate.js';
import { bookAggregate, divisionAggregate, organizationAggregate } from './register-aggregates.js';
import { settlementAggregate } from './settlement-aggregate.js';

export * from './aggregate.js';
export * from './bookings/booking.js';
export * from './bookings/run-bookings.js';
export { type BookingDesk, settleBookings } from './bookings/settle.js';
export type { UntoldBooking } from './bookings/untold.js';
export * from './command-handling.js';
export { type Attachments, noAttachments } from './evidence.js';
export { FoldedStreams } from './folded-streams.js';
export { households } from './household-aggregate.js';
export * from './ledger-origin.js';
export { grantsKind } from './register-aggregates.js';
export { type Alone, Turns } from './turns.js';
export {
  accessAggregate,
  assetAggregate,
  bookAggregate,
  divisionAggregate,
  householdAggregate,
  indicatorAggregate,
  ledgerAggregate,
  organizationAggregate,
  projectAggregate,
  settlementAggregate,
};

/** Everything that takes commands. */
export const aggregates = [
  divisionAggregate,
  organizationAggregate,
  bookAggregate,
  ledgerAggregate,
  householdAggregate,
  indicatorAggregate,
  projectAggregate,
  settlementAggregate,
  assetAggregate,
  accessAggregate,
] as const;

const ofCommand = new Map(
  aggregates.flatMap((aggregate) =>
    aggregate.commands.map((command): [CommandClass, Aggregate] => [command, aggregate as unknown as Aggregate]),
  ),
);

/** Who decides a command. */
export function aggregateOf(command: Command): Aggregate {
  const aggregate = ofCommand.get(command.constructor as CommandClass);
  if (aggregate === undefined) throw new RangeError(`${command.constructor.name} is decided by nobody`);
  return aggregate;
}

/** Everything that asks for money in books beside its own stream. */
export const bookingSources = [shareBookings, assetBookings] as const;
