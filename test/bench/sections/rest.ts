import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteLogForReading } from '@ledger/eventlog';
import { LEDGER_NAME, type VillageLog } from '../generator/village-log.js';
import type { Load, LoadResult } from '../load-client.js';
import { median, progress, thousands } from '../measure.js';
import { type ApiProcess, inProcess, memoryMb, startApi, stayingProcess } from '../processes.js';
import type { Effort } from '../options.js';
import type { Report } from '../report.js';

const CONNECTIONS = 64;
const ROUNDS = 3;
const TOKEN = 'bench-token-of-32-visible-chars!';
const API = new URL('../../../apps/api/src/main.js', import.meta.url);
const CLIENT = new URL('../load-client.js', import.meta.url);
const BARE = new URL('../raw/bare-nest.js', import.meta.url);

const CONTENDERS = ['api', 'immediate', 'insert'] as const;
type Contender = (typeof CONTENDERS)[number];

/** Commands through the real api process, beside an empty Nest application, in turn. `bareFile` is a copy of the log's file. */
export async function benchRest(report: Report, village: VillageLog, bareFile: string, effort: Effort): Promise<void> {
  progress('rest: starting the api');
  const startedAt = performance.now();
  const api = await startApi(API, village.directory, LEDGER_NAME, TOKEN);
  const readyAfter = (performance.now() - startedAt) / 1000;
  const bare = await stayingProcess(BARE, [bareFile]);
  try {
    const load = loads(village, api.url, bare.url, effort.restMs);
    const before = await headOf(village.directory);
    const cold = await run(load.api, 'cold', { requests: village.books.length, forMs: 60_000 });
    const runs: LoadResult[] = [cold];
    for (const contender of CONTENDERS) {
      const warm = await run(load[contender], 'warm', { forMs: effort.warmUpMs });
      if (contender === 'api') runs.push(warm);
    }
    const measured: Record<Contender, LoadResult[]> = { api: [], immediate: [], insert: [] };
    let slowestCatchUpMs = 0;
    for (let round = 1; round <= ROUNDS; round++) {
      for (const contender of CONTENDERS) {
        const result = await run(load[contender], String(round), {});
        measured[contender].push(result);
        progress(`  round ${round}/${ROUNDS}: ${contender} ${thousands(result.done / result.seconds)} req/s`);
        if (contender === 'api') slowestCatchUpMs = Math.max(slowestCatchUpMs, await catchUpMs(api));
      }
    }
    runs.push(...measured.api);
    await checkFacts(report, village.directory, before, runs);
    describe(report, { measured, cold, readyAfter, slowestCatchUpMs, before, pid: api.pid, effort });
  } finally {
    await bare.stop();
    await api.stop();
  }
}

function loads({ books, today }: VillageLog, apiUrl: string, bareUrl: string, forMs: number): Record<Contender, Load> {
  const load = { books, token: TOKEN, connections: CONNECTIONS, forMs, keys: 'bench', effectiveOn: today };
  return {
    api: { ...load, url: apiUrl, path: '/api/v1/books/:book/income' },
    immediate: { ...load, url: bareUrl, path: '/api/v1/books/:book/immediate' },
    insert: { ...load, url: bareUrl, path: '/api/v1/books/:book/insert' },
  };
}

async function run(load: Load, round: string, more: Partial<Load>): Promise<LoadResult> {
  return inProcess<LoadResult>(CLIENT, [JSON.stringify({ ...load, ...more, keys: `${load.keys}-${round}` })]);
}

/** From the last answer until the views have all that was recorded. */
async function catchUpMs(api: ApiProcess): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < 60_000) {
    if ((await api.health()).lag === 0) break;
    await sleep(5);
  }
  return performance.now() - started;
}

async function headOf(directory: string): Promise<number> {
  const log = openSqliteLogForReading(directory);
  const head = await log.head();
  await log.close();
  return head;
}

/** Only what stands in the log counts: every 2xx is one new fact, and there is no other. */
async function checkFacts(
  report: Report,
  directory: string,
  before: number,
  runs: readonly LoadResult[],
): Promise<void> {
  const recorded = (await headOf(directory)) - before;
  const answered = runs.reduce((sum, { done }) => sum + done, 0);
  report.check(
    recorded === answered,
    `${answered} commands were answered with 2xx, ${recorded} facts are new in the log`,
  );
  const refused = runs.find(({ firstRefusal }) => firstRefusal !== undefined);
  report.check(refused === undefined, `a command was refused: ${refused?.firstRefusal}`);
}

interface Seen {
  readonly measured: Record<Contender, readonly LoadResult[]>;
  readonly cold: LoadResult;
  readonly readyAfter: number;
  readonly slowestCatchUpMs: number;
  readonly before: number;
  readonly pid: number;
  readonly effort: Effort;
}

function describe(report: Report, { measured, cold, readyAfter, slowestCatchUpMs, before, pid, effort }: Seen): void {
  const section = report.section(
    `REST: POST /api/v1/books/:id/income, ${CONNECTIONS} connections, at the end of ${thousands(before)} facts, projector running`,
  );
  const of = (contender: Contender, read: (result: LoadResult) => number): number =>
    median(measured[contender].map(read));
  const rate = (contender: Contender): number => of(contender, ({ done, seconds }) => done / seconds);
  const ours = rate('api');
  const immediate = rate('immediate');
  const insert = rate('insert');
  section.add({
    what: 'commands recorded',
    measured: `${thousands(ours)}/s`,
    reference: `bare Nest, setImmediate: ${thousands(immediate)}/s`,
    ratio: ours / immediate,
    mark: '≥ 0.5 ×',
    reached: ours / immediate >= 0.5,
  });
  section.add({
    what: 'commands recorded',
    measured: `${thousands(ours)}/s`,
    reference: `bare Nest, one group-committed insert: ${thousands(insert)}/s`,
    ratio: ours / insert,
  });
  const p50 = of('api', ({ p50Ms }) => p50Ms);
  const p99 = of('api', ({ p99Ms }) => p99Ms);
  section.add({
    what: 'p99 against p50',
    measured: `${p99.toFixed(1)} ms`,
    reference: `p50 ${p50.toFixed(1)} ms`,
    ratio: p99 / p50,
    mark: '≤ 3 ×',
    reached: p99 <= 3 * p50,
  });
  for (const contender of ['immediate', 'insert'] as const) {
    const slow = of(contender, ({ p99Ms }) => p99Ms);
    const usual = of(contender, ({ p50Ms }) => p50Ms);
    section.add({
      what: `bare Nest (${contender}), p99 against p50`,
      measured: `${slow.toFixed(1)} ms`,
      reference: `p50 ${usual.toFixed(1)} ms`,
      ratio: slow / usual,
    });
  }
  const lag = { mark: '≤ 1,000 ms', reached: slowestCatchUpMs <= 1000 };
  section.add({ what: 'views current after the last answer', measured: `${slowestCatchUpMs.toFixed(0)} ms`, ...lag });
  const peakMb = memoryMb('VmHWM', pid);
  const memory = { mark: '< 512 MB', reached: peakMb < 512 };
  section.add({ what: 'highest memory of the api (VmHWM)', measured: `${peakMb.toFixed(0)} MB`, ...memory });
  section.note(
    `Of the memory, ${memoryMb('RssAnon', pid).toFixed(0)} MB at the end are its own; the rest is mapped files.`,
  );
  section.note(
    `Cold: the first command of each of ${thousands(cold.done)} books folds two years of it; p50 ${cold.p50Ms.toFixed(0)} ms, p99 ${cold.p99Ms.toFixed(0)} ms, all in ${cold.seconds.toFixed(1)} s. Then ${effort.warmUpMs / 1000} s of warm-up for each; ${ROUNDS} rounds of ${effort.restMs / 1000} s in turn, medians.`,
  );
  section.note(
    `The api was ready ${readyAfter.toFixed(1)} s after its start. Its log level was warn; the load came from another process.`,
  );
}
