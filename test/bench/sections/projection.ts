import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readFact } from '@ledger/domain';
import { openSqliteLogForReading } from '@ledger/eventlog';
import { runProjector, viewsFile } from '@ledger/readmodel';
import { accountBalance, mergedPerRow, type Month, nameOfKey, nothingOwed, postTo, reducerFor } from '@ledger/views';
import type { VillageLog } from '../generator/village-log.js';
import { alternating, progress, thousands } from '../measure.js';
import { inProcess } from '../processes.js';
import { writeRows } from '../raw/rows.js';
import { rowsIn, scanParseFold } from '../raw/scan.js';
import type { Rebuilt } from '../rebuild-process.js';
import type { Report } from '../report.js';

const REBUILD = new URL('../rebuild-process.js', import.meta.url);
const RAW_ROWS_MS = 120_000;

/** Rebuilds the views of a log in a process of its own. */
export async function rebuildViews({ directory }: { readonly directory: string }): Promise<Rebuilt> {
  const rebuilt = await inProcess<Rebuilt>(REBUILD, [directory]);
  progress(`  rebuilt ${thousands(rebuilt.facts)} facts in ${rebuilt.seconds.toFixed(1)} s`);
  return rebuilt;
}

/** The whole log into views, further facts into live views, and one view folded in memory. */
export async function benchProjection(report: Report, village: VillageLog, scratch: string): Promise<void> {
  progress('views: rebuild');
  const file = viewsFile(village.directory);
  const rebuilt = await rebuildViews(village);
  const rows = rowsIn(file);
  const rowsPerSecond = rows / rebuilt.seconds;
  const bareRows = writeRows(file, join(scratch, 'bare-rows.db'), RAW_ROWS_MS);
  const folds = await alternating(2, {
    'one view folded': () => foldOneView(village.directory),
    'bare scan, parse and fold': async () => scanParseFold(join(village.directory, 'log.db')),
  });
  const bareFold = folds['bare scan, parse and fold'];
  const live = await projectLive(village);

  const section = report.section(`Views: ${thousands(rebuilt.facts)} facts into ${thousands(rows)} rows`);
  const factsPerSecond = rebuilt.facts / rebuilt.seconds;
  section.add({
    what: 'rebuild, all views, facts',
    measured: `${thousands(factsPerSecond)}/s`,
    reference: `bare scan, parse and fold: ${thousands(bareFold)}/s`,
    ratio: factsPerSecond / bareFold,
    mark: '≥ 30,000/s',
    reached: factsPerSecond >= 30_000,
  });
  section.add({
    what: 'rebuild, all views, rows',
    measured: `${thousands(rowsPerSecond)}/s`,
    reference: `bare rows written in key order: ${thousands(bareRows)}/s`,
    ratio: rowsPerSecond / bareRows,
    mark: '≥ 100,000/s',
    reached: rowsPerSecond >= 100_000,
  });
  const peak = { mark: '< 512 MB', reached: rebuilt.peakMb < 512 };
  section.add({ what: 'highest memory of a rebuild (VmHWM)', measured: `${rebuilt.peakMb.toFixed(0)} MB`, ...peak });
  const folded = folds['one view folded'];
  section.add({
    what: 'one view (account_balance) folded in memory',
    measured: `${thousands(folded)}/s`,
    reference: `bare scan, parse and fold: ${thousands(bareFold)}/s`,
    ratio: folded / bareFold,
    mark: '≥ 0.6 ×',
    reached: folded / bareFold >= 0.6,
  });
  section.add({
    what: `live, in batches, ${thousands(live.facts)} facts`,
    measured: `${thousands(live.factsPerSecond)}/s`,
  });
  section.add({ what: 'live, rows', measured: `${thousands(live.rowsPerSecond)}/s` });
  section.note(
    `The file of views has ${(statSync(file).size / 2 ** 20).toFixed(0)} MB. A fact of the log has ${thousands(village.medianBytes)} bytes (median).`,
  );
}

/** Reads the log through its port and posts every change of one view to the months of its keys, in memory. */
async function foldOneView(directory: string): Promise<number> {
  const log = openSqliteLogForReading(directory);
  const months = new Map<string, Month[]>();
  const started = performance.now();
  let position = 0;
  for (;;) {
    const page = await log.readAfter(position, 1000);
    const last = page.at(-1);
    if (last === undefined) break;
    for (const recorded of page) {
      const fact = readFact(recorded.fact);
      const changes = reducerFor(accountBalance.on, fact.type)?.(fact, recorded.position, nothingOwed) ?? [];
      for (const change of mergedPerRow(changes)) {
        const key = `${change.book} ${nameOfKey(change.key)}`;
        let ofKey = months.get(key);
        if (ofKey === undefined) months.set(key, (ofKey = []));
        postTo(ofKey, change, accountBalance);
      }
    }
    position = last.position;
  }
  const factsPerSecond = position / ((performance.now() - started) / 1000);
  await log.close();
  return factsPerSecond;
}

/** Records more entries while no projector runs, then lets one catch up in the batches in which it works live. */
async function projectLive(
  village: VillageLog,
): Promise<{ facts: number; factsPerSecond: number; rowsPerSecond: number }> {
  const file = viewsFile(village.directory);
  const rowsBefore = rowsIn(file);
  await village.more(Math.min(100_000, Math.ceil(village.facts / 10)));
  progress('views: live');
  const log = openSqliteLogForReading(village.directory);
  const head = await log.head();
  let from = 0;
  let startedAt = 0;
  await new Promise<void>((resolve, reject) => {
    const projector = runProjector({
      log,
      viewsDirectory: village.directory,
      onError: reject,
      onCheckpoint: (checkpoint) => {
        if (startedAt === 0) {
          startedAt = performance.now();
          from = checkpoint;
        }
        if (checkpoint === head) projector.stop().then(resolve, reject);
      },
    });
  });
  const seconds = (performance.now() - startedAt) / 1000;
  await log.close();
  const facts = head - from;
  return { facts, factsPerSecond: facts / seconds, rowsPerSecond: (rowsIn(file) - rowsBefore) / seconds };
}
