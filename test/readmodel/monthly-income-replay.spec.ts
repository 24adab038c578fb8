import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { firstDay, lastDay, readFact } from '@ledger/domain';
import { everything, type ReadModel } from '@ledger/readmodel';
import type { Basis, Figures, MonthlyIncomeReport, Spans } from '@ledger/views';
import {
  isOperating,
  naiveAmounts,
  type NaiveAmount,
  type NaiveIncomeFact,
  naiveVillages,
} from '../support/naive-income.js';
import { projected } from '../support/projected.js';
import { allCells, entriesOf } from '../support/report-cells.js';
import { randomIncome } from './random-income.js';
import { seeded } from './random-ledger.js';
import { DISTRICT } from './village-ledger.js';

const POSTINGS = 400;
const QUESTIONS = 10;
const given = process.env['SEED'];
const seeds = given === undefined ? [20_240_101, Math.floor(Math.random() * 2 ** 31)] : [Number(given)];

const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((cleanup) => cleanup()));

describe('every amount of a report equals the naive recomputation, and the entries that its link lists', () => {
  it.each(seeds)('over random vouchers (seed %i)', async (seed) => {
    const { log } = await randomIncome(seed, POSTINGS);
    const head = await log.head();
    const facts = (await log.readAfter(0, head)).map(({ position, fact }) => {
      return { ...readFact(fact), position } as unknown as NaiveIncomeFact;
    });
    // Small batches read receivables back from the tables, large ones from what waits.
    const { read, remove } = await projected(log, seed % 2 === 0 ? 7 : 1000);
    cleanups.push(remove);
    const random = seeded(seed);
    let cells = 0;
    for (let asked = 0; asked < QUESTIONS; asked++) {
      const period = `${2022 + Math.floor(random() * 3)}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}`;
      const basis: Basis = random() < 0.5 ? 'booked' : 'restated';
      const days = Number(lastDay(period).slice(8));
      const asOf = [
        lastDay(period),
        firstDay(period).slice(0, 8) + String(1 + Math.floor(random() * days)).padStart(2, '0'),
        '2024-12-31',
      ][Math.floor(random() * 3)] as string;
      const at = { asOf, knownAt: Math.max(10, Math.floor(random() * (head + 1))) };
      const villages = naiveVillages(facts, at.asOf, at.knownAt);
      const amounts = naiveAmounts(facts, at.knownAt);
      for (const division of [DISTRICT, ...new Set(villages.values())]) {
        const since = Math.floor(random() * at.knownAt);
        const question = { division, period, basis, recordedOn: '2026-01-01', since: Math.max(10, since) };
        const report = read.incomes.report(question, at, everything);
        compare(report, amounts, villages);
        cells += follow(read, report);
      }
    }
    expect(cells).toBeGreaterThan(1000);
  });
});

const operating = ({ account }: NaiveAmount): boolean => isOperating(account);

/** Amounts that a report shows of a place: of the months of each span, at its day and on its basis. */
function compare(report: MonthlyIncomeReport, all: readonly NaiveAmount[], villages: Map<string, string>): void {
  const { scope, period, asOf, basis } = report;
  const within = (top: string) => (amount: NaiveAmount) =>
    (villages.get(amount.book) ?? '').startsWith(top.replace(/(000)+$/, ''));
  const year = (back: number): string => String(Number(period.slice(0, 4)) - back);
  const lastYear = `${year(1)}${period.slice(4)}`;
  const spans: Spans<[string, string]> = {
    month: [period, period],
    yearToDate: [`${year(0)}-01`, period],
    sameMonthLastYear: [lastYear, lastYear],
    yearToDateLastYear: [`${year(1)}-01`, lastYear],
  };
  const of = all
    .filter(within(scope.code))
    .filter((amount) => (basis === 'booked' ? amount.bookedOn : amount.effectiveOn) <= asOf);
  const sum = (amounts: readonly NaiveAmount[], [from, to]: [string, string], measure: string): number =>
    amounts
      .filter((amount) => {
        const month = basis === 'booked' ? amount.booked : amount.belongs;
        if (month < from || month > to) return false;
        if (measure === 'nonRecurring') return amount.measure === 'recognised' && amount.nonRecurring;
        if (measure === 'corrected') {
          return basis === 'restated' && amount.measure === 'recognised' && amount.booked !== amount.belongs;
        }
        return amount.measure === measure;
      })
      .reduce((total, { fen }) => total + fen, 0);
  const figures = (shown: Figures, amounts: readonly NaiveAmount[]): void => {
    for (const [span, months] of Object.entries(spans) as [keyof Spans<unknown>, [string, string]][]) {
      const { recognised, collected, nonRecurring, corrected } = shown[span];
      same(
        [recognised.fen, collected.fen, nonRecurring.fen, corrected.fen],
        ['recognised', 'collected', 'nonRecurring', 'corrected'].map((measure) => sum(amounts, months, measure)),
      );
    }
  };
  figures(report.total, of);
  figures(report.operating, of.filter(operating));
  figures(
    report.other,
    of.filter((amount) => amount.measure !== 'unallocated' && !operating(amount)),
  );
  for (const [span, months] of Object.entries(spans) as [keyof Spans<unknown>, [string, string]][]) {
    same(report.unallocatedReceipts[span].fen, sum(of, months, 'unallocated'));
  }
  for (const line of report.lines.filter(({ level }) => level === 2)) {
    figures(
      line.figures,
      of.filter(({ account }) => account === line.account),
    );
  }
  for (const { project, total } of report.projects) {
    figures(
      total,
      of.filter((amount) => amount.measure !== 'unallocated' && amount.project === project),
    );
  }
  for (const place of [...report.byVillage, ...report.byTownship]) {
    figures(place.total, of.filter(within(place.code)));
    figures(place.operating, of.filter(within(place.code)).filter(operating));
  }
  partsAddUp(report);
}

const add = (figures: readonly Figures[]): number =>
  figures.reduce((sum, { yearToDate }) => sum + yearToDate.recognised.fen, 0);

/** Whatever is shown in parts comes to the whole. */
function partsAddUp({ total, lines, projects, byVillage, byTownship, villages, tiers }: MonthlyIncomeReport): void {
  const whole = total.yearToDate.recognised.fen;
  same(add(lines.filter(({ level }) => level === 1).map((line) => line.figures)), whole);
  same(add(projects.map((project) => project.total)), whole);
  if (byVillage.length > 0) same(add(byVillage.map((village) => village.total)), whole);
  if (byTownship.length > 0) same(add(byTownship.map((township) => township.total)), whole);
  same(villages.withData + villages.withoutData.length, villages.counted);
  for (const { bands, villages: of } of tiers) {
    same(
      bands.reduce((sum, band) => sum + band.villages, 0),
      of.filter(({ band }) => band !== null).length,
    );
  }
}

/** Follows every link as it stands, and sums its entries to the cell. Returns how many there were. */
function follow(read: ReadModel, report: MonthlyIncomeReport): number {
  const cells = allCells(report);
  for (const { fen, href } of cells) {
    if (href === null) same(fen, 0);
    else same(entriesOf(read, href), { sumFen: fen, totalFen: fen });
  }
  if (report.changes !== null) changesExplain(report);
  return cells.length;
}

/** The facts that are told come to the difference, where no village moved in or out. */
function changesExplain({ changes, total }: MonthlyIncomeReport): void {
  if (changes === null || changes.facts.some(({ why }) => why === 'recode')) return;
  if (changes.count > changes.facts.length) return;
  const { before } = changes;
  const difference = (of: 'recognised' | 'collected'): number =>
    total.yearToDate[of].fen +
    total.yearToDateLastYear[of].fen -
    before.total.yearToDate[`${of}Fen`] -
    before.total.yearToDateLastYear[`${of}Fen`];
  const told = (of: 'recognisedFen' | 'collectedFen'): number =>
    changes.facts.reduce((sum, fact) => sum + (fact[of] ?? 0), 0);
  same([told('recognisedFen'), told('collectedFen')], [difference('recognised'), difference('collected')]);
}

/** Jest compares slowly and explains well, so it is asked only where there is something to explain. */
function same(answer: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(answer, expected)) expect(answer).toEqual(expected);
}
