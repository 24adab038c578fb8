import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { fingerprintOf, readFact, uuidV8 } from '@ledger/domain';
import { type Append, type EventLog, importLog, NO_STREAM, openEventStoreLog, type SourceLog } from '@ledger/eventlog';
import { leafOf } from '@ledger/transparency';
import { alternating, progress, quantile, thousands } from '../measure.js';
import { stayingProcess } from '../processes.js';
import { BareClient } from '../raw/events.js';
import type { Report } from '../report.js';

const SEQUENCER = new URL('../sequencer-process.js', import.meta.url);
const ROUNDS = 3;
const APPENDS = 200;
/** Who waits between two appends leaves the order of the first one decided. */
const PAUSES_MS = [0, 10];
const PAGE = 1000;

/** Where the facts of a ledger are in EventStoreDB. */
export interface MovedLog {
  readonly url: string;
  readonly namespace: string;
  readonly facts: number;
}

/** Takes facts over into EventStoreDB; each leaf is computed anew from what it gives back. */
export async function moveIntoCluster(report: Report, source: SourceLog, url: string, kind: string): Promise<MovedLog> {
  progress('cluster: moving facts into EventStoreDB');
  const namespace = `bench-${randomUUID().slice(0, 8)}`;
  let verifyingSince = 0;
  const started = performance.now();
  const facts = await importLog(source, {
    url,
    namespace,
    onProgress: (what) => {
      if (what === 'verified' && verifyingSince === 0) verifyingSince = performance.now();
    },
  });
  const ended = performance.now();
  const section = report.section(`Cluster: ${thousands(facts)} facts moved into EventStoreDB (${kind})`);
  section.add({
    what: 'moved, one append after the other',
    measured: `${thousands(facts / ((verifyingSince - started) / 1000))}/s`,
  });
  section.add({
    what: 'compared, each leaf computed anew',
    measured: `${thousands(facts / ((ended - verifyingSince) / 1000))}/s`,
  });
  return { url, namespace, facts };
}

/** Reading the order of all facts, and what an append takes while another process decides that order. */
export async function benchClusterLog(report: Report, { url, namespace, facts }: MovedLog): Promise<void> {
  const log = await openEventStoreLog({ url, namespace, sequences: false });
  const bare = new BareClient(url, `${namespace}-bare`);
  try {
    await reading(report, log, bare, facts);
    const sequencer = await stayingProcess(SEQUENCER, [url, namespace]);
    try {
      await appends(report, log, bare);
    } finally {
      await sequencer.stop();
    }
  } finally {
    await bare.close();
    await log.close();
  }
}

async function reading(report: Report, log: EventLog, bare: BareClient, facts: number): Promise<void> {
  progress('cluster: reading the order');
  const measured = await alternating(ROUNDS, {
    'facts in their order': async () => {
      const started = performance.now();
      let read = 0;
      for (let page = await log.readAfter(0, PAGE); page.length > 0; page = await log.readAfter(read, PAGE))
        read += page.length;
      report.check(read === facts, `${read} of ${facts} facts were read from EventStoreDB`);
      return read / ((performance.now() - started) / 1000);
    },
    'bare client, so many events': () => bare.readAll(facts),
  });
  let wrong = 0;
  for (let position = 0; position < facts;) {
    const page = await log.readAfter(position, PAGE);
    for (const { position: at, recordedAtMs, leaf, fact } of page)
      if (at !== ++position || leafOf(at, recordedAtMs, fact) !== leaf) wrong++;
    if (page.length === 0) break;
  }
  report.check(wrong === 0, `${wrong} facts from EventStoreDB have another place or leaf than their bytes`);
  const read = measured['facts in their order'];
  const events = measured['bare client, so many events'];
  report.section('Cluster: reading').add({
    what: 'facts in their order, with place and leaf',
    measured: `${thousands(read)}/s`,
    reference: `bare client, so many events of $all: ${thousands(events)}/s`,
    ratio: read / events,
    mark: '≥ 15,000/s',
    reached: read >= 15_000,
  });
}

async function appends(report: Report, log: EventLog, bare: BareClient): Promise<void> {
  progress('cluster: appends');
  const texts = (await log.readAfter(0, 5 * PAGE)).filter(({ fact }) => fact.includes('"type":"IncomeRecorded"'));
  const drafts = texts.slice(0, APPENDS).map(({ fact }) => readFact(fact));
  const stream = `ledger-${randomUUID()}-2024`;
  const placed = new Map<number, number[]>();
  const timed = async (
    into: Map<number, number[]>,
    pauseMs: number,
    work: (n: number) => Promise<unknown>,
  ): Promise<void> => {
    const times = into.get(pauseMs) ?? [];
    into.set(pauseMs, times);
    for (let n = 0; n < APPENDS; n++) {
      const started = performance.now();
      await work(n);
      times.push(performance.now() - started);
      if (pauseMs > 0) await pause(pauseMs);
    }
  };
  let revision = NO_STREAM;
  const next = (n: number): Append => {
    const { type, version, division, effectiveOn, data } = drafts[n % drafts.length] as Append['facts'][number];
    return {
      stream,
      expectedRevision: revision++,
      facts: [{ type, version, division, effectiveOn, data }],
      by: { actor: 'operator', commandId: uuidV8(`${stream} ${revision}`) },
      fingerprint: fingerprintOf('bench', revision),
    };
  };
  const alone = new Map<number, number[]>();
  const ours = new Map<number, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const pauseMs of PAUSES_MS) {
      await timed(alone, pauseMs, (n) => bare.append(texts[n % texts.length]?.fact ?? ''));
      await timed(ours, pauseMs, (n) => log.append(next(n)));
    }
    await timed(placed, 0, async (n) => log.positionOf((await log.append(next(n))).receipt));
  }
  const section = report.section('Cluster: one client appends, another process decides the order');
  for (const pauseMs of PAUSES_MS) {
    const [mine, theirs] = [ours.get(pauseMs) ?? [], alone.get(pauseMs) ?? []];
    const more = quantile(mine, 0.5) - quantile(theirs, 0.5);
    section.add({
      what: `durable append, ${pauseMs === 0 ? 'one after the other' : `with ${pauseMs} ms between them`}, p50`,
      measured: said(mine),
      reference: `bare client: ${said(theirs)}`,
      ratio: quantile(mine, 0.5) / quantile(theirs, 0.5),
      mark: '≤ 1 ms more',
      reached: more <= 1,
    });
  }
  const positions = placed.get(0) ?? [];
  section.add({
    what: 'until its position is decided, one after the other, p50',
    measured: said(positions),
    mark: '≤ 15 ms',
    reached: quantile(positions, 0.5) <= 15,
  });
  section.note(
    'An append of ours is two durable answers, the claim and the facts, and the order is a third, for another process.',
  );
  const recorded = await log.revisionOf(stream);
  report.check(recorded === revision, `${stream} is at revision ${recorded}, not ${revision}, in the cluster`);
}

const said = (ms: readonly number[]): string =>
  `${quantile(ms, 0.5).toFixed(2)} ms, p99 ${quantile(ms, 0.99).toFixed(1)} ms`;
