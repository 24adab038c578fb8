import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Metrics } from './metrics.js';
import type { Observer } from './observer.js';

/** What the libs tell from deep inside, on channels of Node that cost nothing while nobody listens. */
export interface Inside {
  /** A statement to PostgreSQL for which this process stood still. */
  readonly 'ledger.postgres': { readonly connection: string; readonly tookMs: number; readonly available: boolean };
  /** A batch of facts whose rows are committed. */
  readonly 'ledger.projection': { readonly shard: string; readonly facts: number; readonly tookMs: number };
  /** A subscription to the log that has begun to give events, or was dropped and is opened again. */
  readonly 'ledger.subscription': { readonly of: string; readonly state: 'reading' | 'retrying' };
}

/** Hands it on; call what is returned to listen no more. */
export function tellOfInside(observer: Observer, metrics: Metrics | undefined): () => void {
  const stops = [
    heard('ledger.projection', ({ shard, facts, tookMs }) =>
      observer.begin({ kind: 'projection', name: shard, facts }, tookMs).end({ outcome: 'recorded' }),
    ),
    ...(metrics === undefined ? [] : figuresOf(metrics)),
  ];
  return () => stops.forEach((stop) => stop());
}

function figuresOf(metrics: Metrics): (() => void)[] {
  const waits = metrics.histogram(
    'ledger_postgres_wait_seconds',
    'Time that this process stood still for PostgreSQL.',
    ['connection'],
  );
  const up = metrics.gauge('ledger_postgres_up', 'Whether PostgreSQL answered the last statement: 1 or 0.', [
    'connection',
  ]);
  const reading = metrics.gauge(
    'ledger_subscription_reading',
    'Whether a subscription to the log gives events: 1 or 0.',
    ['of'],
  );
  const dropped = metrics.counter('ledger_subscription_drops_total', 'Subscriptions to the log that were dropped.', [
    'of',
  ]);
  return [
    heard('ledger.postgres', ({ connection, tookMs, available }) => {
      waits.observe({ connection }, tookMs / 1000);
      up.set({ connection }, Number(available));
    }),
    heard('ledger.subscription', ({ of, state }) => {
      reading.set({ of }, Number(state === 'reading'));
      if (state === 'retrying') dropped.inc({ of });
    }),
  ];
}

function heard<C extends keyof Inside>(channel: C, listen: (told: Inside[C]) => void): () => void {
  const listener = (told: unknown): void => listen(told as Inside[C]);
  subscribe(channel, listener);
  return () => void unsubscribe(channel, listener);
}
