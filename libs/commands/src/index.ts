import type { Command } from '@ledger/domain';
import type { Aggregate } from './aggregate.js';
import { assetAggregate } from './asset-aggregate.js';
import { householdAggregate } from './household-aggregate.js';
import { indicatorAggregate } from './indicator-aggregate.js';
import { ledgerAggregate } from './ledger-years.js';
import { bookAggregate, divisionAggregate, organizationAggregate } from './register-aggregates.js';

export * from './aggregate.js';
export * from './bookings/asset-bookings.js';
export * from './bookings/booking.js';
export * from './bookings/run-bookings.js';
export * from './command-handling.js';
export { type Attachments, noAttachments } from './evidence.js';
export { FoldedStreams } from './folded-streams.js';
export * from './ledger-origin.js';
export {
  assetAggregate,
  bookAggregate,
  divisionAggregate,
  householdAggregate,
  indicatorAggregate,
  ledgerAggregate,
  organizationAggregate,
};

/** Everything that takes commands. */
export const aggregates = [
  divisionAggregate,
  organizationAggregate,
  bookAggregate,
  ledgerAggregate,
  householdAggregate,
  indicatorAggregate,
  assetAggregate,
] as const;

/** What takes a command. Throws for one that nothing takes, which is an error of the program. */
export function aggregateOf(command: Command): Aggregate {
  const all = aggregates as unknown as readonly Aggregate[];
  const aggregate = all.find(({ commands }) => commands.some((type) => command instanceof type));
  if (aggregate === undefined) throw new Error(`nothing takes a ${command.constructor.name}`);
  return aggregate;
}
