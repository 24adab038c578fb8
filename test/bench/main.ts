import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordVillageLog } from './generator/village-log.js';
import { progress, thousands } from './measure.js';
import { effortFor, type Options, readOptions, type Section } from './options.js';
import { Report } from './report.js';
import { benchAccess } from './sections/access.js';
import { benchAssets } from './sections/assets.js';
import { benchBalances } from './sections/balances.js';
import { benchCluster } from './sections/cluster.js';
import { benchLog } from './sections/log.js';
import { benchPack } from './sections/pack.js';
import { benchProjection, rebuildViews } from './sections/projection.js';
import { benchReports } from './sections/monthly-income.js';
import { benchRest } from './sections/rest.js';

// Measures this ledger beside bare references in one run: `npm run bench -- --facts 50000 --only log,rest,views,report,assets,access,cluster`. A missed
// mark is reported; only a failed check (a wrong sum, a lost fact) makes the exit code 1.

const WITH_ITS_OWN_LOG: ReadonlySet<Section> = new Set(['assets', 'access', 'cluster']);
const options = readOptions(process.argv.slice(2));
const scratch = mkdtempSync(join(options.directory, 'ledger-bench-'));
const remove = (): void => rmSync(scratch, { recursive: true, force: true });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    remove();
    process.exit(130);
  });
}
try {
  const report = new Report();
  // What was measured before something broke is worth reading too.
  await bench(report, options).catch((error: unknown) =>
    report.check(false, error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  const text = report.text();
  const file = new URL('../../bench.md', import.meta.url);
  writeFileSync(file, text);
  process.stdout.write(text);
  if (report.failed) process.exitCode = 1;
} finally {
  remove();
}

async function bench(report: Report, { facts, only, clusterVouchers }: Options): Promise<void> {
  const effort = effortFor(facts);
  if (only.has('assets')) await benchAssets(report, scratch);
  if (only.has('access')) await benchAccess(report, scratch, effort);
  if (only.has('cluster')) await benchCluster(report, scratch, clusterVouchers);
  if ([...only].every((section) => WITH_ITS_OWN_LOG.has(section))) return;
  progress(`recording a log of ${thousands(facts)} vouchers (--facts)`);
  const village = await recordVillageLog(join(scratch, 'log'), facts);
  // The bare writers go on in a copy, so that their indexes are as large as ours.
  const bareFile = join(scratch, 'bare-log.db');
  copyFileSync(join(village.directory, 'log.db'), bareFile);
  const recorded = report.section('The log');
  const { medianBytes, lateShare } = village;
  const late = `${(100 * lateShare).toFixed(2)} %`;
  recorded.note(
    `--facts ${facts}: ${thousands(facts)} vouchers make ${thousands(village.facts)} facts over 214 books and ten years, ${thousands(medianBytes)} bytes each (median), ${late} of the vouchers late (counted); decided and recorded at ${thousands(village.factsPerSecond)}/s.`,
  );
  // Facts smaller than a village's, or entered in better order, would make every figure below too good.
  report.check(medianBytes >= 600, `a fact has ${medianBytes} bytes (median), not 600 and more`);
  report.check(lateShare >= 0.04 && lateShare <= 0.06, `${late} of the vouchers are late, not 4 to 6 %`);
  if (only.has('views') || only.has('report')) {
    const work = join(scratch, 'work');
    mkdirSync(work);
    if (only.has('views')) await benchProjection(report, village, work);
    else await rebuildViews(village);
    progress('recording a tenth of it');
    const small = await recordVillageLog(join(scratch, 'small'), Math.round(facts / 10));
    await rebuildViews(small);
    if (only.has('views')) await benchBalances(report, [village, small], work, effort);
    if (only.has('report')) {
      await benchReports(report, [village, small]);
      await benchPack(report, village, work);
    }
    rmSync(work, { recursive: true });
    rmSync(small.directory, { recursive: true });
  }
  if (only.has('rest')) {
    // Views that are there already keep the memory of a rebuild out of the api's.
    if (!only.has('views') && !only.has('report')) await rebuildViews(village);
    await benchRest(report, village, bareFile, effort);
  }
  // Last, because it appends to streams of closed years, which no view could add up.
  if (only.has('log')) await benchLog(report, village.directory, bareFile, effort);
}
