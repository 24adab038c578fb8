import { isDeepStrictEqual } from 'node:util';
import { firstDay, lastDay, nextPeriod, type Period, periodOf } from '@ledger/domain';
import { type At, everything, openPostgresReadModel, openReadModel, schemaOf } from '@ledger/readmodel';
import { median, progress, quantile, thousands } from '../measure.js';
import { PostgresSeek } from '../raw/postgres-seek.js';
import { seeded } from '../random.js';
import type { Report } from '../report.js';
import type { BuiltViews } from './cluster-views.js';

const COUNTY = { division: '330603000000' };
const QUESTIONS = 120;
const WARM_UP = 10;
const KINDS = ['a month end', 'a day', 'a late asOf'] as const;
type Kind = (typeof KINDS)[number];

interface Times {
  readonly county: Record<Kind, number[]>;
  readonly seek: number[];
}

/**
 * Balances of the county at random times on PostgreSQL, in a long history and in a short one, each answer against that of a
 * file.
 */
export async function benchClusterBalances(
  report: Report,
  url: string,
  [long, short]: readonly [long: BuiltViews, short: BuiltViews],
): Promise<void> {
  progress('cluster: balances');
  const asked = [new Asked(report, url, long), new Asked(report, url, short)] as const;
  // In turn, so that what else the machine does meets both sizes.
  for (const each of asked) await each.open();
  for (let nth = 0; nth < WARM_UP + QUESTIONS; nth++) for (const each of asked) await each.ask(nth, nth >= WARM_UP);
  for (const each of asked) await each.close();
  const [ofLong, ofShort] = asked;
  const section = report.section(
    `Cluster: balances at random times on PostgreSQL, ${thousands(long.village.facts)} facts of history and ${thousands(short.village.facts)}`,
  );
  const seek = median(ofLong.times.seek);
  for (const kind of KINDS) {
    const times = ofLong.times.county[kind];
    const ratio = median(times) / seek;
    section.add({
      what: `county at ${kind}`,
      measured: `${median(times).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(0)} ms`,
      reference: `bare lateral seek: ${seek.toFixed(1)} ms`,
      ratio,
      mark: '≤ 3 ×',
      reached: ratio <= 3,
    });
  }
  const grown = median(KINDS.map((kind) => median(ofLong.times.county[kind]) / median(ofShort.times.county[kind])));
  section.add({
    what: 'the long history beside the short one',
    measured: `${grown.toFixed(2)} ×`,
    reference: `bare lateral seek: ${(seek / median(ofShort.times.seek)).toFixed(2)} ×`,
  });
}

class Asked {
  readonly times: Times = { county: { 'a month end': [], 'a day': [], 'a late asOf': [] }, seek: [] };
  readonly #inPostgres;
  readonly #inFile;
  readonly #bare;
  readonly #random = seeded(42);
  readonly #periods: Period[] = [];

  constructor(
    private readonly report: Report,
    url: string,
    private readonly views: BuiltViews,
  ) {
    this.#inPostgres = openPostgresReadModel(url, views.generation);
    this.#inFile = openReadModel(views.village.directory);
    this.#bare = new PostgresSeek(url, schemaOf(views.generation));
    const { firstPeriod, today } = views.village;
    for (let p = firstPeriod; p <= periodOf(today); p = nextPeriod(p)) this.#periods.push(p);
  }

  async open(): Promise<void> {
    await this.#bare.open();
  }

  async ask(nth: number, counts: boolean): Promise<void> {
    const kind = KINDS[nth % KINDS.length] as Kind;
    const at = this.#times(kind);
    const started = performance.now();
    const answer = this.#inPostgres.balancesOfDivision(COUNTY, at, everything);
    const answered = performance.now();
    await this.#bare.seek(at.knownAt);
    const sought = performance.now();
    const same = isDeepStrictEqual(answer, this.#inFile.balancesOfDivision(COUNTY, at, everything));
    this.report.check(same, `the county at ${at.asOf} known at ${at.knownAt} differs between PostgreSQL and a file`);
    if (!counts) return;
    this.times.county[kind].push(answered - started);
    this.times.seek.push(sought - answered);
  }

  async close(): Promise<void> {
    this.#inPostgres.close();
    this.#inFile.close();
    await this.#bare.close();
  }

  #times(kind: Kind): At {
    const period = this.#random.pick(this.#periods);
    const day = firstDay(period).slice(0, 8) + String(1 + this.#random.below(28)).padStart(2, '0');
    const asOf = { 'a month end': lastDay(period), 'a day': day, 'a late asOf': this.views.village.today }[kind];
    // Far earlier than the day asked about, for the last kind.
    const until = this.views.village.facts * (kind === 'a late asOf' ? 0.3 : 1);
    return { asOf, knownAt: 1 + this.#random.below(Math.floor(until)) };
  }
}
