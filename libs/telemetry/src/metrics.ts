import type * as Prometheus from 'prom-client';
import type { Begun, Observer, Work } from './observer.js';

export interface Metrics extends Observer {
  readonly registry: Prometheus.Registry;
  /** Of the library, for figures that are read when they are asked for. */
  readonly gauge: (name: string, help: string, labels?: readonly string[]) => Prometheus.Gauge;
  readonly counter: (name: string, help: string, labels?: readonly string[]) => Prometheus.Counter;
  readonly histogram: (name: string, help: string, labels: readonly string[]) => Prometheus.Histogram;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

const WORK = {
  request: ['ledger_request_seconds', 'operation', 'Time to answer a request, by operation and class of status.'],
  command: ['ledger_command_seconds', 'command', 'Time to handle a command, by type and outcome.'],
  append: ['ledger_append_seconds', 'stream', 'Time until an append is durable, by kind of stream and outcome.'],
  projection: ['ledger_projection_seconds', 'shard', 'Time to add a batch of facts up and commit its rows.'],
} as const satisfies Record<Work['kind'], readonly [name: string, label: string, help: string]>;

/** Figures for Prometheus. Its library is loaded here, by whoever wants them. */
export async function openMetrics(): Promise<Metrics> {
  const { Registry, Histogram, Counter, Gauge, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  // Processor, memory, open files, collection of garbage, and how late the event loop is.
  collectDefaultMetrics({ register: registry });
  const of = (name: string, help: string, labelNames: readonly string[]) => ({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
  });
  const gauge: Metrics['gauge'] = (name, help, labels = []) => new Gauge(of(name, help, labels));
  const counter: Metrics['counter'] = (name, help, labels = []) => new Counter(of(name, help, labels));
  const histogram: Metrics['histogram'] = (name, help, labels) =>
    new Histogram({ ...of(name, help, labels), buckets: SECONDS });

  const took = (kind: Work['kind']) => histogram(WORK[kind][0], WORK[kind][2], [WORK[kind][1], 'outcome']);
  const seconds = {
    request: took('request'),
    command: took('command'),
    append: took('append'),
    projection: took('projection'),
  };
  const refusals = counter('ledger_refusals_total', 'Requests that were refused, by code.', ['code']);
  const conflicts = counter('ledger_conflicts_total', 'Appends whose stream had moved on; they are decided again.');
  const facts = counter('ledger_facts_total', 'Facts that this process has appended or projected.', ['work']);
  return {
    registry,
    gauge,
    counter,
    histogram,
    begin: (work, agoMs = 0): Begun => {
      const since = performance.now() - agoMs;
      return {
        within: (act) => act(),
        end: ({ outcome, code }) => {
          seconds[work.kind].observe({ [WORK[work.kind][1]]: work.name, outcome }, (performance.now() - since) / 1000);
          if (work.kind === 'request' && code !== undefined) refusals.inc({ code });
          if (work.kind === 'append' && outcome === 'conflict') conflicts.inc();
          if (work.facts !== undefined && outcome === 'recorded') facts.inc({ work: work.kind }, work.facts);
        },
      };
    },
  };
}
