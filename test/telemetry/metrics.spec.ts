import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { channel } from 'node:diagnostics_channel';
import { type EventLog, openMemoryLog, WrongRevision } from '@ledger/eventlog';
import {
  type Inside,
  observedLog,
  openTelemetry,
  type Telemetry,
  telemetrySettings,
  type Watched,
} from '@ledger/telemetry';
import { appendOf } from '../support/appends.js';

const none = (error: string): never => {
  throw new Error(error);
};
let telemetry: Telemetry;
let log: EventLog;
let url: string;
const views = { position: 0, generation: 3, failed: false };
let leading: Record<string, boolean>;
let standsBy = false;

beforeEach(async () => {
  const settings = telemetrySettings({ LEDGER_METRICS_PORT: '0' });
  telemetry = await openTelemetry(settings, { service: 'test', env: {}, onError: none });
  leading = { sequencer: true };
  log = observedLog(openMemoryLog(), telemetry.observer);
  const watched: Watched = { log, views: () => (standsBy ? undefined : views), leading: () => leading };
  url = (await telemetry.serve(watched)) ?? '';
});

afterEach(async () => {
  await telemetry.close();
  await log.close();
});

/** The value of a series, by its name and labels in the order in which they are written. */
async function figure(series: string): Promise<number | undefined> {
  const line = (await (await fetch(url)).text()).split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

const told = <C extends keyof Inside>(name: C, message: Inside[C]): void => channel(name).publish(message);

describe('the figures of a process', () => {
  it('count appends by how they ended, and their facts', async () => {
    const append = appendOf({ stream: 'book-1' });
    await log.append(append);
    await log.append(append);
    await expect(log.append(appendOf({ stream: 'book-1' }))).rejects.toThrow(WrongRevision);
    const appends = (outcome: string) => figure(`ledger_append_seconds_count{stream="book",outcome="${outcome}"}`);
    expect([await appends('recorded'), await appends('replayed'), await appends('conflict')]).toEqual([1, 1, 1]);
    expect(await figure('ledger_conflicts_total')).toBe(1);
    expect(await figure('ledger_facts_total{work="append"}')).toBe(append.facts.length);
  });

  it('say how far the views are behind the log, in facts and in seconds', async () => {
    await log.append(appendOf({ stream: 'book-1' }));
    await log.append(appendOf({ stream: 'book-2' }));
    expect(await figure('ledger_lag_facts{of="views"}')).toBe(2);
    expect(await figure('ledger_lag_seconds{of="views"}')).toBeGreaterThanOrEqual(0);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await figure('ledger_lag_seconds{of="views"}')).toBeGreaterThan(0.05);
    views.position = 2;
    expect(await figure('ledger_lag_facts{of="views"}')).toBe(0);
    expect(await figure('ledger_lag_seconds{of="views"}')).toBe(0);
    expect(await figure('ledger_views_generation')).toBe(3);
    views.position = 0;
  });

  it('say nothing of what another process does now', async () => {
    expect(await figure('ledger_views_position')).toBe(0);
    standsBy = true;
    expect(await figure('ledger_views_position')).toBeUndefined();
    expect(await figure('ledger_lag_facts{of="views"}')).toBeUndefined();
    standsBy = false;
  });

  it('say which duties of the cluster are done here', async () => {
    expect(await figure('ledger_leading{role="sequencer"}')).toBe(1);
    leading = { sequencer: false };
    expect(await figure('ledger_leading{role="sequencer"}')).toBe(0);
  });

  it('say what waiting for PostgreSQL costs, and whether it answered', async () => {
    told('ledger.postgres', { connection: 'views', tookMs: 40, available: true });
    expect(await figure('ledger_postgres_wait_seconds_sum{connection="views"}')).toBe(0.04);
    expect(await figure('ledger_postgres_up{connection="views"}')).toBe(1);
    told('ledger.postgres', { connection: 'views', tookMs: 1, available: false });
    expect(await figure('ledger_postgres_up{connection="views"}')).toBe(0);
  });

  it('say how the subscriptions to the log are', async () => {
    told('ledger.subscription', { of: 'order', state: 'reading' });
    expect(await figure('ledger_subscription_reading{of="order"}')).toBe(1);
    told('ledger.subscription', { of: 'order', state: 'retrying' });
    expect(await figure('ledger_subscription_reading{of="order"}')).toBe(0);
    expect(await figure('ledger_subscription_drops_total{of="order"}')).toBe(1);
  });

  it('time the batches of the views by shard', async () => {
    told('ledger.projection', { shard: '0', facts: 700, tookMs: 90 });
    expect(await figure('ledger_projection_seconds_count{shard="0",outcome="recorded"}')).toBe(1);
    expect(await figure('ledger_facts_total{work="projection"}')).toBe(700);
  });

  it('say that the log does not answer instead of waiting for it', async () => {
    await telemetry.close();
    telemetry = await openTelemetry(telemetrySettings({ LEDGER_METRICS_PORT: '0' }), {
      service: 'test',
      env: {},
      onError: none,
    });
    const silent = { ...log, head: () => new Promise<number>(() => undefined) };
    url = (await telemetry.serve({ log: silent, views: () => views })) ?? '';
    expect(await figure('ledger_log_up')).toBe(0);
    expect(await figure('ledger_views_generation')).toBe(3);
  });

  it('are nowhere but at /metrics', async () => {
    expect((await fetch(url.replace('/metrics', '/'))).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  });
});

describe('the settings', () => {
  it('ask for nothing by default, and then nobody is told and nothing is loaded', async () => {
    const settings = telemetrySettings({});
    expect(settings).toEqual({ traces: false });
    const off = await openTelemetry(settings, { service: 'test', env: {}, onError: none });
    expect(off.observer).toBeUndefined();
    expect(await off.serve({ log })).toBeUndefined();
    await off.close();
  });

  it.each([
    [{ LEDGER_METRICS_PORT: 'abc' }, 'LEDGER_METRICS_PORT'],
    [{ LEDGER_METRICS_PORT: '65536' }, 'LEDGER_METRICS_PORT'],
    [{ LEDGER_METRICS_PORT: '1', LEDGER_METRICS_HOST: '0.0.0.0' }, 'LEDGER_METRICS_HOST'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_TRACES_SAMPLER_ARG: '2' }, 'OTEL_TRACES_SAMPLER_ARG'],
  ])('%j is refused with a sentence that names it', (env, name) => {
    expect(() => telemetrySettings(env)).toThrow(name);
  });

  it('let figures leave the machine only in a cluster, whose containers have a network of their own', () => {
    const cluster = { LEDGER_PROFILE: 'cluster', LEDGER_METRICS_PORT: '9464', LEDGER_METRICS_HOST: '0.0.0.0' };
    expect(telemetrySettings(cluster)).toEqual({ traces: false, metrics: { host: '0.0.0.0', port: 9464 } });
  });
});
