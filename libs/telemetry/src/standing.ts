import type { EventLog } from '@ledger/eventlog';
import type { Gauge } from 'prom-client';
import type { Metrics } from './metrics.js';

export interface ViewsStanding {
  readonly position: number;
  readonly generation: number;
  readonly failed: boolean;
}

export interface BookingsStanding {
  readonly position: number;
  readonly untold: number;
}

/** What is looked at when figures are asked for; undefined while another process does it. */
export interface Watched {
  readonly log: Pick<EventLog, 'head' | 'readAfter' | 'now'>;
  /** The views that this process reads, or writes. */
  readonly views?: () => ViewsStanding | undefined;
  /** What books by itself. */
  readonly bookings?: () => BookingsStanding | undefined;
  /** Whether this process is the one that does something for all: `sequencer`, `shard-0`, `bookings`. */
  readonly leading?: () => Readonly<Record<string, boolean>>;
}

/** A log that does not answer is told as such, not waited for. */
const WITHIN_MS = 2_000;

/** Makes the gauges, and the function that sets them. */
export function standingOf(metrics: Metrics, watched: Watched): () => Promise<void> {
  const answers = metrics.gauge('ledger_log_up', 'Whether the log has answered this question: 1 or 0.');
  const head = metrics.gauge('ledger_log_head', 'Position of the newest fact.');
  const views = metrics.gauge('ledger_views_position', 'Position that the views have reached.');
  const generation = metrics.gauge('ledger_views_generation', 'Generation of the views in use.');
  const failed = metrics.gauge('ledger_views_failed', 'Whether the views stand still because of an error: 1 or 0.');
  const lagFacts = metrics.gauge('ledger_lag_facts', 'Facts that are recorded and not yet added up or booked.', ['of']);
  const lagSeconds = metrics.gauge('ledger_lag_seconds', 'How long ago the first of those facts was recorded.', ['of']);
  const untold = metrics.gauge('ledger_bookings_untold', 'Bookings that cannot be told; each needs an officer.');
  const leading = metrics.gauge('ledger_leading', 'Whether this process does it for all of the cluster: 1 or 0.', [
    'role',
  ]);

  const lag = async (of: string, newest: number, position: number | undefined): Promise<void> => {
    if (position === undefined) {
      // What another process does now is told there, and an old figure would be a wrong one.
      lagFacts.remove({ of });
      lagSeconds.remove({ of });
      return;
    }
    const facts = Math.max(0, newest - position);
    const [first] = facts === 0 ? [] : await watched.log.readAfter(position, 1);
    lagFacts.set({ of }, facts);
    lagSeconds.set({ of }, first === undefined ? 0 : Math.max(0, watched.log.now() - first.recordedAtMs) / 1000);
  };
  const look = async (): Promise<void> => {
    const newest = await watched.log.head();
    head.set(newest);
    const [seen, booked] = [watched.views?.(), watched.bookings?.()];
    await lag('views', newest, seen?.position);
    await lag('bookings', newest, booked?.position);
  };
  return async () => {
    const [seen, booked] = [watched.views?.(), watched.bookings?.()];
    put(views, seen?.position);
    put(generation, seen?.generation);
    put(failed, seen && Number(seen.failed));
    put(untold, booked?.untold);
    for (const [role, leads] of Object.entries(watched.leading?.() ?? {})) leading.set({ role }, Number(leads));
    answers.set(Number(await answered(look())));
  };
}

function put(gauge: Gauge, value: number | undefined): void {
  if (value === undefined) gauge.remove();
  else gauge.set(value);
}

async function answered(look: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), WITHIN_MS);
  });
  try {
    return await Promise.race([
      look.then(
        () => true,
        () => false,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
