import { join } from 'node:path';
import { firstDay, lastDay, nextPeriod, type Period, periodOf } from '@ledger/domain';
import { openSqliteLogForReading } from '@ledger/eventlog';
import { type At, everything, openReadModel, type ReadModel, type RolledUpBalance } from '@ledger/readmodel';
import type { VillageLog } from '../generator/village-log.js';
import { median, progress, quantile, thousands } from '../measure.js';
import { seeded } from '../random.js';
import { PlainTables, summed } from '../raw/seek.js';
import type { Effort } from '../options.js';
import type { Report } from '../report.js';

const COUNTY = '330603000000';
const SUMS = 5;
const ASKING_MS = 8 * 60_000;

const KINDS = ['a month end', 'a day', 'a late asOf'] as const;
type Kind = (typeof KINDS)[number];

interface Question extends At {
  readonly kind: Kind;
  readonly book: string;
}

interface Answer {
  readonly question: Question;
  readonly county: readonly RolledUpBalance[];
  readonly village: readonly RolledUpBalance[];
}

interface Times {
  readonly county: Record<Kind, number[]>;
  readonly village: Record<Kind, number[]>;
  readonly seek: number[];
  readonly sum: number[];
}

/** Balances of the county and of a village at both times, each answer against a sum; in a big log and in one of a tenth. */
export async function benchBalances(
  report: Report,
  [big, small]: readonly [big: VillageLog, small: VillageLog],
  scratch: string,
  { questions: wanted }: Effort,
): Promise<void> {
  progress('balances: plain tables to compare with');
  const contenders = [
    new Asked(report, big, join(scratch, 'plain.db')),
    new Asked(report, small, join(scratch, 'plain-small.db')),
  ];
  const questions = await Promise.all([questionsOf(big, wanted), questionsOf(small, wanted)]);
  const deadline = performance.now() + ASKING_MS;
  for (const contender of contenders) contender.warmUp(questions[0]?.slice(0, 6) ?? []);
  let asked = 0;
  for (; asked < wanted && performance.now() < deadline; asked++) {
    // In turn, so that what else the machine does meets both sizes.
    contenders.forEach((contender, i) => contender.ask(questions[i]?.[asked] as Question));
    if (asked % 100 === 99) progress(`  ${asked + 1} of ${wanted} questions`);
  }
  report.check(asked >= Math.min(wanted, 500), `only ${asked} questions were asked in time`);
  progress('balances: checking the answers');
  for (const contender of contenders) contender.check();
  const [ofBig, ofSmall] = contenders as [Asked, Asked];
  describe(report, ofBig, ofSmall, asked);
  for (const contender of contenders) contender.close();
}

async function questionsOf(village: VillageLog, wanted: number): Promise<Question[]> {
  const random = seeded(42);
  const log = openSqliteLogForReading(village.directory);
  const head = Math.min(await log.head(), village.facts);
  const periods: Period[] = [];
  for (let p = village.firstPeriod; p <= periodOf(village.today); p = nextPeriod(p)) periods.push(p);
  const questions: Question[] = [];
  for (let i = 0; i < wanted; i++) {
    const kind = KINDS[i % KINDS.length] as Kind;
    const period = random.pick(periods);
    const day = firstDay(period).slice(0, 8) + String(1 + random.below(28)).padStart(2, '0');
    const asOf = { 'a month end': lastDay(period), 'a day': day, 'a late asOf': village.today }[kind];
    const share = random.below(1_000_000) / 1_000_000;
    // Far earlier than the day asked about, for the last kind.
    const knownAt = await log.wholeAt(1 + Math.floor(share * head * (kind === 'a late asOf' ? 0.3 : 1)));
    questions.push({ kind, asOf, knownAt, book: random.pick(village.books) });
  }
  await log.close();
  return questions;
}

class Asked {
  readonly times: Times = { county: emptyTimes(), village: emptyTimes(), seek: [], sum: [] };
  readonly #model: ReadModel;
  readonly #plain: PlainTables;
  readonly #answers: Answer[] = [];

  constructor(
    private readonly report: Report,
    private readonly village: VillageLog,
    file: string,
  ) {
    this.#plain = new PlainTables(join(village.directory, 'log.db'), file, 4 * village.facts + 100_000);
    this.#model = openReadModel(village.directory);
  }

  get keys(): number {
    return this.#plain.entries.names.length;
  }

  get lines(): number {
    return this.#plain.entries.count;
  }

  /** Untimed questions first, so that neither side pays for the first pages and statements. */
  warmUp(questions: readonly Question[]): void {
    for (const question of questions) {
      const at = { ...question, knownAt: Math.min(question.knownAt, this.village.facts) };
      this.#model.balancesOfDivision({ division: COUNTY }, at, everything);
      this.#plain.seek(at.knownAt);
    }
  }

  ask(question: Question): void {
    const { times } = this;
    const { kind, book } = question;
    const county = timed(times.county[kind], () =>
      this.#model.balancesOfDivision({ division: COUNTY }, question, everything),
    );
    const village = timed(times.village[kind], () => this.#model.balances([book], question, everything));
    timed(times.seek, () => this.#plain.seek(question.knownAt));
    this.#answers.push({ question, county, village });
  }

  /** Holds every answer against a sum over the plain entries, and some of these sums against the one in SQL. */
  check(): void {
    this.#answers.forEach(({ question, county, village }, nth) => {
      const day = Number(question.asOf.replaceAll('-', ''));
      const sums = summed(this.#plain.entries, day, question.knownAt);
      this.#checkVillage(question, village, sums);
      this.#checkCounty(question, county, sums);
      if (nth >= SUMS * KINDS.length || nth % KINDS.length !== 0) return;
      const stored = timed(this.times.sum, () => this.#plain.sum(day, question.knownAt));
      const same = this.#plain.entries.names.every((_, key) => (stored.get(key) ?? 0) === sums[key]);
      this.report.check(same, `the SUM in SQL and in memory differ at ${question.asOf} known at ${question.knownAt}`);
    });
  }

  close(): void {
    this.#model.close();
    this.#plain.close();
  }

  #checkVillage({ asOf, knownAt, book }: Question, rows: readonly RolledUpBalance[], sums: Float64Array): void {
    const wanted = new Map<string, number>();
    this.#plain.entries.names.forEach((name, key) => {
      if (name.startsWith(book) && sums[key] !== 0) wanted.set(name.slice(book.length + 1), sums[key] ?? 0);
    });
    this.report.check(
      sameBalances(rows, wanted),
      `balances of book ${book} at ${asOf} known at ${knownAt} are not the SUM`,
    );
  }

  #checkCounty({ asOf, knownAt }: Question, rows: readonly RolledUpBalance[], sums: Float64Array): void {
    const wanted = new Map<string, number>();
    this.#plain.entries.names.forEach((name, key) => {
      const account = name.slice(name.indexOf(' ') + 1);
      wanted.set(account, (wanted.get(account) ?? 0) + (sums[key] ?? 0));
    });
    const { facts } = this.village;
    const said = `balances of the county at ${asOf} known at ${knownAt} of ${facts} facts are not the SUM`;
    this.report.check(sameBalances(rows, wanted), said);
  }
}

function sameBalances(rows: readonly RolledUpBalance[], wanted: ReadonlyMap<string, number>): boolean {
  const found = new Map(rows.map(({ account, balanceFen }) => [account, balanceFen]));
  const accounts = new Set([...found.keys(), ...wanted.keys()]);
  return [...accounts].every((account) => (found.get(account) ?? 0) === (wanted.get(account) ?? 0));
}

function timed<T>(into: number[], work: () => T): T {
  const started = performance.now();
  const result = work();
  into.push(performance.now() - started);
  return result;
}

function emptyTimes(): Record<Kind, number[]> {
  return { 'a month end': [], 'a day': [], 'a late asOf': [] };
}

function describe(report: Report, big: Asked, small: Asked, asked: number): void {
  const section = report.section(
    `Balances known at a random position: ${thousands(big.keys)} accounts of 214 books from ${thousands(big.lines)} voucher lines, ${thousands(small.keys)} from ${thousands(small.lines)}`,
  );
  const seek = median(big.times.seek);
  const sum = median(big.times.sum);
  const limits: Record<Kind, number> = { 'a month end': 2, 'a day': 4, 'a late asOf': 2 };
  for (const kind of KINDS) {
    const times = big.times.county[kind];
    const ratio = median(times) / seek;
    section.add({
      what: `county at ${kind}`,
      measured: spread(times),
      reference: `bare seek a key: ${spread(big.times.seek)}`,
      ratio,
      mark: `≤ ${limits[kind]} ×`,
      reached: ratio <= limits[kind],
    });
    const growth = median(times) / median(small.times.county[kind]);
    section.add({
      what: `county at ${kind}, big against small`,
      measured: spread(times),
      reference: `a tenth of the facts: ${spread(small.times.county[kind])}`,
      ratio: growth,
      mark: '≤ 1.3 ×',
      reached: growth <= 1.3,
    });
  }
  const faster = sum / median(big.times.county['a month end']);
  section.add({
    what: 'SUM over the entries against the county at a month end',
    measured: `${sum.toFixed(0)} ms`,
    reference: spread(big.times.county['a month end']),
    ratio: faster,
    mark: '≥ 100 ×',
    reached: faster >= 100,
  });
  for (const kind of KINDS) {
    const times = big.times.village[kind];
    section.add({
      what: `one village at ${kind}`,
      measured: spread(times, 3),
      mark: '≤ 0.5 ms',
      reached: median(times) <= 0.5,
    });
  }
  section.note(
    `${asked} questions to each size, all answers checked against sums over the plain entries; times are median (95th percentile).`,
  );
  section.note(
    'The bare seek knows record time only, and adds nothing up by account. DuckDB is not installed and was not measured.',
  );
}

function spread(times: readonly number[], digits = 1): string {
  return `${median(times).toFixed(digits)} ms (${quantile(times, 0.95).toFixed(digits)})`;
}
