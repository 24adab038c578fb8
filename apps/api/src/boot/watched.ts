import type { Watched } from '@ledger/telemetry';
import type { Runtime } from './runtime.js';

/** What of this process is looked at when its figures are asked for. */
export function watched({ log, projector, bookings }: Runtime): Watched {
  return {
    log,
    views: () => ({
      position: projector.checkpoint,
      generation: projector.generation,
      failed: projector.failure !== undefined,
    }),
    ...(bookings && { bookings: () => ({ position: bookings.position, untold: bookings.untold.length }) }),
  };
}
