import { ledgerOrigin } from '@ledger/commands';
import {
  type LocalDate,
  lastDay,
  nextPeriod,
  type Period,
  periodOf,
  previousPeriod,
  shanghaiDate,
} from '@ledger/domain';
import { type EventLog, openSqliteLog } from '@ledger/eventlog';
import { progress, thousands } from '../measure.js';
import { type Random, seeded } from '../random.js';
import { recordDistrict, VILLAGES } from './district.js';
import { entryOf } from './entries.js';
import { Recorder, StoryClock } from './recorder.js';
import { VillageBook } from './village-book.js';

export const LEDGER_NAME = 'bench.local';
const YEARS = 10;
/** The newest months stay open, as they do in the villages. */
const OPEN_MONTHS = 3;

export interface VillageLog {
  readonly directory: string;
  readonly facts: number;
  readonly factsPerSecond: number;
  readonly medianBytes: number;
  /** Of the vouchers, how many were entered after the month of their business, as counted. */
  readonly lateShare: number;
  readonly firstPeriod: Period;
  readonly today: LocalDate;
  readonly books: readonly string[];
  /** Records that many further entries of today, as commands would. */
  more(entries: number): Promise<void>;
}

/** Records a district of 214 books over ten years, month by month and village by village, up to today. */
export async function recordVillageLog(directory: string, entries: number): Promise<VillageLog> {
  const started = performance.now();
  const clock = new StoryClock();
  const today = shanghaiDate(Date.now());
  const firstPeriod: Period = `${Number(today.slice(0, 4)) - YEARS + 1}-01`;
  clock.morningOf(`${firstPeriod}-01`);
  const log = openSqliteLog(directory, { clock });
  const story = new Story(log, clock, firstPeriod, today);
  try {
    await story.begin();
    await story.tell(entries);
  } finally {
    await log.close();
  }
  const { facts } = story.recorder;
  const factsPerSecond = facts / ((performance.now() - started) / 1000);
  progress(`recorded ${thousands(facts)} facts, ${thousands(factsPerSecond)}/s`);
  return {
    directory,
    facts,
    factsPerSecond,
    medianBytes: story.recorder.medianBytes(),
    lateShare: story.lateShare(),
    firstPeriod,
    today,
    books: story.books.map(({ opened }) => opened.id),
    more: async (further) => {
      story.recorder.log = openSqliteLog(directory);
      await story.enter(further, today);
      await story.recorder.log.close();
    },
  };
}

class Story {
  readonly recorder: Recorder;
  readonly #random: Random = seeded(20_240_101);
  books: VillageBook[] = [];
  #next = 0;

  constructor(
    log: EventLog,
    private readonly clock: StoryClock,
    private readonly firstPeriod: Period,
    private readonly today: LocalDate,
  ) {
    this.recorder = new Recorder(log, `bench-${firstPeriod}`);
  }

  async begin(): Promise<void> {
    await ledgerOrigin(this.recorder.log, { name: LEDGER_NAME, demo: false });
    this.recorder.facts++;
    const opened = await recordDistrict(this.recorder, this.firstPeriod);
    this.books = opened.map((book) => new VillageBook(book, this.recorder));
    await Promise.all(this.books.map((book) => book.open()));
  }

  async tell(entries: number): Promise<void> {
    const months: Period[] = [];
    for (let period = this.firstPeriod; period <= periodOf(this.today); period = nextPeriod(period))
      months.push(period);
    const lastToClose = months.at(-1 - OPEN_MONTHS) ?? '';
    let told = 0;
    for (const [index, period] of months.entries()) {
      const wanted = Math.round((entries * (index + 1)) / months.length) - told;
      told += wanted;
      await this.#month(period, wanted);
      const before = previousPeriod(period);
      if (before < this.firstPeriod || before > lastToClose) continue;
      const closedOn = this.#clamped(lastDay(period));
      await Promise.all(this.books.map((book) => book.close(before, closedOn)));
      if (index % 12 === 11) progress(`  ${period}: ${thousands(this.recorder.facts)} facts`);
    }
  }

  async #month(period: Period, entries: number): Promise<void> {
    const days = Number(this.#clamped(lastDay(period)).slice(8));
    const rounds = Math.ceil(entries / VILLAGES);
    for (let round = 0; round < rounds; round++) {
      const day = 1 + Math.floor((round / rounds) * days);
      const now = `${period}-${String(day).padStart(2, '0')}`;
      this.clock.morningOf(now);
      await this.enter(Math.min(VILLAGES, entries - round * VILLAGES), now);
    }
    this.clock.morningOf(this.#clamped(lastDay(period)));
  }

  /** The villages take turns; those of one round share a commit. */
  async enter(entries: number, today: LocalDate): Promise<void> {
    for (let left = entries; left > 0; left -= VILLAGES) {
      const appends: Promise<void>[] = [];
      for (let i = Math.min(left, VILLAGES); i > 0; i--) {
        const book = this.books[this.#next++ % this.books.length] as VillageBook;
        const command = entryOf(book.opened.id, today, this.firstPeriod, book.entries, this.#random);
        appends.push(book.post(command, today));
      }
      await Promise.all(appends);
    }
  }

  lateShare(): number {
    const sum = (of: (book: VillageBook) => number): number => this.books.reduce((all, book) => all + of(book), 0);
    return sum((book) => book.lateEntries) / sum((book) => book.entries);
  }

  #clamped(day: LocalDate): LocalDate {
    return day > this.today ? this.today : day;
  }
}
