import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteLogForReading } from '@ledger/eventlog';
import { type At, everything, openReadModel, type ReadModel } from '@ledger/readmodel';
import { assetKey } from '@ledger/views';
import { type AssetLog, recordAssetLog } from '../generator/asset-log.js';
import { median, progress, quantile, thousands } from '../measure.js';
import { seeded } from '../random.js';
import type { Report } from '../report.js';
import { rebuildViews } from './projection.js';

const COUNTY = { division: '330603000000' };
const PAGE = 100;
const QUESTIONS = 60;
const CHANGES = { small: 1, big: 10 };

/** The asset register of a county, page by page and whole, at random times; with one and with ten changes a card. */
export async function benchAssets(report: Report, scratch: string): Promise<void> {
  progress('assets: recording the cards of a county, twice');
  const big = await asked(join(scratch, 'assets-big'), CHANGES.big, report);
  const small = await asked(join(scratch, 'assets-small'), CHANGES.small, report);
  const section = report.section(
    `The asset register of a county: ${thousands(big.log.cards)} cards, ${thousands(big.log.facts)} facts, and ${thousands(small.log.facts)}`,
  );
  const line = (what: string, of: 'page' | 'whole' | 'totals', limitMs?: number): void => {
    const ms = median(big[of]);
    section.add({
      what,
      measured: `${ms.toFixed(1)} ms (${quantile(big[of], 0.95).toFixed(1)})`,
      reference: `a tenth of the changes: ${median(small[of]).toFixed(1)} ms`,
      ratio: ms / median(small[of]),
      ...(limitMs === undefined ? {} : { mark: `≤ ${limitMs} ms`, reached: ms <= limitMs }),
    });
  };
  line(`a page of ${PAGE}`, 'page', 50);
  line('the whole county', 'whole', 300);
  line('totals by village, class and use', 'totals');
  section.note(`${QUESTIONS} questions at random days and positions; times are median (95th percentile).`);
}

async function asked(directory: string, changes: number, report: Report) {
  mkdirSync(directory);
  const log = await recordAssetLog(directory, changes);
  await rebuildViews(log);
  const model = openReadModel(directory);
  try {
    return { log, ...(await timesOf(model, log, report)) };
  } finally {
    model.close();
    rmSync(directory, { recursive: true });
  }
}

async function timesOf(model: ReadModel, { directory, facts, cards }: AssetLog, report: Report) {
  const random = seeded(11);
  const log = openSqliteLogForReading(directory);
  const times = { page: [] as number[], whole: [] as number[], totals: [] as number[] };
  for (let i = 0; i < QUESTIONS; i++) {
    const asOf = `${2020 + random.below(5)}-${String(1 + random.below(12)).padStart(2, '0')}-28`;
    // Every card is registered then; what changed of it by that day is known or not.
    const knownAt = await log.wholeAt(cards + 1000 + random.below(facts - cards - 1000));
    const at: At = { asOf, knownAt };
    const whole = timed(times.whole, () => model.assets(COUNTY, { limit: 1_000_000 }, at, everything));
    const after = whole[random.below(whole.length - PAGE)];
    const from = after === undefined ? {} : { after: assetKey(after.asset) };
    const page = timed(times.page, () => model.assets(COUNTY, { ...from, limit: PAGE }, at, everything));
    const totals = timed(times.totals, () => model.assetTotals(COUNTY, at, everything));
    report.check(whole.length === cards, `the county has ${whole.length} cards at ${JSON.stringify(at)}, not ${cards}`);
    report.check(page.length === PAGE, `a page has ${page.length} cards`);
    const counted = totals.reduce((sum, { count }) => sum + count, 0);
    report.check(counted === cards, `the totals count ${counted} cards`);
  }
  await log.close();
  return times;
}

function timed<T>(into: number[], work: () => T): T {
  const started = performance.now();
  const result = work();
  into.push(performance.now() - started);
  return result;
}
