import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteLogForReading } from '@ledger/eventlog';
import { givenRealEventStore } from '../../support/event-store.js';
import { givenPostgres } from '../../support/postgres.js';
import { recordVillageLog } from '../generator/village-log.js';
import { progress } from '../measure.js';
import { stayingProcess } from '../processes.js';
import type { Report } from '../report.js';
import { beginningOf } from './beginning-of.js';
import { benchClusterBalances } from './cluster-balances.js';
import { benchClusterLog, moveIntoCluster } from './cluster-log.js';
import { benchClusterProjector, benchClusterRebuild, builtViews } from './cluster-views.js';
import { rebuildViews } from './projection.js';

const SERVER = new URL('../eventstore-process.js', import.meta.url);
/** Facts are moved one after the other, some five hundred a second. */
const MOST_MOVED = 15_000;

/** The cluster profile: the log on EventStoreDB, and the views on PostgreSQL. */
export async function benchCluster(report: Report, scratch: string, vouchers: number): Promise<void> {
  progress('cluster: recording a log');
  const village = await recordVillageLog(join(scratch, 'cluster'), vouchers);
  const log = openSqliteLogForReading(village.directory);
  const eventStore = (await givenRealEventStore()) ?? (await ownServer(join(scratch, 'eventstore')));
  try {
    const beginning = beginningOf(log, await log.wholeAt(Math.min(MOST_MOVED, village.facts)));
    const moved = await moveIntoCluster(report, beginning, eventStore.url, eventStore.kind);
    await benchClusterLog(report, moved);
    const postgres = await givenPostgres();
    try {
      await benchClusterProjector(report, moved, beginning, postgres.url);
      const long = await benchClusterRebuild(report, village, postgres.url);
      const few = await recordVillageLog(join(scratch, 'cluster-short'), Math.round(vouchers / 10));
      const short = await builtViews(few, postgres.url);
      // Each answer is held against that of a file.
      for (const { directory } of [village, few]) await rebuildViews({ directory });
      await benchClusterBalances(report, postgres.url, [long, short]);
      report
        .section('Cluster: what it ran on')
        .note(`EventStoreDB: ${eventStore.kind}. PostgreSQL: ${postgres.ranOn}.`);
    } finally {
      await postgres.stop();
    }
  } finally {
    await eventStore.stop();
    await log.close();
  }
}

/** Our own server, in a process of its own, as a node has one. */
async function ownServer(directory: string): Promise<{ url: string; kind: string; stop(): Promise<void> }> {
  mkdirSync(directory);
  return { ...(await stayingProcess(SERVER, [directory])), kind: 'protocol server in a process of its own' };
}
