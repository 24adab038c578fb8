import { openEventStoreLog, openSqliteLogForReading, type SourceLog, wholeAppends } from '@ledger/eventlog';
import { buildPostgresGeneration, openPostgresProjector, schemaOf } from '@ledger/readmodel';
import type { VillageLog } from '../generator/village-log.js';
import { median, progress, quantile, secondsOf, thousands } from '../measure.js';
import { copyRows } from '../raw/copy.js';
import type { Report } from '../report.js';
import { beginningOf } from './beginning-of.js';
import type { MovedLog } from './cluster-log.js';

const ROUNDS = 2;
const BATCH = 1000;
/** Views that have just been opened look up everything for the first time. */
const WARM_UP = 3;

/** A generation of the views in PostgreSQL, with the history that it was made from. */
export interface BuiltViews {
  readonly generation: number;
  readonly village: VillageLog;
}

/** Rebuilds of a whole log by COPY, beside a bare COPY of the rows that come of it. Returns the newest generation. */
export async function benchClusterRebuild(report: Report, village: VillageLog, url: string): Promise<BuiltViews> {
  progress('cluster: rebuild');
  const log = openSqliteLogForReading(village.directory);
  const [ours, bare]: [number[], number[]] = [[], []];
  let [generation, rows] = [0, 0];
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      const seconds = await secondsOf(async () => ({ generation } = await buildPostgresGeneration(log, url)));
      const copied = await copyRows(url, schemaOf(generation));
      rows = copied.rows;
      ours.push(rows / seconds);
      bare.push(copied.rowsPerSecond);
      progress(
        `  round ${round}/${ROUNDS}: ${thousands(rows / seconds)} rows/s, bare ${thousands(copied.rowsPerSecond)}`,
      );
    }
  } finally {
    await log.close();
  }
  const rowsPerSecond = median(ours);
  const section = report.section(
    `Cluster: ${thousands(village.facts)} facts into ${thousands(rows)} rows of PostgreSQL`,
  );
  section.add({
    what: 'rebuild, all views, rows',
    measured: `${thousands(rowsPerSecond)}/s`,
    reference: `bare COPY of the rows in key order, keys there: ${thousands(median(bare))}/s`,
    ratio: rowsPerSecond / median(bare),
    mark: '≥ 100,000/s',
    reached: rowsPerSecond >= 100_000,
  });
  section.add({ what: 'rebuild, facts', measured: `${thousands((rowsPerSecond * village.facts) / rows)}/s` });
  return { generation, village };
}

/** The views of a whole log, unmeasured. */
export async function builtViews(village: VillageLog, url: string): Promise<BuiltViews> {
  const log = openSqliteLogForReading(village.directory);
  try {
    const { generation } = await buildPostgresGeneration(log, url);
    return { generation, village };
  } finally {
    await log.close();
  }
}

/** Facts from EventStoreDB into all views in PostgreSQL, in the batches of a projector that has fallen behind. */
export async function benchClusterProjector(
  report: Report,
  { url: eventStore, namespace, facts }: MovedLog,
  source: SourceLog,
  url: string,
): Promise<void> {
  progress('cluster: live projection');
  const from = Math.floor(facts / 4);
  const { generation } = await buildPostgresGeneration(beginningOf(source, from), url);
  const log = await openEventStoreLog({ url: eventStore, namespace, sequences: false });
  const batches: number[] = [];
  let read = 0;
  try {
    const projector = await openPostgresProjector(log, url, generation);
    if (typeof projector === 'string') throw new Error(projector);
    for (;;) {
      const started = performance.now();
      const batch = wholeAppends(await log.readAfter(projector.checkpoint, BATCH));
      if (batch.length === 0) break;
      await projector.apply(batch);
      if (batch.length < BATCH / 2) continue;
      batches.push((performance.now() - started) / batch.length);
      read += batch.length;
    }
    const head = await log.head();
    report.check(projector.checkpoint === head, `the projector came to ${projector.checkpoint} of ${head} facts`);
    await projector.close();
  } finally {
    await log.close();
  }
  const steady = batches.slice(WARM_UP);
  const perSecond = (1000 * steady.length) / steady.reduce((sum, ms) => sum + ms, 0);
  report
    .section(
      `Cluster: one shard's projector, ${thousands(read)} facts from EventStoreDB, a transaction for each ${BATCH}`,
    )
    .add({
      what: 'facts into all views',
      measured: `${thousands(perSecond)}/s, a batch ${(BATCH * quantile(steady, 0.5)).toFixed(0)} ms, p99 ${(BATCH * quantile(steady, 0.99)).toFixed(0)} ms`,
      mark: '≥ 5,000/s',
      reached: perSecond >= 5000,
    });
}
