import { lastDay, nextPeriod, type Period, periodOf } from '@ledger/domain';
import { openSqliteLogForReading } from '@ledger/eventlog';
import { everything, openReadModel, type ReadModel, type ReportQuestion } from '@ledger/readmodel';
import type { MonthlyIncomeReport } from '@ledger/views';
import type { VillageLog } from '../generator/village-log.js';
import { median, progress, quantile, thousands } from '../measure.js';
import { seeded } from '../random.js';
import type { Report } from '../report.js';

const DISTRICT = '330603000000';
const QUESTIONS = 60;
const SINCE_FACTS = 10_000;

interface Times {
  readonly village: number[];
  readonly district: number[];
  readonly json: number[];
  readonly since: number[];
  readonly bytes: number[];
}

/** The monthly income report of a village and of the district at random times, in a big log and in one of a tenth. */
export async function benchReports(
  report: Report,
  [big, small]: readonly [big: VillageLog, small: VillageLog],
): Promise<void> {
  progress('monthly income reports');
  const ofBig = await asked(big, report);
  const ofSmall = await asked(small, report);
  const section = report.section(`The monthly income report, from ${thousands(big.facts)} facts`);
  const line = (what: string, of: keyof Times, limitMs?: number): void => {
    const ms = median(ofBig[of]);
    const growth = ms / median(ofSmall[of]);
    section.add({
      what,
      measured: spread(ofBig[of]),
      reference: `a tenth of the facts: ${spread(ofSmall[of])}`,
      ratio: growth,
      ...(limitMs === undefined ? {} : { mark: `≤ ${limitMs} ms`, reached: ms <= limitMs }),
    });
  };
  line('a village', 'village', 50);
  line('the district', 'district', 300);
  line('the district, as JSON text', 'json');
  line(`the district, and what changed in ${thousands(SINCE_FACTS)} facts`, 'since');
  section.note(
    `${QUESTIONS} questions about random months, days, bases and positions; times are median (95th percentile). The district’s JSON has ${thousands(median(ofBig.bytes))} bytes (median). Every total was checked against the turnovers.`,
  );
}

async function asked(village: VillageLog, report: Report): Promise<Times> {
  const random = seeded(7);
  const log = openSqliteLogForReading(village.directory);
  const head = Math.min(await log.head(), village.facts);
  const model = openReadModel(village.directory);
  const periods: Period[] = [];
  for (let p = village.firstPeriod; p <= periodOf(village.today); p = nextPeriod(p)) periods.push(p);
  const places = model
    .divisions({ asOf: village.today, knownAt: head }, everything)
    .flatMap(({ code, level }) => (level === 'village' ? [code] : []));
  const times: Times = { village: [], district: [], json: [], since: [], bytes: [] };
  try {
    for (let i = -3; i < QUESTIONS; i++) {
      // Untimed first, so that the first pages and statements are nobody's.
      const into = i < 0 ? { village: [], district: [], json: [], since: [], bytes: [] } : times;
      // Two years into the story, and known when the month was over, or later.
      const nth = 24 + random.below(periods.length - 24);
      const period = periods[nth] as Period;
      const over = Math.floor((head * (nth + 1)) / periods.length);
      const month = lastDay(period);
      const asOf = random.chance(0.3) ? `${period}-${String(1 + random.below(28)).padStart(2, '0')}` : month;
      const at = { asOf, knownAt: await log.wholeAt(over + random.below(head - over + 1)) };
      const basis = random.chance(0.5) ? 'booked' : 'restated';
      const ask = (question: Omit<ReportQuestion, 'period' | 'basis' | 'recordedOn'>): MonthlyIncomeReport =>
        model.incomes.report({ period, basis, recordedOn: village.today, ...question }, at, everything);
      timed(into.village, () => ask({ division: random.pick(places) }));
      const district = timed(into.district, () => ask({ division: DISTRICT }));
      const text = timed(into.json, () => JSON.stringify(district));
      into.bytes.push(Buffer.byteLength(text));
      timed(into.since, () => ask({ division: DISTRICT, since: Math.max(0, at.knownAt - SINCE_FACTS) }));
      check(report, model, district, { period, basis, ...at });
    }
  } finally {
    model.close();
    await log.close();
  }
  return times;
}

function check(
  report: Report,
  model: ReadModel,
  { total, byVillage }: MonthlyIncomeReport,
  said: { period: Period; basis: 'booked' | 'restated'; asOf: string; knownAt: number },
): void {
  const { period, basis } = said;
  const question = { role: 'income', from: `${period.slice(0, 4)}-01`, to: period, basis } as const;
  const rows = model.turnover({ division: DISTRICT }, question, said, everything);
  const fen = rows.reduce((sum, { amountFen }) => sum + amountFen, 0);
  report.check(
    total.yearToDate.recognised.fen === fen,
    `the report’s total is not the turnover: ${JSON.stringify(said)}`,
  );
  const villages = byVillage.reduce((sum, place) => sum + place.total.yearToDate.collected.fen, 0);
  report.check(
    villages === total.yearToDate.collected.fen && villages !== 0,
    `the villages don’t come to the district: ${JSON.stringify(said)}`,
  );
}

function timed<T>(into: number[], work: () => T): T {
  const started = performance.now();
  const result = work();
  into.push(performance.now() - started);
  return result;
}

function spread(times: readonly number[]): string {
  return `${median(times).toFixed(1)} ms (${quantile(times, 0.95).toFixed(1)})`;
}
