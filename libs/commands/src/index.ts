import { householdAggregate } from './household-aggregate.js';
import { indicatorAggregate } from './indicator-aggregate.js';
import { ledgerAggregate } from './ledger-years.js';
import { projectAggregate } from './project-aggregate.js';
import { bookAggregate, divisionAggregate, organizationAggregate } from './register-aggregates.js';

export * from './aggregate.js';
export * from './bookings/booking.js';
export * from './bookings/run-bookings.js';
export * from './command-handling.js';
export { type Attachments, noAttachments } from './evidence.js';
export { FoldedStreams } from './folded-streams.js';
export * from './ledger-origin.js';
export {
  bookAggregate,
  divisionAggregate,
  householdAggregate,
  indicatorAggregate,
  ledgerAggregate,
  organizationAggregate,
  projectAggregate,
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
] as const;
